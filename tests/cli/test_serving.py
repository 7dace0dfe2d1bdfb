import json
import signal
import urllib.request

import pytest

from tests.cli.running import Timeline
from timeline.datasets.reading import bundled


def first_address(child) -> str:
    """The address that the server asks to try, once it listens."""
    for line in child.stderr:
        if line.startswith("Try "):
            return line.split()[1]
    pytest.fail("the server went away")


def get(address: str) -> dict:
    assert address.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - the line above
        return json.load(answer)


def test_serving_makes_and_fills_the_database_and_answers(nowhere):
    with nowhere.running("serve", "--port", "0") as child:
        address = first_address(child)
        slug = next(iter(bundled()))
        assert address.endswith(f"/v1/timelines/{slug}/state")
        assert get(address)["timeline"] == slug
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=30) == 0


def test_serving_what_is_there_adds_nothing(loaded):
    with loaded.running("serve", "--port", "0", "--no-data") as child:
        address = first_address(child)
        assert get(address)["basis"]["revision"] == 35
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=30) == -signal.SIGTERM


def test_an_address_that_is_taken_is_told_of(loaded):
    with loaded.running("serve", "--port", "0", "--no-data") as child:
        port = first_address(child).split(":")[2].split("/")[0]
        with Timeline(loaded.url).running("serve", "--port", port, "--no-data") as second:
            _, told = second.communicate(timeout=30)
            assert second.returncode == 1
            assert f"Error: Cannot listen on 127.0.0.1, port {port}: address already in use." in told
