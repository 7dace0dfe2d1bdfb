"""The library's conformance kit on SQLite."""

from __future__ import annotations

import pytest

from tests.conformance import cases


class OnSQLite:
    @pytest.fixture(autouse=True)
    def _database(self, sqlite_url, monkeypatch):
        self.database_url = sqlite_url
        self.setenv = monkeypatch.setenv


class TestAggregateRecorder(OnSQLite, cases.AggregateRecorders):
    pass


class TestApplicationRecorder(OnSQLite, cases.ApplicationRecorders):
    pass


class TestTrackingRecorder(OnSQLite, cases.TrackingRecorders):
    pass


class TestProcessRecorder(OnSQLite, cases.ProcessRecorders):
    pass


class TestNonInterleavingPositions(OnSQLite, cases.NonInterleavingPositions):
    pass


class TestFactory(OnSQLite, cases.Factories):
    pass


class TestApplication(OnSQLite, cases.Applications):
    pass
