"""The list of messages as a debugger, the page of a message, and the links between the views."""

import re

import pytest

from support.dashboard import GROUP, call, send, show

STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}")


def identify(user, **more):
    return {"type": "identify", "userId": user, **more}


def rows(page):
    return page.locator(".list tbody tr")


def test_messages_are_filtered_by_their_status_and_type(page, server, key, expect):
    send(server, key, identify("u1"), {"type": "track", "userId": "u1", "event": "Seen"})
    send(server, key, {"type": "page", "userId": "u1"})
    show(page, "live")

    page.click(".chip:has-text('delivered')")
    page.select_option("[aria-label=Type]", "track")

    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("Seen")


def test_a_message_is_found_by_its_message_id(page, server, key, expect):
    send(server, key, identify("u1", messageId="m-1"), identify("u2", messageId="m-2"))
    show(page, "live")

    page.fill("#search", "m-2")

    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("u2")


def test_there_are_pages_beyond_the_newest_200(page, server, key, expect):
    send(server, key, *(identify(f"u{index}") for index in range(460)))
    show(page, "live")

    page.click(".pager button:text-is('Last')")

    expect(page.locator("tr[data-number='1']")).to_contain_text("u0")
    expect(page.locator(".pager")).to_contain_text("page 10 of 10")


def test_a_click_anywhere_in_a_row_opens_the_message(page, server, key, expect):
    send(server, key, identify("u1"))
    show(page, "live")

    page.click("tr[data-number='1'] .badge")

    expect(page.locator("h1")).to_have_text("Message 1")


def test_a_time_has_its_date_and_milliseconds(page, server, key, expect):
    send(server, key, identify("u1"))

    show(page, "live")

    expect(page.locator("tr time").first).to_have_text(STAMP)


def test_back_returns_to_the_search_and_the_page_of_the_list(page, server, key, expect):
    send(server, key, *(identify(f"user-{index}") for index in range(120)))
    show(page, "live")
    page.fill("#search", "user")
    page.wait_for_url("**/#/live?q=user")
    page.click(".pager button:text-is('Next')")
    expect(page.locator(".pager")).to_contain_text("page 2 of 3")
    page.click(".list tbody tr >> nth=0")
    expect(page.locator("h1")).to_have_text("Message 70")

    page.go_back()
    expect(page.locator(".pager")).to_contain_text("page 2 of 3")
    expect(page.locator("#search")).to_have_value("user")
    page.go_back()
    expect(page.locator(".pager")).to_contain_text("page 1 of 3")
    page.go_back()

    expect(page.locator("#search")).to_have_value("")


def test_the_address_of_a_list_shows_it_as_it_was(page, server, key, expect):
    send(server, key, identify("u1"), {"type": "page", "userId": "u1"})

    show(page, "live?q=u1&status=filtered")

    expect(rows(page)).to_have_count(1)
    expect(page.locator(".chip[aria-pressed=true]")).to_contain_text("filtered")


def test_sorting_stands_in_the_address(page, server, key, expect):
    send(server, key, identify("b"), identify("a"))
    show(page, "people")

    page.click(".sort >> text=user_id")

    expect(page).to_have_url(re.compile("sort=user_id&direction=asc"))
    expect(rows(page).locator("[data-label=user_id]")).to_have_text(["a", "b"])


def test_previous_and_next_lead_through_the_messages(page, server, key, expect):
    send(server, key, identify("u1"), identify("u2"), identify("u3"))
    show(page, "live/2")

    page.click("text=Next")
    expect(page.locator("h1")).to_have_text("Message 3")
    expect(page.locator(".back a", has_text="Next")).to_have_count(0)
    page.click("text=Previous")

    expect(page.locator("h1")).to_have_text("Message 2")


def test_a_message_starts_with_what_it_changed(page, server, key, expect):
    send(server, key, GROUP)

    show(page, "live/1")

    expect(page.locator(".conclusion")).to_contain_text(
        "Created the person Ada; created the company Acme; associated Ada with Acme."
    )
    expect(page.locator(".view > *").nth(2)).to_have_class(re.compile("conclusion"))


def test_a_message_that_changed_nothing_says_why(page, server, key, expect):
    send(server, key, identify("u1"), identify("u1"), {"type": "page", "userId": "u1"})

    show(page, "live/2")
    expect(page.locator(".conclusion")).to_contain_text("the records already had all of its values")
    show(page, "live/3")

    expect(page.locator(".conclusion")).to_contain_text(
        "nothing was sent to Custify: Message type not supported"
    )


def test_the_hint_of_a_refusal_stands_in_the_answer(page, server, key, expect):
    send(server, key, {"type": "identify", "anonymousId": "a1"})

    show(page, "live/1")

    expect(page.locator(".conclusion .hint")).to_contain_text("What to do: turn on sendAnonymousId")


def test_no_association_table_is_shown_where_none_applies(page, server, key, expect):
    send(server, key, identify("u1"))

    show(page, "live/1")

    expect(page.locator(".conclusion")).to_be_visible()
    expect(page.locator(".rules")).to_have_count(0)


def test_a_removal_quotes_its_rule_without_the_table(page, server, key, expect):
    send(server, key, GROUP, identify("u1", traits={"company": {"id": "g1", "remove": True}}))

    show(page, "live/2")

    expect(page.locator("main")).to_contain_text("dissociates the user from the organization")
    expect(page.locator(".rules")).to_have_count(0)


def test_a_person_has_the_messages_that_made_it(page, server, key, expect):
    send(server, key, GROUP, identify("u1", traits={"phone": "7"}), identify("other"))
    show(page, "people")
    page.click(".row-link >> text=Ada")

    expect(page.locator(".timeline li")).to_have_count(2)
    expect(page.locator(".timeline li").last).to_contain_text("created, associated")
    page.click(".timeline a >> text=Message 2")

    expect(page.locator("h1")).to_have_text("Message 2")
    expect(page.locator(".conclusion a")).to_have_text("Ada")


def test_a_company_has_the_calls_that_made_it(page, server, key, expect):
    call(server, key, "POST", "/company", {"company_id": "g1", "name": "Acme"})
    show(page, "companies")
    page.click(".row-link")

    page.click(".timeline a >> text=Request 1")

    expect(page.locator("h1")).to_contain_text("/company")


def test_a_request_says_who_and_what_and_which_message_made_it(page, server, key, expect):
    send(server, key, GROUP)
    show(page, "requests")
    expect(page.locator("tr[data-number='2']")).to_contain_text(re.compile("/people.*u1.*Ada"))

    page.click("tr[data-number='2'] a >> text=#1")

    expect(page.locator("h1")).to_have_text("Message 1")


def test_a_message_leads_to_its_requests(page, server, key, expect):
    send(server, key, identify("u1"))
    show(page, "live/1")

    page.click(".sent summary")
    page.click(".sent a >> text=Request 1")

    expect(page.locator("h1")).to_contain_text("/people")
    expect(page.locator("main")).to_contain_text("Made by message #1")


def test_requests_have_pages_and_are_searched(page, server, key, expect):
    send(server, key, *(identify(f"user-{index}") for index in range(120)))
    show(page, "requests")
    expect(page.locator(".pager")).to_contain_text("page 1 of 3")

    page.fill("#search", "user-7 ")
    page.fill("#search", "user-77")

    expect(rows(page)).to_have_count(1)


def test_a_message_that_is_settled_later_is_shown_so_without_a_reload(page, server, key, expect):
    call(server, key, "POST", "/_mock/faults", {"path": "/people", "status": 503})
    send(server, key, identify("u1"))
    show(page, "live")
    expect(rows(page)).to_contain_text("retrying")

    call(server, key, "DELETE", "/_mock/faults")

    expect(rows(page)).to_contain_text("delivered")


def test_a_call_after_the_journal_was_emptied_is_not_taken_for_that_of_an_older_message(
    page, server, key, expect
):
    send(server, key, identify("u1"))
    call(server, key, "DELETE", "/_mock/requests")
    call(server, key, "POST", "/company", {"company_id": "g1"})

    show(page, "requests/1")

    expect(page.locator("main")).to_contain_text("Made by a client of the API")


@pytest.mark.parametrize("place", [".badge", ".row-link"])
def test_a_click_on_a_row_is_not_lost_when_a_message_arrives_while_the_button_is_down(
    page, server, key, expect, place
):
    send(server, key, identify("u1"))
    show(page, "live")
    page.hover(f"tr[data-number='1'] {place}")
    page.mouse.down()

    with page.expect_response(lambda answer: "/api/deliveries?" in answer.url) as told:
        send(server, key, identify("u2"))
    told.value.finished()
    page.evaluate("() => new Promise((done) => setTimeout(done, 50))")  # time to draw the list again
    page.mouse.up()

    expect(page.locator("h1")).to_have_text("Message 1")
