"""Rules about companies: those that an identify names, the company of a group, and the person in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import Case, Law, Trial
from custify_contract.laws.checks import expect, expect_same
from custify_contract.laws.rules.rule import DECISION, rule, transform_only
from custify_contract.strategies.byte_choices import decoded
from custify_contract.strategies.edge_values import (
    IDS,
    NO_IDS,
    NO_OBJECTS,
    NO_SCALARS,
    SCALARS,
    SWITCHES,
    fill,
    set_value,
)

if TYPE_CHECKING:
    from custify_contract.strategies.byte_choices import ByteChoices

IDENTIFY: Final = {"type": "identify", "userId": "u1", "messageId": "m1"}
GROUP: Final = {"type": "group", "userId": "u1", "groupId": "g1", "messageId": "m1"}
MANY: Final = 20  # messages
COMPANY_ID: Final = ("company.company_id", "people.companies")
OTHER_NAMES: Final = tuple(
    {name: "c1"} for name in ("company_id", "companyId", "groupId", "ID", "_id", "key")
)
COMPANY_PLACES: Final = ("context.traits.company.id", "traits.company.id")
LIKE_A_PERSON: Final = (
    "signedUpAt",
    "email",
    "phone",
    "sessionCount",
    "unsubscribedFromEmails",
    "unsubscribedFromCalls",
    "firstName",
    "lastName",
    "userId",
    "id",
)
LIKE_A_COMPANY: Final = ("industry", "size", "website", "url", "plan", "mrr", "monthlyRevenue", "churned")
PARTS: Final[tuple[tuple[str, Any, Any], ...]] = (
    ("userId", "u1", "u2"),
    ("anonymousId", "a1", "a2"),
    ("traits.name", "Acme", "Other"),
    ("traits.size", 1, 2),
    ("context.traits.email", "a@example.com", "b@example.com"),
    ("context.traits.plan", "Pro", "Free"),
)
MESSAGE_IDS: Final = ("m2", "M1", " m1", "m", 5, 77)
IGNORED: Final = (
    *("timestamp", "originalTimestamp", "sentAt", "receivedAt", "channel", "request_ip", "rudderId"),
    *("context.ip", "context.library", "context.sessionId", "integrations", "properties"),
)


def named_company(choices: ByteChoices) -> Case:
    """Return an identify with edge values as the ids of the companies in both traits."""
    message = dict(IDENTIFY)
    fill(choices, message, COMPANY_PLACES, IDS, NO_IDS)
    for place in COMPANY_PLACES:
        set_value(message, place.replace("id", "remove"), choices.pick((True, False, ...)))
    return Case((message,))


def removed_company(choices: ByteChoices) -> Case:
    """Return an identify that names a company with any value of `remove`."""
    message = dict(IDENTIFY)
    place = choices.pick(("context.traits", "traits"))
    set_value(message, f"{place}.company.id", choices.pick(("c1", 77)))
    set_value(message, f"{place}.company.remove", choices.pick(SWITCHES))
    return Case((message,))


def odd_company(choices: ByteChoices) -> Case:
    """Return an identify whose company is no object, or no longer has an id, in one of both traits."""
    message = dict(IDENTIFY)
    places = ("context.traits.company", "traits.company")
    odd = (*NO_OBJECTS, "Acme", ["c1"], {"remove": True}, {"name": "Acme"}, *OTHER_NAMES)
    fill(choices, message, places, ({"id": "c1"}, {"id": "C1", "remove": True}), odd)
    set_value(message, "groupId", choices.pick((..., "g1")))
    return Case((message,))


def group_id(choices: ByteChoices) -> Case:
    """Return a group with edge values in both places of the groupId."""
    message = dict(GROUP)
    fill(choices, message, ("groupId", "traits.groupId"), IDS, NO_IDS)
    return Case((message,))


def remembered_company(choices: ByteChoices) -> Case:
    """Return a group with companies in its traits and in context.traits, as browsers remember them."""
    message = dict(GROUP)
    fill(choices, message, COMPANY_PLACES, IDS, NO_IDS)
    set_value(message, "context.traits.company.remove", choices.pick(SWITCHES))
    set_value(message, "groupId", choices.pick(("g1", "G1", ...)))
    return Case((message,))


def traits_apart(choices: ByteChoices) -> Case:
    """Return a group whose traits look like a person's, and whose context.traits look like a company's."""
    message = dict(GROUP)
    for name in LIKE_A_PERSON:
        set_value(message, f"traits.{name}", choices.pick((f"company {name}", ..., 0)))
    for name in (*LIKE_A_COMPANY, "groupId"):
        set_value(message, f"context.traits.{name}", choices.pick((f"person {name}", ..., False)))
    for name in ("phone", "firstName", "signedUpAt", "name"):
        set_value(message, f"context.traits.{name}", choices.pick((..., f"person {name}")))
    message["timestamp"] = "2026-03-02T09:00:00.000Z"
    return Case((message,))


def sample_form(choices: ByteChoices) -> Case:
    """Return a group whose traits have traits and context, beside values at the usual places."""
    message: dict[str, Any] = dict(GROUP)
    for name in ("name", "plan", "region"):
        fill(choices, message, (f"traits.{name}", f"traits.traits.{name}"), SCALARS, NO_SCALARS)
    for name in ("phone", "country", "userId"):
        fill(
            choices, message, (f"traits.context.traits.{name}", f"context.traits.{name}"), SCALARS, NO_SCALARS
        )
    for place in ("traits.traits", "traits.context"):
        if not choices.number(4):
            set_value(message, place, choices.pick(NO_OBJECTS))
    message |= choices.pick(({}, {"userId": ""}))
    if isinstance(message["traits"].get("traits"), dict):
        set_value(message, "traits.traits.traits", choices.pick((..., {"name": "deeper", "plan": "deeper"})))
    return Case((message,))


def derived(choices: ByteChoices) -> Case:
    """Return two groups without groupId that differ in one part, or only in what does not count."""
    with_id = choices.flag()
    message: dict[str, Any] = {"type": "group"}
    for path, value, _ in PARTS:
        set_value(message, path, value)
    message |= {"messageId": "m1"} if with_id else {}
    other = {
        **message,
        "traits": {**message["traits"]},
        "context": {"traits": {**message["context"]["traits"]}},
    }
    part = choices.pick((*PARTS, ("messageId", "m1", choices.pick(MESSAGE_IDS)), None, None))
    if part:
        set_value(other, part[0], choices.pick((part[2], part[2], part[1] * 3)))
    for name in IGNORED:
        set_value(other, name, choices.pick((..., "2026-01-01T00:00:00.000Z")))
    other = dict(reversed(other.items())) if choices.flag() else other
    is_same = part is None or (with_id and part[0] != "messageId")
    return Case((message, other), facts={"same": is_same, "part": part and part[0]})


def check_derived(trial: Trial) -> None:
    """Expect one company for a retry, and another company for each part that makes another message."""
    for step in trial.steps:
        expect(step.refusal is None, f"the message was refused: {step.refusal}")
    one, other = (step.requests[-1].body["companies"][0]["company_id"] for step in trial.steps)
    for step, company_id in zip(trial.steps, (one, other), strict=True):
        ids = [body["company_id"] for request in step.requests if "company_id" in (body := request.body)]
        expect_same(ids, [company_id] * len(ids), "company_id in POST /company, as in the person's companies")
        expect(isinstance(company_id, str) and company_id.strip(), "the derived company_id must be a text")
    same, part = trial.case.facts["same"], trial.case.facts["part"]
    text = "a retry must name the same company" if same else f"another {part} must name another company"
    expect((one == other) is same, f"{text}: {one} and {other}")


def many_retries(choices: ByteChoices) -> Case:
    """Return groups without groupId that differ only in their messageId."""
    start = choices.number(256)
    return Case(tuple({**GROUP, "groupId": "", "messageId": f"m{start}{at}"} for at in range(MANY)))


def check_many(trial: Trial) -> None:
    """Expect another company for each message."""
    ids = {step.requests[-1].body["companies"][0]["company_id"] for step in trial.steps if step.requests}
    expect_same(len(ids), MANY, f"companies that {MANY} messages without groupId name")


LAWS: Final = (
    rule(
        "removal.company-places",
        "A company in an identify: context.traits.company before traits.company",
        named_company,
        5,
        "people.companies",
    ),
    rule(
        "removal.any-value",
        "A company in an identify: with an id it adds the link, with `remove: true` it "
        "removes the link; only true and the text true count as true",
        removed_company,
        3,
        "people.companies",
    ),
    rule(
        "removal.odd-company",
        "groupId on an identify does not link, nor does a company without an id",
        odd_company,
        4,
        "people.companies",
    ),
    rule(
        "group.id-places",
        "A group without groupId: traits.groupId, else a new company whose id is derived",
        group_id,
        3,
        *COMPANY_ID,
    ),
    rule(
        "group.remembered-company",
        "The group links to its groupId and to nothing else",
        remembered_company,
        5,
        *COMPANY_ID,
    ),
    rule(
        "group.traits-of-both",
        "The traits of a group are about the company; the traits of the person are in context.traits",
        traits_apart,
        23,
        "*",
    ),
    rule(
        "group.sample-places",
        "The page's group sample: nested traits and context are used; for the company the usual path wins, "
        "for the person the sample's path wins over the remembered traits",
        sample_form,
        24,
        "*",
    ),
    Law(
        "group.derived-id",
        DECISION,
        "A new company whose id is derived from messageId, else from the sender and the traits, "
        "without times",
        decoded(derived, 18),
        check_derived,
        transform_only,
        "decided",
        sends=False,
    ),
    Law(
        "group.derived-ids-differ",
        DECISION,
        "A new company for each group without groupId: no two messages have the same derived id",
        decoded(many_retries, 1),
        check_many,
        transform_only,
        "decided",
        sends=False,
    ),
)
