"""Hypothesis strategies for malformed messages and settings."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from custify_transformer.documented.identify import MAPPED_TRAITS
from custify_transformer.production.dotted_keys import ALL_PATHS, DOTTED_KEYS
from custify_transformer.production.tables import RESERVED_OF_COMPANY, RESERVED_OF_PERSON

EMPTY_OR_ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", 0, False, True, 1, "  ", "x", 1.5, 7, [], {}, [1, {"a": 1}, None, "x"]]
)
SCALARS = st.one_of(
    EMPTY_OR_ODD, st.sampled_from(["u1", "c1", "a@example.com", "true", "é😀", 2**60, 1e21, -0.0])
)
VALUES = st.one_of(
    SCALARS, SCALARS, st.lists(SCALARS, max_size=2), st.dictionaries(st.text(max_size=2), SCALARS, max_size=2)
)
TRAIT_NAMES = sorted(
    {path.rpartition(".")[2] for path in ALL_PATHS}
    | RESERVED_OF_PERSON
    | RESERVED_OF_COMPANY
    | set(MAPPED_TRAITS)
    | {"plan", "country", "company.id", "company.remove", "organization_id", "companyId", "9", "a"}
)
COMPANIES = st.one_of(
    VALUES,
    st.fixed_dictionaries({}, optional={"id": SCALARS, "remove": SCALARS, "name": SCALARS}),
)
DOTTED = sorted(DOTTED_KEYS)


def objects(**more: Any) -> Any:
    """Return a strategy for traits or properties: known names, a company, and the members in `more`."""
    named = st.dictionaries(st.sampled_from(TRAIT_NAMES), VALUES, max_size=6)
    extra = st.fixed_dictionaries({}, optional={"company": COMPANIES, **more})
    return st.builds(lambda one, two: {**one, **two}, named, extra)


TRAITS = st.one_of(objects(), objects(), objects(), EMPTY_OR_ODD)
EXTERNAL_IDS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "identifierType": st.sampled_from(
                ["user_id", "b.c", "b.0", "", 5, None, "a/b", "0x10.x", "__proto__", "1"]
            ),
            "id": SCALARS,
        },
    ),
    max_size=2,
)
CONTEXTS = st.one_of(
    st.fixed_dictionaries(
        {},
        optional={
            "traits": TRAITS,
            "mappedToDestination": SCALARS,
            "externalId": EXTERNAL_IDS,
            "traits.email": VALUES,
        },
    ),
    st.fixed_dictionaries({"traits": TRAITS}),
    EMPTY_OR_ODD,
)
TYPES = st.sampled_from(
    ["identify", "track", "group", "identify", "track", "group", "Group", " track", "page", 5, "", {}]
)


def messages() -> Any:
    """Return a strategy for messages of every type, valid and malformed, with few different values."""
    usual = st.fixed_dictionaries(
        {"type": TYPES},
        optional={
            "userId": SCALARS,
            "anonymousId": SCALARS,
            "groupId": SCALARS,
            "event": VALUES,
            "timestamp": VALUES,
            "originalTimestamp": SCALARS,
            "messageId": SCALARS,
            "traits": TRAITS,
            "context": CONTEXTS,
            "properties": TRAITS,
        },
    )
    dotted = st.dictionaries(st.sampled_from(DOTTED), VALUES, max_size=2)
    return st.one_of(usual, usual, usual, st.builds(lambda one, two: {**one, **two}, usual, dotted))


def configs() -> Any:
    """Return a strategy for destination settings, right and wrong."""
    return st.fixed_dictionaries(
        {},
        optional={
            "apiKey": st.sampled_from(["key", "", None, 5]),
            "sendAnonymousId": st.sampled_from([True, False, "false", None]),
            "enablededuplication": st.sampled_from([True, False, "false"]),
            "deduplicationField": st.sampled_from(["userId", "properties.a", "traits.a", "", None, 5, "a.b"]),
        },
    )
