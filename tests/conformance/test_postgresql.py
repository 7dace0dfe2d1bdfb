"""The library's conformance kit on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.conformance import cases


class OnPostgreSQL:
    @pytest.fixture(autouse=True)
    def _database(self, postgresql_url, monkeypatch):
        self.database_url = postgresql_url
        self.setenv = monkeypatch.setenv


class TestAggregateRecorder(OnPostgreSQL, cases.AggregateRecorders):
    pass


class TestApplicationRecorder(OnPostgreSQL, cases.ApplicationRecorders):
    pass


class TestTrackingRecorder(OnPostgreSQL, cases.TrackingRecorders):
    pass


class TestProcessRecorder(OnPostgreSQL, cases.ProcessRecorders):
    pass


class TestNonInterleavingPositions(OnPostgreSQL, cases.NonInterleavingPositions):
    pass


class TestFactory(OnPostgreSQL, cases.Factories):
    pass


class TestApplication(OnPostgreSQL, cases.Applications):
    pass
