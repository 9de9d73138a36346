"""The parts of the store by themselves: collections and their pages, ids, links, keys, repeated messages."""

from datetime import UTC, datetime, timedelta

import pytest

from mock_custify.limits import Limits
from mock_custify.resources.associations.model import Associations
from mock_custify.resources.people.model import PEOPLE, Person
from mock_custify.resources.registry import SECTIONS
from mock_custify.workspace.clock import Clock, Ids
from mock_custify.workspace.collection import NEAR_START, Collection
from mock_custify.workspace.custom_fields import CustomFields
from mock_custify.workspace.initial_state import InitialState
from mock_custify.workspace.messages.deduplication import SeenMessages
from mock_custify.workspace.records import Records
from mock_custify.workspace.store import Store
from mock_custify.workspace.workspace import Workspace
from support.api import workspace_of


def test_a_link_that_is_gone_leaves_nothing_behind():
    links_of = Associations()
    links_of.associate("p1", "c1")

    links_of.dissociate("p1", "c1")

    assert (links_of.people, links_of.companies, list(links_of)) == ({}, {}, [])


def numbered(*numbers):
    """Return people whose ids are numbers of four digits."""
    return [Person(id=f"{number:04}", created_at="", updated_at="") for number in numbers]


@pytest.fixture
def collection():
    """A collection of 1500 people."""
    made = Collection()
    for person in numbered(*range(1500)):
        made.put(person)
    return made


@pytest.mark.parametrize("start", [0, NEAR_START - 1, NEAR_START, NEAR_START + 1, 1490, 1499, 1500, 2000])
def test_a_page_holds_what_lies_between_its_ends_near_the_start_and_deep(collection, start):
    ids = [person.id for person in collection.page(start, start + 20)]

    assert ids == [f"{number:04}" for number in range(start, min(start + 20, 1500))]


def test_a_deep_page_shows_a_record_made_after_the_first_deep_page(collection):
    collection.page(1490, 1510)

    collection.put(*numbered(1500))

    assert [person.id for person in collection.page(1499, 1510)] == ["1499", "1500"]


def test_a_deep_page_shows_a_changed_record_once(collection):
    collection.page(1490, 1510)

    collection.put(*numbered(1499))

    assert [person.id for person in collection.page(1498, 1510)] == ["1498", "1499"]


def test_a_deep_page_shows_a_removed_record_no_more(collection):
    collection.page(1490, 1510)

    collection.remove(*numbered(1498))

    assert [person.id for person in collection.page(1497, 1510)] == ["1497", "1499"]
    assert [person.id for person in collection.page(0, 2)] == ["0000", "0001"]


@pytest.mark.parametrize("first_page", ["before", "after"])
def test_a_default_order_holds_whether_records_change_before_or_after_its_first_page(first_page):
    made = Collection(order=lambda person: -int(person.name or 0))
    made.put(*numbered(1))
    if first_page == "before":
        made.page(0, 10)

    made.put(person_named(2, "5"))
    made.put(person_named(3, "7"))
    made.put(person_named(4, "5"))
    made.put(person_named(5, "9"))
    made.put(person_named(2, "8"))
    made.remove(person_named(5, "9"))

    assert [person.id for person in made.page(0, 10)] == ["0002", "0003", "0004", "0001"]


def person_named(number, name):
    """Return a person whose id is a number of four digits, with a name."""
    return Person(id=f"{number:04}", created_at="", updated_at="", name=name)


@pytest.mark.parametrize(
    ("used", "count"),
    [
        ("{0}00000000000a", 10),
        ("{0}000000000010", 16),
        ("{0}000000000001", 2),
        ("{0}xyzxyzxyzxyz", 2),
        ("{0}0a", 2),
        ("f" * 24, 2),
        ("", 2),
    ],
)
def test_ids_skip_those_of_their_own_seed_and_no_others(used, count):
    ids = Ids(seed=3)
    first, second = ids.next(), ids.next()

    ids.skip(used.format(ids.prefix))

    assert (int(first[12:], 16), int(second[12:], 16), ids.count) == (1, 2, count)


def test_an_id_from_elsewhere_leaves_fresh_ids_as_they_are():
    ids = Ids()

    ids.skip("elsewhere")

    assert ids.count == 0


def test_the_time_of_a_workspace_knows_that_it_is_utc():
    assert Clock().now().tzinfo is UTC


@pytest.mark.parametrize(("passed", "repeated"), [(0, True), (3600, True), (3600.001, False)])
def test_a_message_repeats_another_of_the_same_key_within_an_hour(passed, repeated):
    seen, first = SeenMessages(), datetime(2026, 5, 1, tzinfo=UTC)
    seen.repeats("key", first)

    again = seen.repeats("key", first + timedelta(seconds=passed))

    assert (again, seen.repeats("other", first)) == (repeated, False)


def test_a_repetition_does_not_make_the_hour_begin_anew():
    seen, first = SeenMessages(), datetime(2026, 5, 1, tzinfo=UTC)

    repeated = [seen.repeats("key", first + timedelta(minutes=passed)) for passed in (0, 40, 80)]

    assert repeated == [False, True, False]


def test_the_workspace_that_waits_goes_to_the_first_key_and_to_no_other():
    waiting = Workspace()
    store = Store(waiting=waiting)

    first, second = workspace_of(store, "one"), workspace_of(store, "two")

    assert (first is waiting, second is waiting, workspace_of(store, "one") is waiting) == (True, False, True)


def test_a_workspace_has_the_limits_of_its_store():
    limits = Limits(journal=3)

    assert workspace_of(Store(limits=limits), "one").journal.size == 3


@pytest.mark.parametrize("keys", [("key-1", "key-2"), ("a", "aa"), ("key", "KEY"), ("k", "k ")])
def test_keys_that_are_alike_open_two_workspaces(keys):
    store = Store()

    one, other = (workspace_of(store, key) for key in keys)

    assert one is not other


def test_a_key_that_is_no_text_opens_a_workspace_of_its_own():
    store = Store()

    assert workspace_of(store, "\ud800") is not workspace_of(store, "\ud801")


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_a_copy_of_the_records_shares_no_collection_with_them(section):
    records = Records()
    held = records[section]

    twin = records.copy()

    assert twin[section] is not held
    assert (twin.ids is records.ids, twin.fields is records.fields) == (False, False)


def test_workspaces_with_one_beginning_share_neither_clock_nor_records():
    initial_state = InitialState()
    one, other = Workspace(initial_state), Workspace(initial_state)

    one.clock.frozen = datetime(2020, 1, 1, tzinfo=UTC)
    one.records[PEOPLE].put(*numbered(1))

    assert (other.clock.frozen, initial_state.clock.frozen) == (None, None)
    assert (len(other.records[PEOPLE]), len(initial_state.records[PEOPLE])) == (0, 0)


def test_a_custom_field_keeps_the_type_of_its_first_value_and_null_has_none():
    fields = CustomFields()

    fields.note("people", {"x": 1, "y": True, "z": None})
    fields.note("people", {"x": "2026-01-01", "y": None})
    fields.note("events", {"x": "2026-01-01"})

    assert fields.types == {
        "people": {"x": "Number", "y": "Boolean"},
        "companies": {},
        "events": {"x": "Date"},
    }
