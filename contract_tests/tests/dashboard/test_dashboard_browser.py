"""The dashboard in a real browser, Chromium without a window; CHROMIUM names another than the usual."""

import re
import sys

from mock_custify.app import create_app
from mock_custify.dashboard.stream import Streams
from mock_custify.missing_extra import how_to_install
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store
from support.dashboard import GROUP, call, people, send, show

VIEWS = {
    "live": "Live",
    "try": "Try it",
    "people": "People",
    "companies": "Companies",
    "events": "Events",
    "map": "Map",
    "requests": "Requests",
    "replay": "Replay",
    "contract": "Contract",
    "control": "Control",
}
# Without a dot: it is the name of a custom attribute too.
HACK = "document['title']='hacked'"
MARKUP = f'<img src=x onerror="{HACK}"><script>{HACK}</script>&amp;'


def width_of(page, view):
    show(page, view)
    return page.evaluate("document.documentElement.scrollWidth")


def test_each_view_opens_under_its_name(page, expect):
    for view, name in VIEWS.items():
        show(page, view)

        expect(page.locator("h1")).to_have_text(name)


def test_the_view_that_is_shown_is_marked(page, expect):
    show(page, "map")

    expect(page.locator("nav [aria-current=page]")).to_have_text("Map")


def test_no_view_is_wider_than_a_narrow_screen(page, server, key):
    send(server, key, GROUP)
    page.set_viewport_size({"width": 360, "height": 740})

    wide = {view: width for view in [*VIEWS, "live/1"] if (width := width_of(page, view)) > 360}

    assert wide == {}


def test_a_file_that_is_chosen_is_replayed_and_its_numbers_lead_to_messages(page, expect):
    show(page, "replay")
    content = b'{"type": "identify", "userId": "u1"}\n{"type": "identify"}\n'
    page.set_input_files("#archive", {"name": "a.jsonl", "mimeType": "text/plain", "buffer": content})

    expect(page.get_by_role("row", name="delivered 1")).to_be_visible()
    page.get_by_text("Email or userId is mandatory").click()
    page.get_by_role("button", name="Open in Try it").first.click()
    expect(page.locator("#message")).to_have_value('{\n  "type": "identify"\n}')


def test_an_empty_view_tells_what_to_do_next(page, expect):
    for view in ["live", "people", "companies", "events", "map", "requests"]:
        show(page, view)

        expect(page.locator(".empty").first).to_contain_text("Try it")


def test_a_message_appears_in_live_as_it_arrives(page, server, key, expect):
    show(page, "live")

    send(server, key, GROUP)

    expect(page.locator("tr[data-number='1']")).to_contain_text(re.compile("group.*u1.*g1.*delivered"))


def test_a_message_that_is_refused_says_why(page, server, key, expect):
    show(page, "live")

    send(server, key, {"type": "identify", "anonymousId": "a1"})

    expect(page.locator("tr[data-number='1']")).to_contain_text("Email or userId is mandatory")


def test_a_message_opens_with_its_requests_its_change_and_its_rule(page, server, key, expect):
    send(server, key, GROUP)
    show(page, "live")

    page.click("tr[data-number='1'] a")

    expect(page.locator(".request-title")).to_have_text(
        ["POST /company", "POST /company", "POST /people", "POST /people"]
    )
    expect(page.locator(".associations .is-associated")).to_contain_text(re.compile("Ada.*Acme.*associated"))
    expect(page.locator(".rules [aria-current]")).to_contain_text("Both the user and the organization exist")


def test_where_the_profiles_differ_is_marked_in_words_too(page, server, key, expect):
    send(server, key, GROUP)

    show(page, "live/1")

    expect(page.locator("tr.differs th").first).to_contain_text("≠")
    expect(page.locator("tr.differs th").first).to_contain_text("differs")


def test_the_prediction_follows_what_one_types(page, expect):
    show(page, "try")

    page.fill("#message", '{"type": "identify", "userId": "new", "traits": {"name": "Typed"}}')

    expect(page.locator(".change", has_text="Typed").locator(".badge")).to_have_text("created")
    expect(page.locator("#verdict")).to_contain_text("would be delivered")


def test_text_that_is_no_json_cannot_be_sent(page, expect):
    show(page, "try")

    page.fill("#message", '{"type": ')

    expect(page.locator("#verdict")).to_contain_text("not JSON")
    expect(page.locator("button.primary")).to_be_disabled()


def test_a_message_sent_from_the_editor_reaches_the_workspace(page, server, key, expect):
    show(page, "try")
    page.click("button:text-is('Group')")

    page.click("button:text-is('Send')")

    expect(page.locator("#verdict")).to_contain_text("sent")
    assert call(server, key, "GET", "/_mock/state")["memberships"][0]["company_id"] == "group01"


def test_a_message_the_gateway_refuses_is_told_in_its_words(page, expect):
    show(page, "try")
    page.fill("#message", '{"type": "identify", "traits": {}}')

    page.click("button:text-is('Send')")

    expect(page.locator("#verdict")).to_contain_text("request neither has anonymousId nor userId")
    page.wait_for_timeout(400)  # longer than a preview waits for more to be typed
    expect(page.locator("#verdict")).to_contain_text("request neither has anonymousId nor userId")


def test_markup_in_names_stays_text(page, server, key, expect):
    hostile = {**GROUP, "userId": MARKUP, "groupId": MARKUP, "traits": {"name": MARKUP, MARKUP: MARKUP}}
    send(server, key, hostile)
    send(server, key, {"type": "track", "userId": MARKUP, "event": MARKUP})

    for view in ["live", "live/1", "people", "companies", "events", "map", "requests"]:
        show(page, view)

        expect(page.locator("main")).to_contain_text("<img src=x")
        expect(page.locator("main img, main script")).to_have_count(0)
    expect(page).not_to_have_title("hacked")


def test_markup_in_attributes_stays_text_on_the_page_of_a_person(page, server, key, expect):
    state = {"people": [{"user_id": "u1", "name": MARKUP, "custom_attributes": {MARKUP: MARKUP}}]}
    call(server, key, "PUT", "/_mock/state", state)
    show(page, "people")

    page.click(".row-link")

    expect(page.locator("h1")).to_have_text(MARKUP)
    expect(page.locator(".fields .json-string")).to_contain_text("<script>")


def test_ten_thousand_people_are_searched_sorted_and_turned_over(page, server, key, expect):
    call(server, key, "PUT", "/_mock/state", {"people": people(10_000)})
    show(page, "people")
    expect(page.locator("main [role=status]").first).to_have_text("10,000 people")

    page.click(".sort >> text=Name")
    page.click(".sort >> text=Name")

    expect(page.locator(".row-link").first).to_have_text("Person 09999")
    expect(page.locator(".list tbody tr")).to_have_count(50)


def test_a_search_narrows_a_large_table(page, server, key, expect):
    call(server, key, "PUT", "/_mock/state", {"people": people(10_000)})
    show(page, "people")

    page.keyboard.press("/")
    page.keyboard.type("person 04321")

    expect(page.locator(".row-link")).to_have_text(["Person 04321"])
    expect(page.locator("main [role=status]").first).to_have_text("1 of 10,000 people")


def test_the_map_of_a_large_workspace_tells_what_it_leaves_out(page, server, key, expect):
    memberships = [{"user_id": f"u{index}", "company_id": f"g{index % 9}"} for index in range(1000)]
    companies = [{"company_id": f"g{index}"} for index in range(9)]
    call(
        server,
        key,
        "PUT",
        "/_mock/state",
        {"people": people(1000), "companies": companies, "memberships": memberships},
    )

    show(page, "map")

    expect(page.locator("main strong")).to_have_text("Left out: 0 companies and 709 people.")
    expect(page.locator(".node")).to_have_count(300)


def test_a_company_on_the_map_opens_with_the_keyboard(page, server, key, expect):
    send(server, key, GROUP)
    show(page, "map")

    page.focus(".node.is-companies")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Acme")


def test_the_tables_follow_what_happens(page, server, key, expect):
    show(page, "people")

    send(server, key, GROUP)

    expect(page.locator(".row-link")).to_have_text("Ada")


def test_a_call_is_copied_as_curl_without_the_key(page, server, key, expect):
    send(server, key, {"type": "identify", "userId": "o'neill"})
    show(page, "requests/1")

    page.click("button:text-is('Copy as curl')")

    expect(page.locator(".copy [role=status]")).to_contain_text("copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"curl -X POST '{server.url}/people'" in copied
    assert '"user_id":"o\'\\\'\'neill"' in copied
    assert key not in copied


def test_the_journal_is_filtered(page, server, key, expect):
    send(server, key, GROUP)
    show(page, "requests")

    page.fill("[aria-label^=Path]", "/comp*")
    page.keyboard.press("Enter")

    expect(page.locator("td .target")).to_have_text(["/company"])


def test_the_contract_is_run_and_stopped_from_the_page(page, expect):
    show(page, "contract")

    page.click("button:text-is('Check the contract')")

    expect(page.locator(".verdict-cell .good").first).to_have_text("holds")
    page.click("button:text-is('Stop')")
    expect(page.locator(".run [role=status]")).to_contain_text("(stopped)")


def test_without_the_extra_the_contract_page_names_it(page, expect, monkeypatch):
    monkeypatch.setitem(sys.modules, "custify_contract.dashboard", None)

    show(page, "contract")

    text = f"contract needs Hypothesis: {how_to_install('contract')}"
    expect(page.locator("main")).to_contain_text(text)


def test_a_divergence_is_opened_in_the_editor(page, expect):
    show(page, "contract")
    page.click(".divergences summary >> nth=0")

    page.click(".divergences button:text-is('Open in Try it') >> nth=0")

    expect(page.locator("#message")).to_have_value(re.compile('"type"'))


def test_a_snapshot_brings_a_workspace_back(page, server, key, expect):
    send(server, key, GROUP)
    show(page, "control")
    page.fill("[name=name]", "with ada")
    page.click("button:text-is('Take a snapshot')")
    expect(page.locator(".between")).to_contain_text("1 person, 1 company")
    call(server, key, "DELETE", "/_mock/state")

    page.click("button:text-is('Restore')")

    expect(page.locator("[data-count=people]")).to_have_text("1")


def test_a_fault_is_set_from_the_page(page, server, key, expect):
    show(page, "control")

    page.click("button:text-is('Refuse two calls with 503')")

    expect(page.get_by_text("applied to 0 of 0 calls")).to_be_visible()
    assert call(server, key, "GET", "/_mock/faults")["faults"][0]["status"] == 503


def test_the_profile_is_chosen_on_the_page(page, server, key, expect):
    show(page, "control")

    page.select_option("select >> nth=0", "production")

    expect(page.locator(".said").first).to_contain_text("messages become requests as in production")
    assert call(server, key, "GET", "/_mock/destination")["profile"] == "production"


def test_a_reset_asks_first_and_forgets_everything(page, server, key, expect):
    send(server, key, GROUP)
    show(page, "control")

    page.click("button:text-is('Reset…')")
    page.click("button:text-is('Yes, delete everything')")

    expect(page.locator("[data-count=people]")).to_have_text("0")


def test_another_key_shows_another_workspace(page, server, key, expect):
    send(server, f"{key}-other", GROUP)
    show(page, "people")

    page.fill("#key", f"{key}-other")
    page.keyboard.press("Enter")

    expect(page.locator(".row-link")).to_have_text("Ada")


def test_a_server_that_is_gone_is_told(browser, expect):
    server = ServerThread(create_app())
    page = browser.new_page()
    page.goto(f"{server.url}/_mock/ui/")
    expect(page.locator("#link-state")).to_have_text("live")

    server.stop()

    expect(page.locator("#link-state")).to_have_text("reconnecting")
    page.close()


def test_a_key_that_is_not_taken_is_told(browser, expect):
    guarded = ServerThread(create_app(Store(["right"])))
    page = browser.new_page()

    page.goto(f"{guarded.url}/_mock/ui/#/people")

    expect(page.locator(".empty-title")).to_have_text("This key is not accepted here")
    expect(page.locator("#link-state")).to_have_text("key refused")
    page.close()
    guarded.stop()


def test_the_first_tab_stop_skips_to_the_content(page, expect):
    show(page, "people")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_a_tab_that_is_closed_makes_room_for_another(browser, expect):
    app = create_app()
    app.extensions["mock_custify_streams"] = Streams(1)
    server = ServerThread(app)
    first, second = browser.new_page(), browser.new_page()
    first.goto(f"{server.url}/_mock/ui/")
    expect(first.locator("#link-state")).to_have_text("live")

    first.close()
    second.goto(f"{server.url}/_mock/ui/")

    expect(second.locator("#link-state")).to_have_text("live")
    second.close()
    server.stop()


def test_the_page_of_all_calls_is_shown_in_its_own_style(page, expect):
    page.goto("/_mock/docs")

    assert page.evaluate("getComputedStyle(document.querySelector('nav a')).whiteSpace") == "nowrap"
    page.locator("details summary").first.click()
    expect(page.locator("details").first).to_have_attribute("open", "")
