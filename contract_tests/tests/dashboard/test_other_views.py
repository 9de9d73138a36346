"""Try it, Control, the contract, the map, the pages of records, and narrow screens."""

import pytest

from mock_custify.dashboard.contract import CONTRACT, Progress
from support.dashboard import GROUP, call, people, send, show

TRACK = {"type": "track", "userId": "u1", "event": "Seat Added", "properties": {"plan": "Pro", "seats": 3}}
OVERLAPS = """
() => {
  const boxes = [...document.querySelectorAll('.map-label')].map((one) => one.getBoundingClientRect());
  const meet = (one, other) => one.left < other.right && other.left < one.right
    && one.top < other.bottom && other.top < one.bottom;
  return boxes.flatMap((one, index) => boxes.slice(index + 1).filter((other) => meet(one, other))).length;
}
"""
# Single words of the interface that stand on more than one line.
BROKEN_WORDS = """
() => {
  const lines = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
  };
  const isWord = (text) => text && !text.includes(' ') && text.length < 14;
  return [...document.querySelectorAll('main button, .badge, th, .chip, .method, .views a')]
    .filter((one) => one.offsetHeight && isWord(one.textContent.trim()))
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && lines(node) > 1))
    .map((one) => one.textContent);
}
"""
NARROW_VIEWS = ["live", "live/1", "try", "people", "companies", "events", "requests", "requests/1", "control"]


def test_a_prediction_is_marked_as_stale_while_the_text_is_no_json(page, expect):
    show(page, "try")
    expect(page.locator(".panes.is-stale")).to_have_count(0)

    page.fill("#message", '{"type": ')

    expect(page.locator(".panes.is-stale")).to_have_count(1)
    expect(page.get_by_text("This is the prediction for the last valid text")).to_be_visible()
    page.fill("#message", '{"type": "identify", "userId": "u1"}')
    expect(page.locator(".panes.is-stale")).to_have_count(0)


def test_ctrl_enter_sends_and_says_what_happened(page, server, key, expect):
    show(page, "try")
    page.fill("#message", '{"type": "identify", "userId": "u1"}')

    page.press("#message", "Control+Enter")

    expect(page.locator("#verdict")).to_contain_text("delivered sent as message 1")
    assert [person["user_id"] for person in call(server, key, "GET", "/_mock/state")["people"]] == ["u1"]


def test_a_message_that_was_sent_and_not_delivered_says_why(page, expect):
    show(page, "try")
    page.click("button:text-is('Refused')")

    page.press("#message", "Control+Enter")

    expect(page.locator("#verdict")).to_contain_text("Email or userId is mandatory. turn on sendAnonymousId")


def test_a_fault_is_written_as_a_form_and_read_as_a_sentence(page, server, key, expect):
    show(page, "control")
    page.select_option("[name=method]", "POST")
    page.fill("[name=path]", "/event")
    page.select_option("[name=effect]", "delay")
    page.fill("[name=number]", "0.5")

    page.click("button:text-is('Add')")

    expect(page.locator(".faults li")).to_contain_text("POST call to /event is answered 0.5 s late")
    assert call(server, key, "GET", "/_mock/faults")["faults"][0]["delay"] == 0.5


def test_a_single_fault_is_deleted(page, server, key, expect):
    for status in (500, 502, 503):
        call(server, key, "POST", "/_mock/faults", {"path": "/event", "status": status})
    show(page, "control")

    page.click("[aria-label='Delete fault 2']")

    expect(page.locator(".faults li")).to_have_count(2)
    left = [fault["status"] for fault in call(server, key, "GET", "/_mock/faults")["faults"]]
    assert left == [500, 503]


@pytest.mark.parametrize(("number", "status"), [("4", 404), ("0", 404), ("x", 400), ("-1", 400)])
def test_a_fault_that_is_not_there_cannot_be_deleted(server, key, number, status):
    call(server, key, "POST", "/_mock/faults", {"path": "/event", "status": 500})

    answer = call(server, key, "DELETE", f"/_mock/faults/{number}")

    assert answer["error"].startswith(
        "there is no fault" if status == 404 else f"'{number}' is not the number of a fault"
    )
    assert len(call(server, key, "GET", "/_mock/faults")["faults"]) == 1


def test_the_clock_moves_in_steps(page, server, key, expect):
    call(server, key, "PUT", "/_mock/clock", {"freeze": "2026-01-01T00:00:00.000Z"})
    show(page, "control")

    page.click("button:text-is('+1 day')")

    expect(page.locator(".said", has_text="the clock moved forward by 1 day")).to_be_visible()
    assert call(server, key, "GET", "/_mock/clock")["now"] == "2026-01-02T00:00:00.000Z"


def test_a_double_click_on_reset_destroys_nothing(page, server, key, expect):
    send(server, key, GROUP)
    show(page, "control")

    page.dblclick("button:text-is('Reset…')")

    expect(page.locator("[data-count=people]")).to_have_text("1")
    assert len(call(server, key, "GET", "/_mock/state")["people"]) == 1


def test_emptying_the_records_is_undone(page, server, key, expect):
    send(server, key, GROUP)
    show(page, "control")
    page.click("button:text-is('Delete all records')")
    expect(page.locator("[data-count=people]")).to_have_text("0")

    page.click("button:text-is('Undo')")

    expect(page.locator("[data-count=people]")).to_have_text("1")
    assert len(call(server, key, "GET", "/_mock/state")["people"]) == 1


def finished(profile, **verdicts):
    held = {"verdict": "holds", "tried": 1, "broken": "", "messages": []}
    broken = {"verdict": "broken", "tried": 1, "broken": "expected 1", "messages": [{}]}
    found = {law: broken if is_broken else held for law, is_broken in verdicts.items()}
    return Progress(state="done", profile=profile, verdicts=found, total=len(found))


@pytest.fixture
def contract_run(monkeypatch, page):
    laws = call_laws(page)
    monkeypatch.setattr(CONTRACT, "progress", finished("production", **{laws[0]: False, laws[-1]: True}))
    return laws


def call_laws(page):
    show(page, "contract")
    return page.locator(".laws td code").all_text_contents()


def test_broken_laws_come_first(page, expect, contract_run):
    show(page, "contract")
    page.reload()

    expect(page.locator(".laws td code").first).to_have_text(contract_run[-1])
    expect(page.locator(".broken-laws")).to_contain_text("Broken")


def test_broken_laws_can_be_shown_alone(page, expect, contract_run):
    page.reload()

    page.check("text=Broken only")

    visible = page.locator(".laws td code:visible")
    expect(visible).to_have_text([contract_run[-1]])


def test_a_broken_law_with_a_known_divergence_is_marked(page, expect, contract_run):
    CONTRACT.progress.verdicts[contract_run[-1]]["known"] = ["D-07"]

    page.reload()

    expect(page.locator(".broken-laws")).to_contain_text("known divergence: D-07")


def test_labels_of_the_map_do_not_overlap_with_300_nodes_and_long_names(page, server, key, expect):
    companies = [
        {"company_id": f"g{index}", "name": f"The very long name of company {index}"} for index in range(40)
    ]
    memberships = [{"user_id": f"u{index}", "company_id": f"g{index % 40}"} for index in range(260)]
    state = {"people": people(260), "companies": companies, "memberships": memberships}
    call(server, key, "PUT", "/_mock/state", state)

    show(page, "map")

    expect(page.locator(".node")).to_have_count(300)
    assert page.evaluate(OVERLAPS) == 0


def test_the_map_has_a_legend(page, server, key, expect):
    send(server, key, GROUP)

    show(page, "map")

    expect(page.locator(".legend")).to_contain_text("person in more than one company")


def test_a_company_shows_the_events_of_its_people(page, server, key, expect):
    send(server, key, GROUP, TRACK)
    show(page, "companies")

    page.click(".row-link")

    expect(page.locator(".pane", has_text="Events").locator(".links").last).to_contain_text("Seat Added")


def test_the_list_of_events_shows_what_they_carry(page, server, key, expect):
    send(server, key, GROUP, TRACK)

    show(page, "events")

    expect(page.locator(".list tbody tr")).to_contain_text("plan: Pro, seats: 3")


@pytest.mark.parametrize("view", ["people", "companies", "events"])
def test_the_raw_json_of_a_record_is_one_click_away(page, server, key, expect, view):
    send(server, key, GROUP, TRACK)
    show(page, view)
    page.click(".row-link")

    page.click("text=Raw JSON")

    expect(page.locator(".raw pre")).to_contain_text('"id": ')


@pytest.mark.parametrize("view", NARROW_VIEWS)
def test_no_short_word_is_broken_on_a_narrow_screen(page, server, key, view):
    send(server, key, GROUP, TRACK)
    page.set_viewport_size({"width": 360, "height": 740})

    show(page, view)

    assert page.evaluate(BROKEN_WORDS) == []


def test_the_tabs_of_a_narrow_screen_show_that_they_scroll(page):
    page.set_viewport_size({"width": 360, "height": 740})

    show(page, "live")

    assert page.evaluate("getComputedStyle(document.querySelector('.views')).maskImage").startswith("linear")
    assert page.evaluate("document.querySelector('.views').scrollWidth") > 360


def test_the_page_of_all_calls_has_the_colours_of_the_dashboard(page):
    show(page, "live")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.goto("/_mock/docs")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == colour
    assert page.locator("a:text-is('Dashboard')").get_attribute("href") == "ui/"
