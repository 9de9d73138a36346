"""The example of a web page sends its messages to the fake, with the bundled SDK of RudderStack."""

import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import requests

from support.paths import ROOT, TESTS

PAGE = ROOT / "examples" / "browser" / "index.html"
SDK = TESTS / "sdk/node_modules/@rudderstack/analytics-js/dist/npm/modern/bundled/umd/index.js"


@pytest.fixture
def origin(tmp_path):
    """The URL of a server with the page and its SDK, as the comment in the page sets it up."""
    if not SDK.exists():
        pytest.skip("the SDK is not installed: cd contract_tests/tests/sdk && npm install --no-save")
    shutil.copy(PAGE, tmp_path)
    shutil.copy(SDK, tmp_path / "rudder.js")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietFiles, directory=tmp_path)) as files:
        Thread(target=files.serve_forever, args=(0.05,)).start()
        yield f"http://127.0.0.1:{files.server_port}/"
        files.shutdown()


class QuietFiles(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def example(browser, server, origin):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{origin}?server={server.url}")
    yield page
    context.close()


def test_the_buttons_of_the_web_page_create_a_person_and_a_company(example, server):
    for name in ("Sign in as Ann", "Join Acme Inc"):
        with example.expect_response(lambda answer: "/v1/" in answer.url, timeout=30_000) as response:
            example.get_by_role("button", name=name).click()
        assert response.value.ok

    state = requests.get(
        f"{server.url}/_mock/state", headers={"Authorization": "Bearer demo-key"}, timeout=10
    ).json()
    assert [person["companyNames"] for person in state["people"]] == [["Acme Inc"]]
