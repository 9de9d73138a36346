"""My user does not show up: for each cause, the first page names it."""

import pytest
import requests

from mock_custify.app import create_app
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store
from support.dashboard import call, send, show

ADA = {"type": "identify", "userId": "ada", "traits": {"email": "ada@example.com"}}


def row(page, number=1):
    return page.locator(f"tr[data-number='{number}']")


@pytest.fixture(scope="module")
def guarded():
    server = ServerThread(create_app(Store(["right-key"])))
    yield server
    server.stop()


@pytest.fixture
def guarded_page(browser, guarded):
    context = browser.new_context(base_url=guarded.url)
    page = context.new_page()
    page.add_init_script("localStorage.setItem('mock-custify.key', 'right-key')")
    yield page
    context.close()


def test_messages_under_another_key_are_told(page, server, key, expect):
    send(server, f"{key}-typo", ADA)

    show(page, "live")

    expect(page.locator(".notices")).to_contain_text("Messages are arriving under another key")
    expect(page.locator("main")).not_to_contain_text(f"{key}-typo")


def test_a_key_that_the_server_does_not_know_is_told(guarded, guarded_page, expect):
    requests.post(f"{guarded.url}/v1/batch", json={"batch": [ADA]}, auth=("unknown-key", ""), timeout=30)

    show(guarded_page, "live")

    expect(guarded_page.locator(".notices")).to_contain_text("An unknown key: 1 call was refused")
    expect(guarded_page.locator("main")).not_to_contain_text("unknown-key")


def test_a_call_without_a_key_is_told(guarded, guarded_page, expect):
    requests.post(f"{guarded.url}/v1/identify", json=ADA, timeout=30)

    show(guarded_page, "live")

    expect(guarded_page.locator(".notices")).to_contain_text("No key: 1 call was refused")
    expect(guarded_page.locator(".notices")).to_contain_text("POST /v1/identify")


def test_a_refused_batch_names_the_message_at_fault(page, server, key, expect):
    send(server, key, ADA, {"type": "identify", "traits": {}})

    show(page, "live")

    expect(row(page)).to_contain_text("refused with its batch, because of message 2 of 2")
    expect(row(page, 2)).to_contain_text("give each message a userId or an anonymousId")


def test_a_message_with_only_an_anonymous_id_names_the_setting(page, server, key, expect):
    send(server, key, {"type": "identify", "anonymousId": "a1"})

    show(page, "live")

    expect(row(page)).to_contain_text("Email or userId is mandatory")
    expect(row(page)).to_contain_text("turn on sendAnonymousId")


def test_an_event_of_an_unknown_person_says_that_the_person_is_missing(page, server, key, expect):
    send(server, key, {"type": "track", "userId": "ada", "event": "Signed In"})

    show(page, "live")

    expect(row(page)).to_contain_text("aborted")
    expect(row(page)).to_contain_text("send an identify message of this person first")


def test_a_message_whose_integrations_leave_custify_out_says_so(page, server, key, expect):
    send(server, key, {**ADA, "integrations": {"All": False}})

    show(page, "live")

    expect(row(page)).to_contain_text("the message's integrations leave Custify out")
    expect(row(page)).to_contain_text("set integrations.Custify to true")


def test_a_message_that_waits_for_a_retry_says_why_and_when(page, server, key, expect):
    fault = {"method": "POST", "path": "/people", "status": 503}
    call(server, key, "POST", "/_mock/faults", fault)
    send(server, key, ADA)

    show(page, "live")

    expect(row(page)).to_contain_text("retrying")
    expect(row(page)).to_contain_text("injected by a fault rule · next attempt at")
    call(server, key, "DELETE", "/_mock/faults")


def test_a_message_500_positions_back_is_found_from_the_first_page(page, server, key, expect):
    send(server, key, {**ADA, "integrations": {"All": False}})
    send(server, key, *({"type": "identify", "userId": f"u{index}"} for index in range(500)))
    show(page, "live")

    page.fill("#search", "ada@example.com")

    expect(page.locator(".list tbody tr")).to_have_count(1)
    expect(row(page)).to_contain_text("the message's integrations leave Custify out")


def test_a_search_says_who_is_on_record(page, server, key, expect):
    send(server, key, ADA)
    show(page, "live")

    page.fill("#search", "ada")

    expect(page.locator(".on-record a")).to_have_text("ada")


def test_a_search_for_somebody_who_never_arrived_says_so(page, server, key, expect):
    send(server, key, ADA)
    show(page, "live")

    page.fill("#search", "grace")

    expect(page.locator(".on-record")).to_have_text("No person or company matches “grace”.")
    expect(page.locator(".empty")).to_contain_text("No such message arrived with this key")


def test_a_body_that_is_no_json_is_shown_with_the_place_of_the_error(page, server, key, expect):
    body = b'{"batch": [{"userId": "u1",}]}'
    requests.post(f"{server.url}/v1/batch", data=body, auth=(key, ""), timeout=30)

    show(page, "live/1")

    expect(page.locator(".conclusion")).to_contain_text("invalid json")
    expect(page.locator(".pane .note")).to_have_text("line 1, character 28")
    expect(page.locator("mark.wrong")).to_have_count(1)


def test_a_refused_call_of_the_api_is_told_on_the_first_page(page, server, key, expect):
    call(server, key, "POST", "/people", {"name": "Nobody"})

    show(page, "live")

    expect(page.locator(".notices")).to_contain_text(
        "1 call to the Custify API was refused: POST /people 400"
    )


def test_a_workspace_that_takes_no_messages_says_so(page, server, key, expect):
    call(server, key, "PUT", "/_mock/destination", {"enabled": False})

    show(page, "live")

    expect(page.locator(".notices")).to_contain_text("This workspace refuses messages: enabled is off")


def test_the_notices_are_quiet_when_nothing_is_wrong(browser, expect):
    server = ServerThread(create_app())
    page = browser.new_page(base_url=server.url)
    page.add_init_script("localStorage.setItem('mock-custify.key', 'only')")
    send(server, "only", ADA)

    show(page, "live")

    expect(row(page)).to_contain_text("delivered")
    expect(page.locator(".notices")).to_have_count(0)
    page.close()
    server.stop()
