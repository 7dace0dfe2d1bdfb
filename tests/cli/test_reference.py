"""The reference pages name everything there is, and nothing else."""

import re
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from api.cli.commands import Deferred
from api.cli.program import app
from timeline.settings import Settings

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def commands() -> dict[str, set[str]]:
    """Every command by its whole name, with its options."""
    found = {}

    def visit(name, command):
        command = command.loaded() if isinstance(command, Deferred) else command
        if isinstance(command, TyperGroup):
            for inner in command.commands.values():
                visit(f"{name} {inner.name}", inner)
        else:
            found[name] = {
                option
                for parameter in command.params
                for option in (*parameter.opts, *parameter.secondary_opts)
                if option.startswith("--")
            }

    visit("timeline", typer.main.get_command(app))
    return found


def sections() -> dict[str, str]:
    parts = re.split(r"^## `(.+)`$", (REFERENCE / "cli.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_has_a_section():
    assert sections().keys() == commands().keys()


@pytest.mark.parametrize("command", commands())
def test_every_option_of_a_command_stands_in_its_section(command):
    assert set(re.findall(r"`(--[a-z-]+)", sections()[command])) == commands()[command] - {"--help"}


def test_every_setting_stands_in_the_table_with_its_default_and_meaning():
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", (REFERENCE / "settings.md").read_text("utf-8"), re.MULTILINE)
    assert rows == [
        (f"TIMELINE_{name.upper()}", "not set" if field.default is None else f"`{field.default}`", field.description)
        for name, field in Settings.model_fields.items()
    ]
