"""Events: what is taken, what is dropped, what counts once, and NPS scores."""

import pytest


def test_an_event_is_taken_with_an_empty_array(api):
    api.person()

    answer = api.post("/event", {"name": "e", "user_id": "u1", "email": None, "metadata": []})

    assert (api.status, answer) == (202, [])


def test_an_event_for_nobody_is_dropped_and_says_why(api):
    answer = api.post("/event", {"name": "e", "user_id": "nobody"})

    assert (api.status, answer) == (202, [])
    assert api.get("/_mock/state")["events"][0]["dropped"] == "there is no person with user_id 'nobody'"


@pytest.mark.parametrize("body", [{"user_id": "u1"}, {"name": "", "user_id": "u1"}, {"name": "e"}])
def test_an_event_without_a_name_or_anybody_is_refused(api, body):
    api.post("/event", body)

    assert api.status == 400


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-13-01"])
def test_an_event_at_no_date_is_refused(api, moment):
    answer = api.post("/event", {"name": "e", "user_id": "u1", "created_at": moment})

    assert (api.status, "is not a date" in answer["error"]) == (400, True)


def test_a_repeated_deduplication_id_counts_once(api):
    api.person()
    event = {"name": "e", "user_id": "u1", "deduplication_id": "d"}

    api.post("/event", event)
    api.post("/event", event)

    assert len(api.get("/_mock/state")["events"]) == 1


def test_a_dropped_event_does_not_use_up_its_deduplication_id(api):
    event = {"name": "e", "user_id": "u1", "deduplication_id": "d"}
    api.post("/event", event)
    api.person()

    api.post("/event", event)

    assert [one["dropped"] is None for one in api.get("/_mock/state")["events"]] == [False, True]


def test_an_nps_score_is_kept_for_the_person(api):
    person = api.person(email="a@x.io")

    answer = api.post("/nps_score", {"score": 9, "comment": "Fine"}, email="a@x.io")

    assert (answer["person"], answer["score"], answer["comment"]) == (person, 9, "Fine")
    assert api.get("/_mock/state")["nps_scores"] == [answer]


def test_an_nps_score_of_nobody_is_not_found(api):
    answer = api.post("/nps_score", {"score": 9}, email="a@x.io")

    assert (api.status, answer["error"]) == (404, "there is no person with the email 'a@x.io'")


@pytest.mark.parametrize("body", [{"score": 11}, {"score": "9"}, {"score": 1, "submittedAt": "x"}])
def test_an_nps_score_that_is_none_is_refused(api, body):
    api.person(email="a@x.io")

    api.post("/nps_score", body, email="a@x.io")

    assert api.status == 400
