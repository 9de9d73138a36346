"""Each planted fault breaks the law that must find it, alone, with 100 examples.

`python benchmarks/contract.py` runs the same faults with several seeds and prints what was not found.
"""

import json

import pytest

from custify_contract.laws import ALL, get_law
from custify_contract.run import run_law, runner
from custify_contract.run.in_process import InProcessCustify, InProcessTransformer
from custify_contract.run.runner import Targets
from support import recorded
from support.planted import FAKE_FAULTS, TRANSFORMER_FAULTS
from support.planted_fakes import FakeFault, FaultyCustify
from support.planted_transformers import FaultyTransformer
from support.recorded import AGAIN, reason_of

REASONS = json.loads(recorded.REASONS.read_text(encoding="utf-8"))
LAWS_OF_TRANSFORMERS = sorted({fault.law for fault in TRANSFORMER_FAULTS})
LAWS_OF_FAKES = sorted({fault.law for fault in FAKE_FAULTS})

# Laws beside those that the faults name: a fault that breaks the law, and what the law then says.
ALSO = (
    ("identify.anonymous-on", "the setting is ignored", "Email or userId is mandatory"),
    ("identify.anonymous-off", "anonymousId is used without the setting", "with the setting off"),
    ("identify.user-id-wins", "identify.user_id as a number", "user_id, with the setting on"),
    ("identify.name-from-parts", "the last name comes first", "name of the person"),
    ("removal.updates-too", "the country of a removal is lost", "country of the person"),
    ("removal.dissociates", "remove is never read", "must not be associated"),
    ("removal.only-when-true", "the company of traits is not read", "companies of"),
    ("removal.only-when-true", "a person is in one more company", "companies of"),
    ("track.user_id", "track.user_id as a number", "user_id in POST /event"),
    ("track.created_at", "originalTimestamp wins", "created_at in POST /event"),
    ("track.one-event", "each last request comes twice", "requests of a track"),
    ("group.company_id", "group.company_id as a number", "company_id in POST /company"),
    ("group.person.email", "identify.email is lost", "email in POST /people"),
    ("group.person.phone", "identify.phone is lost", "phone in POST /people"),
    ("group.person.session_count", "identify.session_count loses 0", "session_count in POST /people"),
    (
        "group.person.unsubscribed_from_emails",
        "identify.unsubscribed_from_emails loses false",
        "unsubscribed",
    ),
    ("group.person.unsubscribed_from_calls", "identify.unsubscribed_from_calls loses false", "unsubscribed"),
    ("group.person.name", "identify.name is lost", "name in POST /people"),
    ("group.person.signed_up_at", "identify.signed_up_at is lost", "signed_up_at in POST /people"),
    ("group.finds.user", "group.user_id as a number", "user_id in POST /people"),
    ("track.of-the-person", "an event is lost", "new events"),
    ("track.metadata", "metadata loses 0", "metadata in POST /event"),
    ("group.updates", "POST /company loses plan", "plan of"),
    ("group.only-its-group", "a group links to a remembered company, too", "only the groupId may be added"),
    ("group.traits-apart", "a company's phone is its person's", "phone of the person"),
    ("group.sample-form", "the sample's traits are not lifted", "of the company"),
    ("group.numeric-ids", "group.user_id as a number", "user_id in POST /people"),
    ("group.retry-without-any-id", "the derived id depends on timestamp", "a message and its retry create"),
    ("association.exists.no-yes", "a group does not link", "must be associated with"),
    ("association.exists.yes-no", "a person is in one more company", "companies of"),
    ("association.carries.no-no", "a group does not link", "must be associated with"),
    ("association.carries.no-yes", "a company is made twice", "new companies"),
    ("association.carries.yes-no", "a person is in one more company", "companies of"),
    ("association.carries.yes-yes", "a person is in one more company", "companies of"),
    ("message.untouched", "the message is changed", "the message, after it was transformed"),
    ("message.request", "a fixed key", "Authorization"),
    ("message.type-in-any-case", "the type must be lower case", "the message was refused"),
    ("message.either-order", "a person is in one more company", "companies of the person"),
    ("repeat.identify", "each write of a person counts", "the second delivery must change nothing"),
    ("repeat.group", "each write of a person counts", "the second delivery must change nothing"),
    ("repeat.group-without-id", "a new company for each delivery", "the second delivery"),
    ("repeat.track", "deduplication is never on", "the second delivery must change nothing"),
    ("faults.identify", "each write of a person counts", "at-least-once must end as exactly-once"),
    ("faults.group", "each write of a person counts", "at-least-once must end as exactly-once"),
    ("faults.group-without-id", "a new company for each delivery", "at-least-once must end"),
    ("faults.track", "deduplication is never on", "at-least-once must end as exactly-once"),
    ("refused.no-object", "a message that is no object is accepted", "must be refused"),
    ("refused.nobody", "who is nobody is accepted", "the message must be refused"),
)


@pytest.fixture(autouse=True)
def first_case_is_enough(monkeypatch):
    monkeypatch.setattr(runner, "shrink", lambda block, _: block)


@pytest.fixture(scope="module")
def fake():
    return InProcessCustify()


def found_otherwise(faults, law, fake=None):
    mine = [fault for fault in faults if fault.law == law]
    found = {fault.name: reason_of(fault, fake) for fault in mine}
    return {name: reason for name, reason in found.items() if reason != REASONS[name]}


@pytest.mark.parametrize("law", LAWS_OF_TRANSFORMERS)
def test_every_faulty_transformer_of_a_law_is_found_for_the_recorded_reason(law, fake):
    assert found_otherwise(TRANSFORMER_FAULTS, law, fake) == {}, AGAIN


@pytest.mark.parametrize("law", LAWS_OF_FAKES)
def test_every_faulty_fake_of_a_law_is_found_for_the_recorded_reason(law):
    assert found_otherwise(FAKE_FAULTS, law) == {}, AGAIN


def test_a_crash_of_the_transformer_does_not_count_as_a_found_fault(fake):
    crashes = []
    for fault in TRANSFORMER_FAULTS:
        result = run_law(get_law(fault.law), Targets(FaultyTransformer(fault), fake), 100)
        if "Error: " in result.broken:
            crashes.append((fault.name, result.broken))

    assert crashes == []


def test_there_are_enough_faults_and_no_two_have_one_name():
    transformers, fakes = ([fault.name for fault in many] for many in (TRANSFORMER_FAULTS, FAKE_FAULTS))

    assert len(set(transformers)) == len(transformers) >= 100
    assert len(set(fakes)) == len(fakes) >= 40


def test_every_law_has_a_planted_fault():
    faults = {fault.law for fault in (*TRANSFORMER_FAULTS, *FAKE_FAULTS)} | {law for law, _, _ in ALSO}
    without = {law.id for law in ALL if not law.id.startswith("example.")} - faults

    assert without == set()


@pytest.mark.parametrize(("law", "fault", "text"), ALSO)
def test_a_law_gives_the_reason_why_a_fault_breaks_it(law, fault, text, fake):
    (found,) = (one for one in (*TRANSFORMER_FAULTS, *FAKE_FAULTS) if one.name == fault)
    targets = (
        Targets(InProcessTransformer(), FaultyCustify(found))
        if isinstance(found, FakeFault)
        else Targets(FaultyTransformer(found), fake)
    )

    assert text in run_law(get_law(law), targets, 100).broken
