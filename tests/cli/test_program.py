import subprocess
import sys

import pytest

from api.cli.commands import COMMANDS, Deferred
from tests.cli.running import ROOT, Timeline


def test_without_a_command_all_of_them_are_listed(nowhere):
    listed = nowhere("--help").stdout
    assert all(f"  {name} " in listed for name in ("serve", "load", "validate", "state", "log", "db"))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_a_command_what_the_command_says_of_itself(name):
    where, told = COMMANDS[name]
    command = Deferred(name, where, told).loaded()
    assert command.name == name
    assert " ".join(command.help.partition("\n\n")[0].split()) == told


def test_help_and_version_load_nothing_that_opens_a_database():
    program = (
        "import sys; from typer.testing import CliRunner; from api.cli.program import app\n"
        "for asked in ('--help', '--version'): assert CliRunner().invoke(app, [asked]).exit_code == 0\n"
        "print(*{'alembic', 'eventsourcing', 'fastapi', 'sqlalchemy'}.intersection(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert run.stdout.strip() == ""


def test_a_command_that_does_not_exist_is_an_error_of_the_command_line(nowhere):
    assert "No such command 'stat'" in nowhere.refuses("stat", code=2)


def test_the_version_is_said():
    assert Timeline("sqlite://").says("--version").startswith("timeline ")
