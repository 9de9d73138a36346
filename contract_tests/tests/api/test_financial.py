"""Deals, invoices and subscriptions: the same rules for each kind."""

import pytest

NOW = "2026-05-01T12:00:00.000Z"
LATER = "2026-06-01T00:00:00.000Z"
STATE = {
    "companies": [{"id": "c1", "company_id": "g1"}, {"id": "c2", "company_id": "g2"}],
    "people": [{"id": "p1", "user_id": "u1", "email": "ann@x.io"}],
}
FIELDS = {
    "deal": {
        "name": "Big",
        "value": 100,
        "status": "won",
        "addedAt": "2026-01-01",
        "wonAt": "2026-01-02",
        "lostAt": "2026-01-03",
    },
    "invoice": {
        "total": 100,
        "amountPaid": 99.5,
        "status": "unpaid",
        "invoicedAt": "2026-01-01",
        "paidAt": "2026-01-02",
    },
    "subscription": {
        "plan": "pro",
        "mrr": 10.5,
        "billingPeriod": 1,
        "billingPeriodUnit": "month",
        "startedAt": "2026-01-01",
        "canceledAt": "2026-01-02",
        "currentCycleStartAt": "2026-01-03",
        "currentCycleEndAt": "2026-01-04",
        "nextBillingAt": "2026-01-05",
        "paidInvoicesCount": 1,
        "paidInvoicesTotal": 2,
        "dueInvoicesCount": 3,
        "dueInvoicesTotal": 4,
        "dueInvoicesSince": "2026-01-06",
        "lastInvoiceStatus": "unpaid",
        "lastTransactionStatus": "failed",
        "metadata": {"a": {"b": 1}},
    },
}
DATES = {"deal": "wonAt", "invoice": "paidAt", "subscription": "startedAt"}
every_kind = pytest.mark.parametrize("kind", FIELDS)


@pytest.fixture
def world(api):
    api.freeze(NOW)
    api.put("/_mock/state", STATE)
    return api


def kept(api, kind):
    """Return the records of a kind, as the state has them."""
    return api.get("/_mock/state")[f"{kind}s"]


def own_ids(answer, kind):
    """Return the ids that a client gave to the records of a page."""
    return [one["externalIds"]["custify"] for one in answer[f"{kind}s"]]


@every_kind
def test_a_record_is_answered_whole_and_without_an_id(world, kind):
    body = {"externalId": "e1", "company_id": "g1", "user_id": "u1", **FIELDS[kind]}

    answer = world.post(f"/financial/{kind}", body)

    links = {"externalIds": {"custify": "e1"}, "company": "c1", "people": "p1"}
    assert answer == {"metadata": {}, **FIELDS[kind], **links}
    assert world.get(f"/financial/{kind}") == answer


@every_kind
def test_a_record_leaves_out_what_it_does_not_have(world, kind):
    answer = world.post(f"/financial/{kind}", {"externalId": "e1"})

    assert answer == {"externalIds": {"custify": "e1"}, "metadata": {}}


@every_kind
def test_a_record_is_kept_with_its_ids_and_times(world, kind):
    world.post(f"/financial/{kind}", {"externalId": "e1"})

    (record,) = kept(world, kind)
    own = {"id": record["id"], "_id": record["id"], "externalId": "e1"}
    assert record == {**own, "created_at": NOW, "updated_at": NOW}


@every_kind
def test_an_external_id_that_is_known_updates_its_record(world, kind):
    world.post(f"/financial/{kind}", {"externalId": "e1", "company": "c1", **FIELDS[kind]})
    (before,) = kept(world, kind)
    world.freeze(LATER)
    status = "plan" if kind == "subscription" else "status"

    world.post(f"/financial/{kind}", {"externalId": "e1", status: "new"})

    assert kept(world, kind) == [{**before, status: "new", "updated_at": LATER}]


@every_kind
def test_an_internal_id_in_the_path_updates_its_record(world, kind):
    world.post(f"/financial/{kind}", {"externalId": "e1", "company": "c1"})
    (before,) = kept(world, kind)

    world.post(f"/financial/{kind}/{before['id']}", {"externalId": "e2"})

    assert kept(world, kind) == [{**before, "externalId": "e2"}]


@every_kind
def test_an_unknown_internal_id_is_refused(world, kind):
    answer = world.post(f"/financial/{kind}/x", {"externalId": "e1"})

    assert (world.status, answer) == (400, {"error": f"there is no {kind} with the id 'x'"})
    assert kept(world, kind) == []


@every_kind
def test_an_external_id_of_another_record_is_refused(world, kind):
    world.post(f"/financial/{kind}", {"externalId": "e1"})
    world.post(f"/financial/{kind}", {"externalId": "e2"})
    first, second = kept(world, kind)

    answer = world.post(f"/financial/{kind}/{second['id']}", {"externalId": "e1"})

    error = f"externalId 'e1' belongs to another {kind} ({first['id']})"
    assert (world.status, answer) == (400, {"error": error})
    assert kept(world, kind) == [first, second]


@every_kind
def test_null_empties_a_field(world, kind):
    world.post(f"/financial/{kind}", {"externalId": "e1", "company": "c1", **FIELDS[kind]})

    empty = dict.fromkeys([*FIELDS[kind], "company"])
    answer = world.post(f"/financial/{kind}", {"externalId": "e1", **empty})

    assert answer == {"externalIds": {"custify": "e1"}, "metadata": {}}


@pytest.mark.parametrize("kind", ["deal", "invoice"])
def test_only_subscriptions_take_metadata(world, kind):
    answer = world.post(f"/financial/{kind}", {"externalId": "e1", "metadata": {"a": 1}})

    assert answer["metadata"] == {}


@every_kind
@pytest.mark.parametrize(
    ("links", "shown"),
    [
        ({"company": "c1"}, {"company": "c1"}),
        ({"company_id": "g1"}, {"company": "c1"}),
        ({"people": "p1"}, {"people": "p1"}),
        ({"user_id": "u1"}, {"people": "p1"}),
        ({"company": "c1", "company_id": "g2"}, {"company": "c1"}),
        ({"company": ""}, {}),
    ],
)
def test_a_record_is_linked_by_internal_ids_or_by_yours(world, kind, links, shown):
    answer = world.post(f"/financial/{kind}", {"externalId": "e1", **links})

    assert {name: answer[name] for name in ("company", "people") if name in answer} == shown


@every_kind
@pytest.mark.parametrize(
    ("link", "error"),
    [
        (
            {"company": "g1"},
            "company: there is no company with the id 'g1': this is a company_id, use the internal id 'c1'",
        ),
        ({"company_id": "c1"}, "company_id: there is no company with the company_id 'c1'"),
        (
            {"people": "u1"},
            "people: there is no person with the id 'u1': this is a user_id, use the internal id 'p1'",
        ),
        ({"user_id": "ann@x.io"}, "user_id: there is no person with the user_id 'ann@x.io'"),
    ],
)
def test_a_link_to_an_unknown_record_is_refused(world, kind, link, error):
    answer = world.post(f"/financial/{kind}", {"externalId": "e1", **link})

    assert (world.status, answer) == (400, {"error": error})
    assert kept(world, kind) == []


@every_kind
@pytest.mark.parametrize(
    "wrong", [{"externalId": None}, {"externalId": ""}, {"externalId": 1}, {"company": 1}]
)
def test_a_body_of_a_wrong_type_is_refused(world, kind, wrong):
    world.post(f"/financial/{kind}", {"externalId": "e1", **wrong})

    assert (world.status, kept(world, kind)) == (400, [])


@every_kind
@pytest.mark.parametrize("path", ["", "/x"])
def test_an_external_id_is_required(world, kind, path):
    world.post(f"/financial/{kind}{path}", {})

    assert world.status == 400


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("deal", {"value": 1.5}),
        ("deal", {"value": "1"}),
        ("deal", {"name": 1}),
        ("invoice", {"total": "1"}),
        ("subscription", {"billingPeriod": 1.5}),
        ("subscription", {"metadata": []}),
        *((kind, {name: "soon"}) for kind, name in DATES.items()),
    ],
)
def test_a_field_of_a_wrong_type_is_refused(world, kind, wrong):
    world.post(f"/financial/{kind}", {"externalId": "e1", **wrong})

    assert (world.status, kept(world, kind)) == (400, [])


@every_kind
def test_an_update_with_a_mistake_changes_nothing(world, kind):
    world.post(f"/financial/{kind}", {"externalId": "e1", "company": "c1", **FIELDS[kind]})
    before = kept(world, kind)

    answer = world.post(f"/financial/{kind}", {"externalId": "e1", "company": "c2", DATES[kind]: "soon"})

    assert (world.status, answer["error"][:20]) == (400, "'soon' is not a date")
    assert kept(world, kind) == before


@pytest.fixture
def several(world):
    """Return a fake with three records of each kind."""
    for kind in FIELDS:
        for name in ("b", "c", "a"):
            world.post(f"/financial/{kind}", {"externalId": name})
    return world


@every_kind
def test_several_records_are_listed_oldest_first(several, kind):
    answer = several.get(f"/financial/{kind}")

    assert (own_ids(answer, kind), answer["total"]) == (["b", "c", "a"], 3)


@every_kind
def test_records_are_sorted(several, kind):
    answer = several.get(f"/financial/{kind}", sort="externalId", order="asc")

    assert own_ids(answer, kind) == ["a", "b", "c"]


@every_kind
def test_one_of_several_on_a_page_is_still_a_list(several, kind):
    answer = several.get(f"/financial/{kind}", itemsPerPage=1, page=2)

    assert (own_ids(answer, kind), answer["total"]) == (["c"], 3)


@every_kind
def test_no_record_is_an_empty_list(world, kind):
    assert world.get(f"/financial/{kind}") == {f"{kind}s": [], "total": 0}


@every_kind
def test_a_page_past_a_single_record_is_an_empty_list(world, kind):
    world.post(f"/financial/{kind}", {"externalId": "e1"})

    assert world.get(f"/financial/{kind}", page=2) == {f"{kind}s": [], "total": 1}


@every_kind
def test_a_record_is_read_by_its_internal_id_without_a_list(several, kind):
    record = kept(several, kind)[1]

    assert several.get(f"/financial/{kind}/{record['id']}")["externalIds"] == {"custify": "c"}


@every_kind
def test_an_unknown_record_is_an_empty_list(several, kind):
    assert several.get(f"/financial/{kind}/x") == {f"{kind}s": [], "total": 0}


@every_kind
def test_a_page_holds_at_most_50_records(world, kind):
    world.put("/_mock/state", {f"{kind}s": [{"externalId": str(at)} for at in range(60)]})

    pages = [world.get(f"/financial/{kind}", **query)[f"{kind}s"] for query in ({}, {"itemsPerPage": 60})]

    assert list(map(len, pages)) == [20, 50]


@every_kind
@pytest.mark.parametrize("by", ["path", "query"])
def test_a_record_is_deleted_by_either_id(several, kind, by):
    record = kept(several, kind)[0]

    if by == "path":
        answer = several.delete(f"/financial/{kind}/{record['id']}")
    else:
        answer = several.delete(f"/financial/{kind}", externalId="b")

    assert answer == {"deleted": 1}
    assert [one["externalId"] for one in kept(several, kind)] == ["c", "a"]


@every_kind
@pytest.mark.parametrize("query", [{}, {"externalId": ""}])
def test_a_delete_that_names_nothing_is_refused(several, kind, query):
    answer = several.delete(f"/financial/{kind}", **query)

    error = f"an internal id in the path or externalId is required to delete a {kind}"
    assert (several.status, answer) == (400, {"error": error})
    assert len(kept(several, kind)) == 3


@every_kind
@pytest.mark.parametrize(
    ("path", "query", "named"), [("/x", {}, "id 'x'"), ("", {"externalId": "x"}, "externalId 'x'")]
)
def test_a_delete_of_an_unknown_record_is_not_found(several, kind, path, query, named):
    answer = several.delete(f"/financial/{kind}{path}", **query)

    assert (several.status, answer) == (404, {"error": f"there is no {kind} with the {named}"})
    assert len(kept(several, kind)) == 3


def test_the_same_external_id_names_one_record_of_each_kind(world):
    for kind in FIELDS:
        world.post(f"/financial/{kind}", {"externalId": "e1"})

    assert [len(kept(world, kind)) for kind in FIELDS] == [1, 1, 1]


@every_kind
def test_a_record_of_a_state_is_linked_to_what_it_names(world, kind):
    state = {**STATE, f"{kind}s": [{"externalId": "e1", "company": "g1", "people": "ann@x.io"}]}

    (record,) = world.put("/_mock/state", state)[f"{kind}s"]

    assert (record["company"], record["people"]) == ("c1", "p1")


@every_kind
def test_an_external_id_that_two_records_of_a_state_share_is_refused(world, kind):
    answer = world.put("/_mock/state", {f"{kind}s": [{"externalId": "e1"}] * 2})

    error = f"{kind}s[1]: duplicate externalId 'e1'"
    assert (world.status, answer) == (400, {"error": error})
