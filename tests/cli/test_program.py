from tests.cli.running import Timeline


def test_without_a_command_all_of_them_are_listed(nowhere):
    listed = nowhere("--help").stdout
    assert all(f"  {name} " in listed for name in ("serve", "load", "validate", "state", "log", "db"))


def test_a_command_that_does_not_exist_is_an_error_of_the_command_line(nowhere):
    assert "No such command 'stat'" in nowhere.refuses("stat", code=2)


def test_the_version_is_said():
    assert Timeline("sqlite://").says("--version").startswith("timeline ")
