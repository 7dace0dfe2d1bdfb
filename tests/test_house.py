"""The house rules that no linter knows, each with its reason."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("timeline", "projections", "api")

# Spelt so that neither pattern finds itself here.
INDEX_HOSTS = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:com|org)|anaconda\.org")
MACHINE_PATHS = re.compile(r"/(?:(?<![\w.]/)(?:work|root|farm)/|tmp/[w]\b)")
BUNDLED_PARTIES = re.compile("microsoft|openai", re.IGNORECASE)

LONGEST_MODULE = 400
NAMES_THAT_SAY_NOTHING = re.compile(r"(?:util|helper|manager|common)s?|misc")

CLOCK = Path("timeline/clock.py")
CLOCK_READINGS = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "time.time",
    "time.time_ns",
}
NAMES_OF_READINGS = {name.rpartition(".")[2] for name in CLOCK_READINGS}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is committed here or about to be, relative to the root."""
    git = ["git", "-c", "safe.directory=*"]  # the checkout may belong to another account, as in a container
    command = [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    # A file deleted and not yet committed is still listed.
    return tuple(sorted(Path(name) for name in set(listing.split("\0")) if name and (ROOT / name).is_file()))


def package_files() -> Iterator[Path]:
    return (path for path in files() if path.parts[0] in PACKAGES)


def modules() -> Iterator[Path]:
    return (path for path in package_files() if path.suffix == ".py")


@cache
def content(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def lines_with(pattern: re.Pattern[str], paths: Iterator[Path]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(content(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_the_rules_have_something_to_look_at():
    assert {Path("pyproject.toml"), Path("tests/test_house.py"), CLOCK} <= set(files())


def test_no_file_names_a_package_index():
    """Whoever installs this chooses where packages come from; a host in a lock would choose for them."""
    assert lines_with(INDEX_HOSTS, iter(files())) == []


def test_no_file_names_a_path_of_the_machine_it_was_written_on():
    assert lines_with(MACHINE_PATHS, iter(files())) == []


def test_the_lock_is_hashed_requirements_and_nothing_else():
    """`uv.lock` records index hosts."""
    assert [path for path in files() if path.name in {"uv.lock", "poetry.lock", "Pipfile.lock"}] == []
    for lock in ("requirements.lock", "requirements-dev.lock"):
        blocks = re.split(r"\n(?=[a-z])", content(Path(lock)))
        assert all("--hash=sha256:" in block for block in blocks), lock


def test_both_locks_pin_the_same_versions():
    """`make test` installs the one on top of the other; what is tested is what is served."""
    runtime, development = (
        set(re.findall(r"^[a-z0-9-]+==\S+", content(Path(lock)), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    )
    assert runtime <= development


def test_only_the_clock_reads_the_clock():
    """Time is passed in, so that an answer can be asked for again."""
    readings = [
        f"{path}:{node.lineno}: {ast.unparse(node)}"
        for path in modules()
        if path != CLOCK
        for node in ast.walk(ast.parse(content(path)))
        if isinstance(node, ast.Attribute)
        and node.attr in NAMES_OF_READINGS  # writing a whole chain out takes long
        and ".".join(ast.unparse(node).split(".")[-2:]) in CLOCK_READINGS
    ]
    assert readings == []


def test_no_module_is_too_long_to_read_in_one_sitting():
    lengths = {str(path): len(content(path).splitlines()) for path in modules()}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_module_is_named_after_what_it_holds():
    vague = [
        str(path)
        for path in modules()
        if any(NAMES_THAT_SAY_NOTHING.fullmatch(part) for part in path.with_suffix("").parts)
    ]
    assert vague == []


def test_only_its_dataset_names_the_bundled_timeline():
    """The service is about no partnership in particular: what it knows of one is data."""
    elsewhere = (path for path in package_files() if not path.is_relative_to("timeline/datasets"))
    assert lines_with(BUNDLED_PARTIES, elsewhere) == []


# Run in a process of its own: an audit hook cannot be taken away again, and modules import only once.
IMPORT_AND_REPORT = """
import importlib, os, sys, threading

opened = []

def watch(event, arguments):
    if event == "open":
        path, _, flags = arguments
        if path != os.devnull and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            opened.append(f"writes {path}")
    elif event in {"socket.connect", "socket.bind", "sqlite3.connect", "subprocess.Popen", "os.mkdir"}:
        opened.append(f"{event} {arguments}")

sys.addaudithook(watch)
for name in sys.argv[1:]:
    importlib.import_module(name)
    opened += [f"starts {thread.name}" for thread in threading.enumerate() if thread is not threading.main_thread()]
    if opened:
        sys.exit(f"importing {name}: " + "; ".join(opened))
"""


def importable() -> list[str]:
    """Every module but those that are programs: `__main__`, and what Alembic runs itself."""
    return [
        ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for path in modules()
        if path.stem != "__main__" and "migrations" not in path.parts
    ]


def test_importing_opens_nothing():
    """No connection, no file, no thread, no process: settings are passed in, and a reader decides when to start."""
    command = [sys.executable, "-B", "-W", "error", "-c", IMPORT_AND_REPORT, *importable()]
    report = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert report.returncode == 0, report.stderr


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("import sqlite3; sqlite3.connect(':memory:')", "sqlite3.connect"),
        ("import socket; socket.socket().bind(('127.0.0.1', 0))", "socket.bind"),
        ("open('written', 'w')", "writes written"),
        ("import threading as t; t.Thread(target=t.Event().wait, daemon=True).start()", "starts"),
    ],
)
def test_a_module_that_opens_something_is_told_of(tmp_path, statement, told):
    (tmp_path / "greedy.py").write_text(statement)
    command = [sys.executable, "-B", "-c", IMPORT_AND_REPORT, "greedy"]
    report = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert report.returncode == 1
    assert "importing greedy" in report.stderr
    assert told in report.stderr
