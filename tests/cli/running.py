"""The command line as people run it: in this process for its answers, in one of its own where it stays."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from api.cli.program import app

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Timeline:
    """`timeline …` with the database given in the environment."""

    url: str

    def __call__(self, *arguments: str, code: int = 0, columns: int = 110, **environment: str) -> Result:
        runner = CliRunner(env={"TIMELINE_DATABASE_URL": self.url, "COLUMNS": str(columns), **environment})
        result = runner.invoke(app, list(arguments))
        assert result.exit_code == code, f"{result.exit_code}: {result.stdout}{result.stderr}{result.exception!r}"
        return result

    def says(self, *arguments: str, **options: Any) -> str:
        """What it prints, without the spaces that fill up lines."""
        return "\n".join(line.rstrip() for line in self(*arguments, **options).stdout.splitlines())

    def refuses(self, *arguments: str, code: int = 1) -> str:
        """What it prints on standard error, with nothing on standard output."""
        result = self(*arguments, code=code)
        assert result.stdout == ""
        return result.stderr.strip()

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """A command in a process of its own, which is over at the end."""
        command = [sys.executable, "-m", "api.cli", *arguments]
        environment = {**os.environ, "TIMELINE_DATABASE_URL": self.url, "COLUMNS": "110"}
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True) as child:
            try:
                yield child
            finally:
                child.kill()
