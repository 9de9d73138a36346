"""A browser for the tests of the dashboard: Chromium; CHROMIUM names another than the usual one."""

import os
import shutil
from itertools import count

import pytest

from mock_custify.app import create_app
from mock_custify.server.server import ServerThread

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
KEYS = count()


def missing(reason):
    """Skip where a user has no browser, fail where the project itself is checked."""
    if os.environ.get("CI"):
        pytest.fail(f"CI has to run the browser tests: {reason}")
    pytest.skip(f"the dashboard is not tested in a browser: {reason}")


@pytest.fixture(scope="package")
def browser():
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        missing("there is no Chromium, apt-get install chromium")
    try:
        from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 - users may lack it
    except ImportError:
        missing("playwright is not installed, pip install playwright")
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def server():
    server = ServerThread(create_app())
    yield server
    server.stop()


@pytest.fixture
def key():
    return f"key-{next(KEYS)}"


@pytest.fixture(scope="package")
def tab(browser, server):
    context = browser.new_context(base_url=server.url)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.mistakes = []
    tab.on("pageerror", lambda error: tab.mistakes.append(str(error)))
    tab.on("console", lambda message: tab.mistakes.append(message.text) if is_mistake(message) else None)
    yield tab
    context.close()


@pytest.fixture
def page(tab, key):
    """The tab on a workspace of its own, as if newly opened; it must not log one error."""
    tab.goto("/_mock/ui/assets/icon.svg")
    tab.evaluate(
        "key => { localStorage.clear(); sessionStorage.clear(); localStorage['mock-custify.key'] = key }", key
    )
    tab.set_viewport_size({"width": 1280, "height": 800})
    yield tab
    mistakes, tab.mistakes = tab.mistakes, []
    assert mistakes == []


def is_mistake(message):
    """Tell whether the console speaks of the page itself, not of a call that was refused."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")


@pytest.fixture
def expect(browser):  # noqa: ARG001 - without a browser there is nothing to expect
    from playwright.sync_api import expect  # noqa: PLC0415 - users may lack it

    return expect
