"""Comments on notes and tasks."""

import pytest

from support.vendor_work import mistakes

STATE = {
    "users": [{"id": "m1", "email": "jane@x.io"}],
    "notes": [{"id": "n1", "text": "t"}, {"id": "n2", "text": "t"}],
    "tasks": [{"id": "k1", "name": "t"}],
}


@pytest.fixture
def world(api):
    """A workspace with a user, two notes and a task."""
    api.put("/_mock/state", STATE)
    return api


@pytest.mark.parametrize("path", ["/comment/Note/n1", "/comment/Task/k1"])
def test_a_comment_is_written_and_listed(world, path):
    comment = world.post(path, {"text": "c", "createdBy": "jane@x.io"})

    assert [comment[name] for name in ("text", "entity", "createdBy")] == ["c", path[-2:], "m1"]
    assert mistakes("CommentListing", comment) == []
    assert world.get(path) == {"comments": [comment], "total": 1}


def test_a_comment_of_nobody_names_no_user(world):
    assert "createdBy" not in world.post("/comment/Note/n1", {"text": "c"})


def test_a_comment_is_updated_by_the_id_in_the_body(world):
    comment = world.post("/comment/Note/n1", {"text": "c", "createdBy": "m1"})
    world.freeze("2030-01-01")

    answer = world.post("/comment/Note/n1", {"id": comment["id"], "text": "new"})

    assert answer == {**comment, "text": "new", "updated_at": "2030-01-01T00:00:00.000Z"}
    assert world.get("/comment/Note/n1")["total"] == 1


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("/comment/Note/n1", {"text": "c", "createdBy": "m9"}, "createdBy: there is no user with the id or"),
        ("/comment/Note/n1", {"text": "c", "id": "x"}, "id: there is no comment 'x' on the Note 'n1'"),
        ("/comment/Note/k1", {"text": "c"}, "there is no Note with the id 'k1'"),
        ("/comment/Ticket/k1", {"text": "c"}, "entityModel 'Ticket' is not known: use Note or Task"),
        ("/comment/Note/n1", {"createdBy": "m1"}, ""),
        ("/comment/Note/n1", {"text": 1}, ""),
    ],
)
def test_a_comment_with_a_mistake_is_refused_and_not_kept(world, path, body, error):
    answer = world.post(path, body)

    assert (world.status, answer["error"].startswith(error)) == (400, True)
    assert world.get("/_mock/state")["comments"] == []


def test_a_comment_on_another_note_is_not_updated(world):
    comment = world.post("/comment/Note/n1", {"text": "c"})

    world.post("/comment/Note/n2", {"id": comment["id"], "text": "new"})

    assert world.status == 400
    assert world.get("/comment/Note/n1")["comments"] == [comment]


def test_comments_come_oldest_first_unless_an_order_is_asked_for(world):
    for text in "bca":
        world.post("/comment/Note/n1", {"text": text})

    texts = {
        order: "".join(one["text"] for one in world.get("/comment/Note/n1", **query)["comments"])
        for order, query in {"": {}, "text": {"sort": "text", "order": "asc"}}.items()
    }
    assert texts == {"": "bca", "text": "abc"}


def test_a_page_of_comments_has_at_most_fifty(world):
    comments = [{"text": "c", "entity": "n1", "entityModel": "Note"}] * 60
    world.put("/_mock/state", {**STATE, "comments": comments})

    assert len(world.get("/comment/Note/n1", itemsPerPage=60)["comments"]) == 50


def test_an_unknown_note_has_no_comments_and_an_unknown_model_is_refused(world):
    assert world.get("/comment/Note/x") == {"comments": [], "total": 0}

    world.get("/comment/Ticket/x")

    assert world.status == 400


def test_comments_of_a_state_come_back_as_they_were(world):
    world.post("/comment/Task/k1", {"text": "c", "createdBy": "m1"})
    state = world.get("/_mock/state")

    assert world.put("/_mock/state", state) == state
