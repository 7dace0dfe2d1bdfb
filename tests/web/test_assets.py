"""Static files: addresses that name the content, kept for good."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from api.web.assets import asset_name

NAMES = sorted(item.name for item in (files("api.web") / "static").iterdir() if not item.name.endswith(".txt"))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_served_under_its_digest_for_good(on_sqlite, name):
    answer = on_sqlite.get(f"/static/{asset_name(name)}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = on_sqlite.get(f"/static/{asset_name(name)}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert b"://" not in re.sub(rb"http://www\.w3\.org/2000/svg", b"", answer.content) or name.endswith(".woff2")


def test_what_a_file_refers_to_is_served(on_sqlite):
    referred = set()
    for name in NAMES:
        if not name.endswith(".woff2"):
            text = on_sqlite.get(f"/static/{asset_name(name)}").text
            referred |= set(re.findall(r"""["'(]\./([^"')]+)["')]""", text))
    assert referred
    for served_as in referred:
        assert on_sqlite.get(f"/static/{served_as}").status_code == 200, served_as


@pytest.mark.parametrize("address", ["site.css", "site.000000000000.css", "fonts.LICENSE.txt", "..%2fsecurity.py"])
def test_there_is_nothing_under_another_name(on_sqlite, address):
    assert on_sqlite.get(f"/static/{address}").status_code == 404


def test_fonts_come_with_their_licence():
    assert "SIL OPEN FONT LICENSE" in (files("api.web") / "static" / "fonts.LICENSE.txt").read_text(encoding="utf-8")
