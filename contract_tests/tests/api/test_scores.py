"""NPS and CSAT scores: whose they are, which one counts, and the mean of a company."""

import pytest

from mock_custify.resources.scores import means

NOW = "2026-05-01T12:00:00.000Z"
KINDS = ["nps", "csat"]


@pytest.fixture
def world(api):
    """Three people of the company g1, one of them also of g2, and a survey, at a clock that stands still."""
    api.freeze(NOW)
    people = [
        {"id": "p1", "user_id": "u1", "email": "ann@x.io", "companies": ["c1", "c2"]},
        {"id": "p2", "user_id": "u2", "companies": ["c1"]},
        {"id": "p3", "user_id": "u3", "companies": ["c1"]},
        {"id": "p4", "user_id": "u4"},
    ]
    companies = [{"id": "c1", "company_id": "g1"}, {"id": "c2", "company_id": "g2"}]
    api.put("/_mock/state", {"companies": companies, "people": people, "surveys": [{"id": "s1"}]})
    return api


def kept(api, kind):
    """Return the person, score and date of each score on record."""
    scores = api.get("/_mock/state")[f"{kind}_scores"]
    return [(one["person"], one["score"], one["submittedAt"]) for one in scores]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("path", "query"),
    [("/p1", {}), ("", {"user_id": "u1"}), ("", {"email": "ann@x.io"}), ("/p1", {"user_id": "u2"})],
)
def test_a_score_is_kept_for_the_person_that_the_call_names(world, kind, path, query):
    world.post(f"/{kind}_score{path}", {"score": 4}, **query)

    assert (world.status, kept(world, kind)) == (200, [("p1", 4, NOW)])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", [{}, {"email": ""}, {"user_id": ""}, {"surveyId": "s1"}])
def test_a_score_that_names_no_person_is_refused(world, kind, query):
    answer = world.post(f"/{kind}_score", {"score": 4}, **query)

    error = "a person is required: an internal id in the path, or user_id or email"
    assert (world.status, answer) == (400, {"error": error})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("path", "query", "named"),
    [
        ("/x", {}, "id 'x'"),
        ("/u1", {}, "id 'u1': this is a user_id, use the internal id 'p1'"),
        ("", {"user_id": "x"}, "user_id 'x'"),
        ("", {"email": "no@x.io"}, "email 'no@x.io'"),
    ],
)
def test_a_score_of_an_unknown_person_is_not_found(world, kind, path, query, named):
    answer = world.post(f"/{kind}_score{path}", {"score": 4}, **query)

    assert (world.status, answer) == (404, {"error": f"there is no person with the {named}"})
    assert kept(world, kind) == []


@pytest.mark.parametrize(
    ("kind", "score"),
    [
        ("nps", -1),
        ("nps", 11),
        ("csat", 0),
        ("csat", 6),
        *((kind, score) for kind in KINDS for score in (2.5, "3", True, None)),
    ],
)
def test_a_score_that_is_none_is_refused(world, kind, score):
    world.post(f"/{kind}_score/p1", {"score": score})

    assert (world.status, kept(world, kind)) == (400, [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_score_is_required(world, kind):
    world.post(f"/{kind}_score/p1", {"comment": "Fine"})

    assert (world.status, kept(world, kind)) == (400, [])


@pytest.mark.parametrize(("kind", "ends"), [("nps", [0, 10]), ("csat", [1, 5])])
def test_both_ends_of_the_scale_are_scores(world, kind, ends):
    answers = [world.post(f"/{kind}_score/p1", {"score": score})["score"] for score in ends]

    assert answers == ends


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        ("2026-01-01", "2026-01-02", 2),
        ("2026-01-02", "2026-01-01", 1),
        ("2026-01-01", "2026-01-01", 2),
        ("2026-01-01T01:00:00+02:00", "2025-12-31T23:30:00Z", 2),
        ("2026-05-02", None, 1),
    ],
)
def test_the_score_that_was_submitted_last_stays(world, kind, first, second, left):
    given = {"score": 1, "submittedAt": first, "comment": "1"}
    world.post(f"/{kind}_score/p1", given)

    answer = world.post(f"/{kind}_score/p1", {"score": 2, "submittedAt": second, "comment": "2"})

    assert (answer["score"], answer["comment"]) == (left, str(left))
    assert [score for _, score, _ in kept(world, kind)] == [left]


def test_a_person_has_a_score_of_each_kind(world):
    world.post("/nps_score/p1", {"score": 9})
    world.post("/csat_score/p1", {"score": 2})

    assert (kept(world, "nps"), kept(world, "csat")) == ([("p1", 9, NOW)], [("p1", 2, NOW)])


def test_a_newer_score_keeps_the_id_and_the_creation_of_the_first(world):
    first = world.post("/nps_score/p1", {"score": 9})
    world.freeze("2026-06-01T00:00:00.000Z")

    second = world.post("/nps_score/p1", {"score": 8})

    assert (second["id"], second["created_at"]) == (first["id"], NOW)
    assert second["updated_at"] == "2026-06-01T00:00:00.000Z"


def test_a_score_of_a_day_that_is_none_is_refused_in_words(world):
    answer = world.post("/nps_score/p1", {"score": 9, "submittedAt": "soon"})

    assert (world.status, answer) == (
        400,
        {"error": "submittedAt: 'soon' is not a date: send one such as 2026-01-31"},
    )


@pytest.mark.parametrize(
    ("body", "query"),
    [({"surveyId": "s1"}, {}), ({}, {"surveyId": "s1"}), ({"surveyId": "s1"}, {"surveyId": "x"})],
)
def test_a_survey_is_named_in_the_body_or_else_in_the_query(world, body, query):
    answer = world.post("/csat_score/p1", {"score": 3, **body}, **query)

    assert answer["surveyId"] == "s1"


def test_an_unknown_survey_is_refused(world):
    answer = world.post("/csat_score/p1", {"score": 3, "surveyId": "x"})

    assert (world.status, answer) == (400, {"error": "surveyId: there is no survey with the id 'x'"})
    assert kept(world, "csat") == []


def test_the_answer_tells_the_score_and_the_mean_of_each_company(world):
    world.post("/nps_score/p2", {"score": 4})

    answer = world.post("/nps_score/p1", {"score": 9, "comment": "Fine"})

    assert answer == {
        "id": answer["id"],
        "_id": answer["id"],
        "person": "p1",
        "email": "ann@x.io",
        "score": 9,
        "comment": "Fine",
        "submittedAt": NOW,
        "surveyId": None,
        "created_at": NOW,
        "updated_at": NOW,
        "companies": [
            {"company": "c1", "company_id": "g1", "score": 7},
            {"company": "c2", "company_id": "g2", "score": 9},
        ],
    }


@pytest.mark.parametrize(
    ("scores", "mean"), [([3], 3), ([1, 2], 2), ([4, 5, 5], 5), ([4, 4, 5], 4), ([1, 1, 2], 1)]
)
@pytest.mark.parametrize("kind", KINDS)
def test_the_mean_of_a_company_is_rounded_to_the_nearest_integer(world, kind, scores, mean):
    for at, score in enumerate(scores, 1):
        world.post(f"/{kind}_score/p{at}", {"score": score})

    answer = world.post(f"/{kind}_score/p1", {"score": scores[0]})

    assert answer["companies"][0]["score"] == mean


def test_a_person_without_a_company_has_no_means(world):
    assert world.post("/nps_score/p4", {"score": 9})["companies"] == []


def test_scores_and_means_can_be_shown_elsewhere(world):
    world.post("/nps_score/p1", {"score": 9})
    world.post("/csat_score/p2", {"score": 2})

    with world.client.application.extensions["mock_custify"].store.open("k") as workspace:
        shown = [
            [means.nps_of_person(workspace, "p1"), means.csat_of_person(workspace, "p1")],
            [means.nps_of_company(workspace, "c2"), means.csat_of_company(workspace, "c2")],
            [means.nps_of_company(workspace, "c1"), means.csat_of_company(workspace, "c1")],
        ]

    assert shown == [[9, None], [9, None], [9, 2]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("score", "person"),
    [
        ({"email": "ann@x.io"}, "p1"),
        ({"email": "no"}, None),
        ({"person": "u2"}, "p2"),
        ({"person": "p9"}, "p9"),
    ],
)
def test_a_score_of_a_state_is_under_the_person_it_names(world, kind, score, person):
    state = world.get("/_mock/state")

    state = world.put("/_mock/state", {**state, f"{kind}_scores": [{"score": 5, **score}]})

    assert [one["person"] for one in state[f"{kind}_scores"]] == [person]


def test_of_two_scores_of_a_person_in_a_state_the_newest_stays(world):
    scores = [
        {"email": "ann@x.io", "score": 2, "submittedAt": "2026-02-01"},
        {"person": "p1", "score": 1, "submittedAt": "2026-01-01"},
    ]

    world.put("/_mock/state", {**world.get("/_mock/state"), "nps_scores": scores})

    assert kept(world, "nps") == [("p1", 2, "2026-02-01")]


def test_a_score_of_a_state_without_a_person_is_refused(world):
    answer = world.put("/_mock/state", {"nps_scores": [{"score": 5}]})

    error = "nps_scores[0]: each score of a state needs a person or an email"
    assert (world.status, answer) == (400, {"error": error})
