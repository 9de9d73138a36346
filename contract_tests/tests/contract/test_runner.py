"""The runner: it finds planted faults and small cases, and repeats exactly."""

import pytest

from custify_contract.law import Case
from custify_contract.laws import ALL, get_law, named_laws
from custify_contract.run import check_case, in_process_targets, run_law, run_laws
from custify_contract.run.known_divergences import known_divergences
from custify_transformer.divergences.table import EXAMPLE_LAW, divergences
from custify_transformer.documented import profile as documented
from mock_custify.resources.associations.model import Associations

LINKS = get_law("association.exists.yes-yes")


@pytest.fixture
def broken(monkeypatch):
    monkeypatch.setattr(Associations, "associate", lambda *_: None)
    return run_law(LINKS, in_process_targets(), 50, 3)


@pytest.fixture(scope="session")
def in_production():
    return list(run_laws(ALL, in_process_targets("production"), 60))


def test_a_lost_association_breaks_the_law_of_its_row(broken):
    assert broken.outcome == "broken"
    assert broken.broken == "u1 must be associated with g1"


def test_the_smallest_case_is_small(broken):
    assert broken.trial.case.message == {
        "type": "group",
        "channel": "server",
        "messageId": "m1",
        "timestamp": "2026-03-02T09:00:00.000Z",
        "traits": {},
        "userId": "u1",
        "groupId": "g1",
    }


def test_the_same_seed_gives_the_same_run():
    first, second = (run_law(LINKS, in_process_targets("production"), 40, 7) for _ in range(2))

    assert (first.tried, first.outcome, first.broken) == (second.tried, second.outcome, second.broken)


def test_a_law_breaks_on_the_same_case_whatever_ran_before():
    alone = run_law(get_law("track.email"), in_process_targets("production"), 60, 1)

    _, after = run_laws([LINKS, get_law("track.email")], in_process_targets("production"), 60, 1)

    assert (after.tried, after.trial.case) == (alone.tried, alone.trial.case)


def test_production_breaks_the_example_of_every_divergence(in_production):
    broken = {result.law.id for result in in_production if result.outcome == "broken"}

    examples = {name.removeprefix(EXAMPLE_LAW) for name in broken if name.startswith(EXAMPLE_LAW)}

    assert examples == {one.id for one in divergences()}


def test_every_law_that_production_breaks_is_explained_by_a_divergence(in_production):
    unexplained = [
        result.law.id
        for result in in_production
        if result.outcome == "broken" and not known_divergences(result)
    ]

    assert unexplained == []


def test_a_crash_is_a_broken_law(monkeypatch):
    monkeypatch.setattr(documented, "check_api_key", None)

    result = run_law(LINKS, in_process_targets(), 5)

    assert result.broken == "TypeError: 'NoneType' object is not callable"


def test_a_case_that_holds_passes():
    case = Case(({"type": "identify", "userId": "u1"},), facts={"person": "u1", "new": 1})

    assert check_case(get_law("identify.creates"), case) is None


@pytest.mark.parametrize(
    ("name", "count"), [("association", 8), ("association.*.no-no", 2), ("group.name", 1)]
)
def test_laws_are_selected_by_id_by_the_beginning_of_ids_or_by_a_pattern(name, count):
    assert len(named_laws(name)) == count
