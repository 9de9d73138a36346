"""The dashboard's own calls: tables, the map, the preview, and the stream of what happens."""

import json
import re

import pytest

from mock_custify.app import create_app
from mock_custify.dashboard.association import association_of
from mock_custify.dashboard.pages import ASSETS
from mock_custify.dashboard.stream import BusyError, Streams
from mock_custify.workspace import Workspace
from mock_custify.workspace.store import OpenedWorkspace

API = "/_mock/ui/api"
HEADERS = {"Authorization": "Bearer k"}
GROUP = {
    "type": "group",
    "userId": "u1",
    "groupId": "g1",
    "traits": {"name": "Acme"},
    "context": {"traits": {"email": "ada@example.com"}},
}
COLOURS = {
    "light": re.search(r":root \{(.*?)\}", (ASSETS / "style.css").read_text(), re.DOTALL)[1],
    "dark": re.search(r"dark\) \{\s*:root \{(.*?)\}", (ASSETS / "style.css").read_text(), re.DOTALL)[1],
}
PAIRS = [
    ("text", "ground"), ("text", "surface"), ("quiet", "ground"), ("quiet", "surface"), ("quiet", "sunken"),
    ("accent", "surface"), ("accent", "accent-soft"), ("good", "good-soft"), ("warn", "warn-soft"),
    ("bad", "bad-soft"), ("bad", "surface"), ("name", "sunken"), ("string", "sunken"), ("number", "sunken"),
    ("string", "good-soft"), ("string", "warn-soft"), ("number", "warn-soft"), ("surface", "accent"),
]  # fmt: skip


@pytest.fixture
def client():
    return create_app().test_client()


def get(client, path):
    return client.get(f"{API}/{path}", headers=HEADERS).json


def preview(client, message):
    return client.post(f"{API}/preview", json={"message": message}, headers=HEADERS).json


def put_state(client, **state):
    client.put("/_mock/state", json=state, headers=HEADERS)


def people(number):
    return [{"user_id": f"u{index}", "name": f"Person {index:05}"} for index in range(number)]


def send(client, message):
    client.post("/v1/batch", json={"batch": [message]}, headers={"Authorization": "Basic azo="})


def colour(theme, name):
    return re.search(rf"--{name}: #(\w{{6}})", COLOURS[theme])[1]


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_page_forbids_every_script_that_is_not_its_own(client):
    answer = client.get("/_mock/ui/")

    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/_mock", "/_mock/", "/_mock/ui"])
def test_the_addresses_above_the_page_lead_to_it(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/_mock/ui/")


@pytest.mark.parametrize("name", ["..%2fpages.py", "%2fetc%2fpasswd", "missing.js", "..", "style.css%00"])
def test_only_the_assets_are_served(client, name):
    answer = client.get(f"/_mock/ui/assets/{name}")

    assert answer.status_code == 404


def test_a_browser_that_has_an_asset_is_not_sent_it_again(client):
    tag = client.get("/_mock/ui/assets/app.js").headers["ETag"]

    answer = client.get("/_mock/ui/assets/app.js", headers={"If-None-Match": tag})

    assert (answer.status_code, answer.data) == (304, b"")


@pytest.mark.parametrize("theme", COLOURS)
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_stands_out_from_its_ground(theme, front, back):
    dark, light = sorted(luminance(colour(theme, name)) for name in (front, back))

    contrast = (light + 0.05) / (dark + 0.05)

    assert contrast >= 4.5


def test_a_table_holds_one_page_and_tells_how_many_there_are(client):
    put_state(client, people=people(120))

    table = get(client, "people?page=3&size=50")

    assert (len(table["rows"]), table["found"], table["total"]) == (20, 120, 120)


def test_a_search_finds_every_word_whatever_its_case(client):
    put_state(
        client, people=[*people(3), {"user_id": "x", "name": "ADA", "custom_attributes": {"plan": "Gold"}}]
    )

    table = get(client, "people?q=gold+ada")

    assert [row["user_id"] for row in table["rows"]] == ["x"]


def test_a_person_is_found_by_the_name_of_its_company(client):
    send(client, GROUP)

    table = get(client, "people?q=acme")

    assert [row["company_names"] for row in table["rows"]] == [["Acme"]]


def test_sorting_puts_empty_cells_last_both_ways(client):
    put_state(client, people=[{"user_id": "1"}, {"user_id": "2", "name": "b"}, {"user_id": "3", "name": "A"}])

    orders = [get(client, f"people?sort=name&direction={way}")["rows"] for way in ("asc", "desc")]

    assert [[row["user_id"] for row in rows] for rows in orders] == [["3", "2", "1"], ["2", "3", "1"]]


def test_sorting_by_an_unknown_column_names_the_known_ones(client):
    answer = client.get(f"{API}/people?sort=age", headers=HEADERS)

    assert answer.status_code == 400
    assert answer.json["error"].startswith("there is no column 'age': sort by name, user_id")


def test_a_company_shows_its_attributes_with_their_types(client):
    attributes = {"since": "2026-01-31", "seats": 3, "vip": True, "note": "x"}
    put_state(client, companies=[{"company_id": "g1", "custom_attributes": attributes}])
    key = get(client, "companies")["rows"][0]["id"]

    detail = get(client, f"companies/{key}")

    types = {one["name"]: one["type"] for one in detail["attributes"]}
    assert types == {"since": "Date", "seats": "Number", "vip": "Boolean", "note": "String"}


@pytest.mark.parametrize("kind", ["people", "companies", "events"])
def test_a_record_that_is_not_there_is_404(client, kind):
    answer = client.get(f"{API}/{kind}/nothing", headers=HEADERS)

    assert answer.status_code == 404


def test_the_map_shows_everything_that_is_readable(client):
    send(client, GROUP)

    shown = get(client, "map")

    assert (len(shown["people"]), len(shown["companies"]), len(shown["links"])) == (1, 1, 1)
    assert shown["left_out"] == {"companies": 0, "people": 0}


def test_the_map_keeps_to_300_nodes_and_tells_what_it_leaves_out(client):
    companies = [{"company_id": f"g{index}"} for index in range(100)]
    memberships = [{"user_id": f"u{index}", "company_id": f"g{index % 7}"} for index in range(1000)]
    put_state(client, people=people(1000), companies=companies, memberships=memberships)

    shown = get(client, "map")

    assert len(shown["people"]) + len(shown["companies"]) == 300
    assert shown["left_out"] == {"companies": 40, "people": 760}


def test_the_map_shares_its_room_between_the_companies(client):
    memberships = [
        {"user_id": f"u{index}", "company_id": "big" if index else "small"} for index in range(400)
    ]
    put_state(
        client,
        people=people(400),
        companies=[{"company_id": "big"}, {"company_id": "small"}],
        memberships=memberships,
    )

    shown = get(client, "map")

    small = next(one["id"] for one in shown["companies"] if one["name"] == "small")
    assert [company for _, company in shown["links"]].count(small) == 1


def test_a_search_of_the_map_brings_the_neighbours(client):
    send(client, GROUP)
    put = {"type": "identify", "userId": "other"}
    send(client, put)

    shown = get(client, "map?q=acme")

    assert (len(shown["people"]), len(shown["companies"])) == (1, 1)


def test_a_preview_changes_nothing(client):
    preview(client, GROUP)

    assert get(client, "counts") == {"people": 0, "companies": 0, "events": 0, "requests": 0, "deliveries": 0}


def test_a_preview_predicts_the_association(client):
    change = preview(client, GROUP)["change"]

    assert [link["status"] for link in change["associations"]] == ["associated"]
    assert [record["status"] for record in (*change["people"], *change["companies"])] == [
        "created",
        "created",
    ]


def test_a_preview_predicts_what_sending_does(client):
    predicted = preview(client, GROUP)["change"]
    send(client, GROUP)

    done = get(client, "deliveries/1")["change"]

    assert done == predicted


def test_a_preview_of_what_is_on_record_predicts_no_change(client):
    send(client, GROUP)

    change = preview(client, GROUP)["change"]

    assert [link["status"] for link in change["associations"]] == ["kept"]
    assert [record["status"] for record in (*change["people"], *change["companies"])] == [
        "unchanged",
        "unchanged",
    ]


def test_a_preview_marks_where_the_profiles_differ(client):
    pairs = preview(client, {"type": "group", "userId": "u1", "groupId": "g1", "traits": {"mrr": 5}})[
        "comparison"
    ]

    differing = [row for row in pairs[0]["rows"] if row["differs"] and row["path"].startswith("body")]
    assert differing == [{"path": "body.custom_attributes.mrr", "production": 5, "differs": True}]


def test_a_preview_tells_why_a_message_is_refused(client):
    told = preview(client, {"type": "identify", "anonymousId": "a"})

    assert told["refusals"]["documented"]["text"] == "Email or userId is mandatory"


@pytest.mark.parametrize("message", [None, 7, "text", [], {}, {"type": 5}, {"type": "page", "userId": "u1"}])
def test_a_preview_of_anything_is_answered(client, message):
    told = preview(client, message)

    assert told["change"]["people"] == []


def test_an_event_for_nobody_is_predicted_as_dropped(client):
    change = preview(client, {"type": "track", "userId": "ghost", "event": "Seen"})["change"]

    assert change["event"]["dropped"] == "there is no person with user_id 'ghost'"


def test_a_company_that_is_left_is_dissociated(client):
    send(client, GROUP)
    company = {"id": "g1", "remove": True}

    told = preview(client, {"type": "identify", "userId": "u1", "traits": {"company": company}})

    assert [link["status"] for link in told["change"]["associations"]] == ["dissociated"]
    assert told["association"]["note"].endswith("dissociates the user from the organization.")


@pytest.mark.parametrize(
    ("ids", "row"),
    [({}, 0), ({"groupId": "g1"}, 1), ({"userId": "u1"}, 2), ({"userId": "u1", "groupId": 7}, 3)],
)
def test_a_group_comes_under_the_row_of_the_ids_it_carries(ids, row):
    rule = association_of({"type": "group", **ids})

    assert rule["row"] == row


def test_a_message_that_is_not_kept_is_404(client):
    answer = client.get(f"{API}/deliveries/9", headers=HEADERS)

    assert (answer.status_code, answer.json["error"]) == (
        404,
        "message 9 is no longer kept: only the newest ones are",
    )


def events_of(piece):
    return [part.split("\n")[0].removeprefix("event: ") for part in piece.decode().split("\n\n") if part]


def test_a_stream_begins_with_what_is_there():
    stream = Streams().open(OpenedWorkspace(Workspace()))

    piece = next(stream)

    assert events_of(piece) == ["restart", "counts"]


def test_a_stream_is_silent_while_nothing_happens():
    stream = Streams().open(OpenedWorkspace(Workspace()))
    next(stream)

    piece = next(stream)

    assert piece == b""


def test_a_stream_tells_that_a_message_came_and_the_counts():
    app = create_app()
    stream = Streams().open(app.store.open("k"))
    next(stream)
    send(app.test_client(), GROUP)

    piece = next(stream)

    assert events_of(piece) == ["deliveries", "counts"]
    assert json.loads(piece.decode().split("data: ")[1].split("\n")[0]) == {"newest": 1}


def test_a_stream_starts_again_after_a_reset():
    workspace = Workspace()
    stream = Streams().open(OpenedWorkspace(workspace))
    next(stream)
    workspace.reset()

    piece = next(stream)

    assert events_of(piece)[0] == "restart"


def test_streams_are_bounded():
    streams = Streams(1)
    streams.open(OpenedWorkspace(Workspace()))

    with pytest.raises(BusyError, match="too many pages are open"):
        streams.open(OpenedWorkspace(Workspace()))


def test_a_page_that_goes_makes_room_for_another():
    app = create_app()
    streams = app.extensions["mock_custify_streams"] = Streams(1)
    answer = app.test_client().get("/_mock/ui/events", headers=HEADERS)
    answer.close()

    opened = streams.open(OpenedWorkspace(Workspace()))

    assert events_of(next(opened)) == ["restart", "counts"]


def test_a_stream_needs_a_key(client):
    answer = client.get("/_mock/ui/events")

    assert answer.status_code == 401
