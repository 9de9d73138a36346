"""Surveys and the answers to them."""

import pytest

STATE = {
    "companies": [{"id": "c1", "company_id": "g1"}],
    "people": [{"id": "p1", "user_id": "u1", "email": "ann@x.io", "name": "Ann"}],
    "surveys": [{"id": "s1", "name": "First", "type": "nps"}, {"id": "s2", "type": "csat"}],
}
TIMES = {"created_at": "2026-01-01", "updated_at": "2026-01-02"}


@pytest.fixture
def answered(api):
    """Return what puts answers to the survey s1 on record and lists them."""

    def listed(*responses, **query):
        found = [{"survey": "s1", "score": 5, **one} for one in responses]
        api.put("/_mock/state", {**STATE, "survey_responses": found})
        return api.get("/survey/s1/responses", **query)

    return listed


def test_surveys_are_a_bare_array(api):
    surveys = [{"id": "s1", "name": "First", "type": "nps", **TIMES}, {"id": "s2", **TIMES}]
    api.put("/_mock/state", {"surveys": surveys})

    assert api.get("/survey") == [{**one, "_id": one["id"]} for one in surveys]


@pytest.mark.parametrize(
    ("query", "found"),
    [({}, 20), ({"itemsPerPage": 500}, 50), ({"page": 2, "itemsPerPage": 50}, 10), ({"page": 9}, 0)],
)
def test_surveys_come_in_pages(api, query, found):
    api.put("/_mock/state", {"surveys": [{"name": "s"}] * 60})

    assert len(api.get("/survey", **query)) == found


def test_answers_to_a_survey_come_newest_first(answered):
    days = [("a", "2026-01-02"), ("b", "2026-01-03"), ("c", "2026-01-01")]

    answer = answered(*({"comment": name, "responseDate": day} for name, day in days))

    assert [one["comment"] for one in answer["responses"]] == ["b", "a", "c"]


def test_answers_are_those_to_the_survey_alone(answered):
    answer = answered({"survey": "s2"}, {"comment": "mine"})

    assert [one["comment"] for one in answer.pop("responses")] == ["mine"]
    assert answer == {"total": 1, "page": 1, "itemsPerPage": 20}


def test_a_page_of_answers_tells_its_number_and_its_size(answered):
    answer = answered(*[{}] * 3, page=2, itemsPerPage=2)

    assert len(answer.pop("responses")) == 1
    assert answer == {"total": 3, "page": 2, "itemsPerPage": 2}


def test_answers_to_an_unknown_survey_are_not_found(api):
    answer = api.get("/survey/x/responses")

    assert (api.status, answer) == (404, {"error": "there is no survey with the id 'x'"})


@pytest.mark.parametrize("given", [{"company": "g1", "people": "u1"}, {"company": "c1", "people": "p1"}])
def test_an_answer_tells_its_company_and_person_by_internal_id(answered, given):
    (response,) = answered(given)["responses"]

    assert (response["company"], response["people"]) == ("c1", "p1")
    assert (response["email"], response["name"]) == ("ann@x.io", "Ann")


def test_an_answer_is_shown_whole(answered):
    questions = [{"question": "Why?", "answer": answer} for answer in ("text", 3, 1.5, True, ["one", "two"])]
    given = {
        "id": "r1",
        "score": 9,
        "comment": "Fine",
        "responseDate": "2026-02-01",
        "company": "gone",
        "people": "p1",
        "email": "own@x.io",
        "name": "Own",
        "extraQuestions": questions,
        **TIMES,
    }

    (response,) = answered(given)["responses"]

    assert response == {**given, "_id": "r1", "survey": "s1"}


def test_an_answer_leaves_out_what_it_does_not_have(answered):
    (response,) = answered({"id": "r1", **TIMES})["responses"]

    date = {"responseDate": TIMES["created_at"], "extraQuestions": []}
    assert response == {"id": "r1", "_id": "r1", "survey": "s1", "score": 5, **date, **TIMES}


@pytest.mark.parametrize(
    ("response", "error"),
    [
        ({"survey": "x"}, "survey_responses[0]: there is no survey with the id 'x'"),
        (
            {"survey": "s2", "score": 6},
            "survey_responses[0]: the score of an answer to a CSAT survey must be from 1 to 5",
        ),
        (
            {"survey": "s2", "score": 0},
            "survey_responses[0]: the score of an answer to a CSAT survey must be from 1 to 5",
        ),
        ({"responseDate": "soon"}, "survey_responses[0]: 'soon' is not a date"),
    ],
)
def test_an_answer_of_a_state_with_a_mistake_is_refused(api, response, error):
    found = [{"survey": "s1", "score": 5, **response}]

    answer = api.put("/_mock/state", {**STATE, "survey_responses": found})

    assert api.status == 400
    assert answer["error"].startswith(error)


def test_an_answer_to_an_nps_survey_may_be_10(answered):
    assert answered({"score": 10})["responses"][0]["score"] == 10
