"""Pages of every list: how many items one holds, what lies past the end, and how many there are in all."""

import pytest

from support.api import Api

MANY = 201
COMPANY = {"company_id": "g0", "id": "c0"}
STATE = {
    "people": [{"id": f"p{number}", "user_id": f"u{number}", "companies": ["c0"]} for number in range(MANY)],
    "companies": [COMPANY, *({"company_id": f"g{number}"} for number in range(1, MANY))],
    "notes": [{"text": "t", "entity": "g0"}] * MANY,
    "tasks": [{"name": "t", "company": "g0"}] * MANY,
    "tags": [{"name": "t"}] * MANY,
    "segments": [
        *[{"name": "s", "members": ["c0"]}] * MANY,
        *[{"name": "s", "type": "people"}] * MANY,
    ],
    "playbooks": [{"name": "p"}] * MANY,
    "health_scores": [{"id": "hs", "name": "h"}, *[{"name": "h"}] * (MANY - 1)],
    "health_score_values": [{"health_score_id": "hs", "value": 1, "company_id": "g0"}] * MANY,
    "calculated_metrics": [{"name": "m"}] * MANY,
    "lifecycles": [{"name": "l"}] * MANY,
    "objectives": [{"name": "o", "company": "g0"}] * MANY,
    "signals": [{"title": "s", "entity": "g0"}] * MANY,
    "meetings": [{"title": "m", "company": ["g0"], "people": ["u0"]}] * MANY,
    "surveys": [{"id": "sv"}],
    "survey_responses": [{"survey": "sv", "score": 1}] * MANY,
}
REQUIRED = {"/objective": {"company": "c0"}}
CAPS = [
    ("/people/all", "people", 200),
    ("/company/all", "companies", 200),
    ("/company/people/c0", "people", 200),
    ("/company/segments/c0", "segments", 200),
    ("/note", "notes", 200),
    ("/note/c0", "notes", 200),
    ("/task", "tasks", 50),
    ("/tag", "tags", 200),
    ("/segment", "segments", 50),
    ("/playbook", "playbooks", 200),
    ("/health_score", "health_scores", 50),
    ("/health_score/hs/values", "values", 200),
    ("/calculated_metric", "calculated_metrics", 50),
    ("/lifecycle", "lifecycles", 200),
    ("/objective", "objectives", 50),
    ("/signal/entities", "signals", 200),
    ("/calendar/meeting", "meetings", 50),
    ("/calendar/meeting/company/c0", "meetings", 50),
    ("/calendar/meeting/people/p0", "meetings", 50),
    ("/survey/sv/responses", "responses", 50),
]


@pytest.fixture(scope="module")
def pages():
    """Return the page object that a list answers, in an array or not, of a workspace with 201 of each."""
    full = Api()
    full.put("/_mock/state", STATE)

    def page(path, **query):
        answer = full.get(path, **REQUIRED.get(path, {}), **query)
        return answer[0] if isinstance(answer, list) else answer

    return page


@pytest.mark.parametrize(("path", "name", "cap"), CAPS)
def test_a_page_is_cut_to_the_most_it_holds_and_the_next_goes_on_there(pages, path, name, cap):
    first, second = pages(path, itemsPerPage=500), pages(path, itemsPerPage=500, page=2)

    ids = {one["id"] for one in first[name]} | {one["id"] for one in second[name]}
    assert (len(first[name]), len(second[name])) == (cap, min(cap, MANY - cap))
    assert len(ids) == cap + min(cap, MANY - cap)


@pytest.mark.parametrize(("path", "name", "cap"), CAPS)
def test_a_page_past_the_end_is_empty_and_the_last_one_has_the_rest(pages, path, name, cap):
    last, past = pages(path, itemsPerPage=cap, page=MANY // cap + 1), pages(path, itemsPerPage=2, page=102)

    assert (len(last[name]), past[name]) == (1, [])


@pytest.mark.parametrize("path", [path for path, _, _ in CAPS])
@pytest.mark.parametrize("query", [{}, {"itemsPerPage": 500}, {"page": 11}, {"page": 12}])
def test_the_total_of_a_list_counts_every_page(pages, path, query):
    assert pages(path, **query)["total"] == MANY


@pytest.mark.parametrize(("path", "name"), [(path, name) for path, name, _ in CAPS])
def test_a_page_has_twenty_items_when_nothing_is_asked(pages, path, name):
    assert len(pages(path)[name]) == 20


@pytest.mark.parametrize("path", ["/people/all", "/company/all"])
@pytest.mark.parametrize("query", [{"sorting": {"field": "created_at"}}, {"filters": []}])
def test_the_total_of_a_sorted_list_counts_every_page(pages, path, query):
    assert pages(path, page=12, **query)["total"] == MANY


def test_the_total_and_the_pages_shrink_with_a_delete(api):
    api.put("/_mock/state", {"companies": STATE["companies"]})

    api.delete("/company", company_id="g5")

    answer = api.get("/company/all", itemsPerPage=200)
    assert (answer["total"], len(answer["companies"])) == (MANY - 1, MANY - 1)


@pytest.mark.parametrize("path", [path for path, _, _ in CAPS])
@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"page": 0}, 'query: page must be at least 1, got "0"'),
        ({"page": "x"}, 'query: page must be a whole number, got "x"'),
        ({"itemsPerPage": 0}, 'query: itemsPerPage must be at least 1, got "0"'),
    ],
)
def test_a_page_that_is_no_number_from_one_is_refused_by_every_list(api, path, query, error):
    answer = api.get(path, **query)

    assert (api.status, answer) == (400, {"error": error})
