"""Which known divergences a message shows, once both profiles have transformed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.divergences.differences import different_parts
from custify_transformer.divergences.message_view import MessageView
from custify_transformer.divergences.rules import ATTRIBUTES, MAPPED, RESERVED, RULES, WHOLE, rules_for

if TYPE_CHECKING:
    from collections.abc import Iterator

UNEXPLAINED: Final = "unexplained"
HEADERS: Final = "company-headers"
HEADERS_PART: Final = "company.headers"
# A rule says which divergences may be the cause; these show in the names of the attributes themselves.
BY_NAME: Final = frozenset({"empty-custom-attributes", "mapped-come-twice", "reserved-names-vanish"})


def shown_by(
    message: Any, config: Any, documented: dict[str, Any], production: dict[str, Any]
) -> dict[str, set[str]]:
    """Return the ids of the divergences between two outcomes of a message, by the part that differs.

    The outcomes are those of `outcome_of`. UNEXPLAINED stands for what no known divergence explains.
    """
    view, found = MessageView(message, config), dict[str, set[str]]()
    parts = different_parts(documented, production)
    whole = [name for name in WHOLE if RULES[name](view, "")] if parts else []
    for part in parts:
        names = {name for name, rule in rules_for(part) if rule(view, part)}.union(whole)
        if part in ATTRIBUTES:
            names = narrowed(names, *(attributes_in(one, part) for one in (documented, production)))
        found[part] = names or {UNEXPLAINED}
    if all(one["requests"] and one["requests"][0][0] == "company" for one in (documented, production)):
        found[HEADERS_PART] = {HEADERS}
    return found


def attributes_in(outcome: dict[str, Any], part: str) -> Any:
    """Return the custom attributes of an outcome, None where it has none."""
    wanted = part.partition(".")[0]
    return next((body.get("custom_attributes") for name, body in outcome["requests"] if name == wanted), None)


def narrowed(names: set[str], mine: Any, theirs: Any) -> set[str]:
    """Return the divergences that the attributes of both profiles really show."""
    if mine is None and theirs == {}:
        return {"empty-custom-attributes"}
    others = names - BY_NAME
    if not isinstance(theirs, dict):
        return others or names
    return others | (names & set(by_name(mine or {}, theirs))) or names


def by_name(mine: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    """Return the divergences that the names of attributes show, which one profile has and the other lacks."""
    if (theirs.keys() - mine.keys()) & (MAPPED | {"id"}):
        yield "mapped-come-twice"
    if (mine.keys() - theirs.keys()) & RESERVED:
        yield "reserved-names-vanish"
