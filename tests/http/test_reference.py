"""The reference pages are what the OpenAPI document says: complete, whatever is added."""

from __future__ import annotations

import pytest

from api.app import create_app
from api.problems import PROBLEMS
from tests.http.reference import FOLDER, pages
from timeline.settings import Settings


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_the_page_is_up_to_date(path):
    """`python -m tests.http.reference` writes it anew."""
    assert path.read_text(encoding="utf-8") == pages()[path]


def test_every_route_parameter_and_body_field_is_on_the_page():
    page = (FOLDER / "http.md").read_text(encoding="utf-8")
    document = create_app(Settings()).openapi()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            section = page.partition(f"### `{method.upper()} {path}`\n")[2].partition("\n### ")[0]
            assert operation["summary"] in section
            for parameter in operation.get("parameters", ()):
                assert f"| `{parameter['name']}` | {parameter['in']} |" in section


def test_every_problem_is_on_its_page():
    page = (FOLDER / "problems.md").read_text(encoding="utf-8")
    for problem in PROBLEMS.values():
        section = page.partition(f"## `{problem.slug}`\n")[2].partition("\n## ")[0]
        assert f"**{problem.status}** · {problem.title}" in section
        assert problem.remedy in section


def test_every_link_of_the_pages_leads_somewhere():
    import re

    for path, text in pages().items():
        for target in re.findall(r"\]\(([^)#h][^)]*)\)", text):
            name, _, anchor = target.partition("#")
            assert (path.parent / name).is_file(), target
            if anchor:
                assert f"## `{anchor}`" in (path.parent / name).read_text(encoding="utf-8"), target
