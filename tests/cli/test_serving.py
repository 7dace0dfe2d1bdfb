import json
import signal
import socket
import urllib.request

import pytest

from timeline.datasets.reading import bundled


def first_addresses(child) -> tuple[str, str]:
    """The addresses that the server asks to read and to try, once it listens."""
    page = ""
    for line in child.stderr:
        if line.startswith("Read "):
            page = line.split()[1]
        if line.startswith("Try "):
            return page, line.split()[1]
    pytest.fail("the server went away")


def first_address(child) -> str:
    return first_addresses(child)[1]


def title(page: str) -> str:
    assert page.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(page, timeout=30) as answer:  # noqa: S310 - the line above
        return answer.read().decode().partition("<title>")[2].partition("</title>")[0]


def get(address: str) -> dict:
    assert address.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - the line above
        return json.load(answer)


def test_serving_makes_and_fills_the_database_and_answers(nowhere):
    with nowhere.running("serve", "--port", "0") as child:
        page, address = first_addresses(child)
        slug = next(iter(bundled()))
        assert page.endswith(f"/t/{slug}")
        assert title(page).startswith("Microsoft and OpenAI")
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


def test_serving_nothing_points_to_where_timelines_would_be(nowhere):
    with nowhere.running("serve", "--port", "0", "--no-data") as child:
        page, address = first_addresses(child)
        assert title(page)
        assert get(address)["items"] == []


def test_an_address_that_is_taken_is_told_of(loaded):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = loaded("serve", "--port", str(port), "--no-data", code=1).stderr
    assert f"Error: Cannot listen on 127.0.0.1, port {port}: address already in use." in told
