"""Every page of HTML says what may run and be loaded in it, and keeps to that itself."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from mock_custify import create_app

PAGES = ["/_mock", "/_mock/", "/_mock/docs", "/_mock/ui", "/_mock/ui/"]


@pytest.fixture(scope="module")
def client():
    return create_app().test_client()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_elsewhere_and_stands_in_no_frame(client, path):
    answer = client.get(path)

    policy = answer.headers["Content-Security-Policy"]
    assert answer.mimetype == "text/html"
    assert {"default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} <= set(
        policy.split("; ")
    )
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_inline_script_or_style_that_its_policy_refuses(client, path):
    answer = client.get(path)

    policy = answer.headers["Content-Security-Policy"]
    inline = re.findall(r"<(style|script)>(.*?)</\1>", answer.text, re.DOTALL)
    for _, text in inline:
        assert f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert re.findall(r"<[^>]+\s(?:style|on\w+)=", answer.text) == []


def test_every_page_of_html_is_checked_here(client):
    rules = [rule.rule for rule in client.application.url_map.iter_rules() if "GET" in rule.methods]
    plain = [rule for rule in rules if "<" not in rule]

    html = {path for path in plain if client.get(path).mimetype == "text/html"} - {"/_mock/ui/events"}

    assert html == set(PAGES)
