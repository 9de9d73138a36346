"""The view Control says in words which calls a fault rule hits."""

import pytest
import requests


@pytest.fixture
def add_fault(server, key):
    headers = {"Authorization": f"Bearer {key}"}
    return lambda rule: requests.post(f"{server.url}/_mock/faults", json=rule, headers=headers, timeout=10)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"nth": 3}, "Any call to any path is answered with 503, only call 3"),
        ({"nth": 3, "times": 2}, "Any call to any path is answered with 503, starting with call 3, 2 times"),
    ],
)
def test_a_fault_that_starts_later_says_which_calls_it_hits(page, add_fault, expect, fault, words):
    add_fault({"status": 503, **fault})

    page.goto("/_mock/ui/#/control")

    expect(page.locator("ol.faults li span").first).to_have_text(f"{words} · applied to 0 of 0 calls")
