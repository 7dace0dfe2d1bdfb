"""The README is executable: its commands are run, its answers are compared, its links lead somewhere.

In a block of the language `console` a line that begins with `$` is a command; what follows is its answer, in which `…` stands
for anything. Answers over HTTP are compared as indented JSON.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.cli.running import Timeline

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ (.+?)\n(.*?)```", README, flags=re.DOTALL)


def run(command: str, url: str, client: TestClient) -> str:
    program, *arguments = shlex.split(command)
    if program == "curl":
        (address,) = arguments
        answer = client.get(address.removeprefix("http://127.0.0.1:8000"))
        assert answer.status_code == 200, answer.text
        return json.dumps(answer.json(), indent=2, ensure_ascii=False)
    assert program == "timeline"
    result = Timeline(url)(*arguments, columns=200)
    return result.stdout + result.stderr


def appears(expected: str, text: str) -> bool:
    """Whether the pieces between the ellipses appear in this order; indentation and runs of spaces do not count."""

    def plain(piece: str) -> str:
        return re.sub(r"\s+", " ", piece).strip()

    rest = plain(text)
    for piece in filter(None, map(plain, expected.split("…"))):
        found = rest.find(piece)
        if found < 0:
            return False
        rest = rest[found + len(piece) :]
    return True


def test_there_is_something_to_run():
    assert len(BLOCKS) >= 5


@pytest.mark.parametrize(("command", "expected"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_the_commands_answer_as_written(command: str, expected: str, bundled_url: str, client: TestClient):
    text = run(command, bundled_url, client)
    assert appears(expected, text), f"not so:\n{expected}\nbut:\n{text[:3000]}"


def test_the_python_runs(bundled_url: str):
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "TIMELINE_DATABASE_URL": bundled_url},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "Mira Murati (interim) is chief executive of OpenAI confirmed ['http" in done.stdout


def test_every_link_leads_to_a_file():
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert links
    assert [link for link in links if not link.startswith("http") and not (ROOT / link).exists()] == []
