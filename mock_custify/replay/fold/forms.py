"""The form of a message: its names, and of each value what the profiles and the rules about them look at.

They look at names, at types, and at whether a value is empty, zero or blank, in the places named here.
So two messages of one form become the same requests but for their values, and show the same divergences.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from custify_transformer.divergences.message_view import ID_NAMES
from custify_transformer.divergences.rules import NAME_PARTS
from custify_transformer.documented import tables as documented
from custify_transformer.javascript.codec import PLAIN_FLOATS
from custify_transformer.javascript.doubles import SAFE_INTEGER
from custify_transformer.mapping import list_paths
from custify_transformer.production import tables as production

Form: TypeAlias = tuple[Any, ...]
Places: TypeAlias = list[tuple[str, dict[str, Any]]]

TABLES: Final = tuple(
    table
    for module in (documented, production)
    for name, table in vars(module).items()
    if name.isupper() and isinstance(table, dict)
)
OBJECTS: Final = ("traits", "properties", "context")
WITH_COMPANY: Final = ("traits", "context.traits")
# Under these names a profile or a rule may look into a list or an object, or pass it on.
READ: Final = frozenset(
    (
        *(path.rpartition(".")[2] for path in list_paths(*TABLES)),
        *ID_NAMES,
        *NAME_PARTS,
        *OBJECTS,
        *("type", "company", "remove", "user_id"),
    )
)
NOTHING: Final[frozenset[str]] = frozenset()
# Values that are compared with others.
EXACT: Final = {
    "": frozenset({"type"}),
    "traits.company": frozenset({"remove"}),
    "context.traits.company": frozenset({"remove"}),
}
# Objects that `places_of` returns.
INNER: Final = {
    "": frozenset(OBJECTS),
    "traits": frozenset({"company"}),
    "context.traits": frozenset({"company"}),
}
MARK: Final = 0  # comes before the names of an object; no name is a number
WHOLE: Final = (float, "whole")  # JavaScript prints it as an integer


def form_of(message: Any, leaves: list[Any]) -> Form | None:
    """Return the form of a message and put its values into `leaves`; None for one that has to be looked at.

    Those are messages of a warehouse, names with dots in them, and values of an unusual type.
    """
    places = places_of(message)
    if places is None:
        return None
    form: list[Any] = []
    for path, place in places:
        form += (MARK, path, *place)
        exact, inner = EXACT.get(path, NOTHING), INNER.get(path, NOTHING)
        for name, value in place.items():
            kind = value.__class__
            if kind is str and value and name not in exact and not value.isspace():
                form.append(str)
            elif kind is dict and name in inner:
                form.append(dict)
            elif (tag := tag_of(path, name, value)) is None:
                return None
            else:
                form.append(tag)
        leaves += place.values()
    context = message.get("context")
    if context:
        form += (MARK, "context", *context)
    return tuple(form)


def places_of(message: Any) -> Places | None:
    """Return the objects of a message whose values are looked at, each with its path; None for odd ones."""
    if message.__class__ is not dict or "." in "".join(message):
        return None
    places: Places = [("", message)]
    for name in ("traits", "properties"):
        if (place := message.get(name)).__class__ is dict:
            places.append((name, place))
    context = message.get("context")
    if context is not None:
        if context.__class__ is not dict or "mappedToDestination" in context or "." in "".join(context):
            return None
        inner = context.get("traits")
        if inner.__class__ is dict:
            places.append(("context.traits", inner))
        elif inner is not None:
            return None
    return places + companies_in(places)


def companies_in(places: Places) -> Places:
    """Return the companies in the traits."""
    return [
        (f"{path}.company", place["company"])
        for path, place in places
        if "company" in place and path in WITH_COMPANY and place["company"].__class__ is dict
    ]


def tag_of(path: str, name: str, value: Any) -> Any:
    """Return what is looked at in a value: its type, or the value where that counts; None for odd ones."""
    kind = value.__class__
    if kind is dict or kind is list:
        return None if name in READ else kind
    if value is None or kind is bool or kind is str or (kind is int and not value):
        return (kind, value)  # of text, only what is blank or compared comes here
    if name in EXACT.get(path, NOTHING):
        return None
    return number_tag(value)


def number_tag(value: Any) -> Any:
    """Return what is looked at in a number: its type, and whether a float is whole; None for odd ones."""
    kind = value.__class__
    if kind is int:
        return kind if -SAFE_INTEGER <= value <= SAFE_INTEGER else None
    if kind is float and PLAIN_FLOATS[0] <= abs(value) < PLAIN_FLOATS[1]:
        return WHOLE if value.is_integer() else kind
    return None


def with_leaves(message: dict[str, Any], leaves: list[Any]) -> dict[str, Any]:
    """Return a message of the same form with other values."""
    rest = iter(leaves)
    made = {path: {name: next(rest) for name in place} for path, place in places_of(message) or ()}
    for path in WITH_COMPANY:
        if f"{path}.company" in made:
            made[path]["company"] = made[f"{path}.company"]
    if "context.traits" in made:
        made[""]["context"] = {**message["context"], "traits": made["context.traits"]}
    for path in ("traits", "properties"):
        if path in made:
            made[""][path] = made[path]
    return made[""]
