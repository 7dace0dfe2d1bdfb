"""A module of the tests as a process of its own: it says that it is ready, waits for a line, and then works."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def talking(module: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """The process, over at the end."""
    command = [sys.executable, "-m", module, *(str(argument) for argument in arguments)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    """The next line that it says."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def start(process: subprocess.Popen[str]) -> None:
    """Give it the line for which it waits."""
    assert process.stdin is not None
    process.stdin.write("go\n")


def say(line: str) -> None:
    """What a process says to the test that started it."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def wait() -> None:
    """Say that all is ready, and wait to be started."""
    say("ready")
    sys.stdin.readline()
