"""Why production breaks a law: which of the known divergences explain its smallest case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custify_contract.divergence_rules import EXPLAINS, View
from custify_contract.divergences import differences, divergences
from custify_contract.law import BrokenLawError
from custify_contract.laws.differences import PREFIX
from custify_contract.runner import ours

if TYPE_CHECKING:
    from custify_contract.divergences import Divergence
    from custify_contract.law import Case, Law
    from custify_contract.runner import Result


def causes_of(result: Result) -> tuple[Divergence, ...]:
    """Return the known divergences that make production break a law on its smallest case.

    There are none when the law breaks under the profile `documented` too: then something else is wrong.
    """
    if result.trial is None or not parts_profiles(result.law, result.trial.case):
        return ()
    names = names_of(result.law, result.trial.case)
    return tuple(one for one in divergences() if one.id in names)


def names_of(law: Law, case: Case) -> set[str]:
    """Return the ids of the divergences that a law is the example of, or whose rule is about a message."""
    if law.id.startswith(PREFIX):
        return {law.id.removeprefix(PREFIX)}
    seen = [(View(sent, case.settings), differences(sent, case.settings)) for sent in case.messages]
    return {
        name
        for name, rule in EXPLAINS.items()
        if any(rule(view, part) for view, parts in seen for part in parts)
    }


def parts_profiles(law: Law, case: Case) -> bool:
    """Tell whether our `documented` keeps the law on a case and our `production` breaks it."""
    return is_kept(law, case, "documented") and not is_kept(law, case, "production")


def is_kept(law: Law, case: Case, profile: str) -> bool:
    """Tell whether a law holds on one case with our transformer and our fake."""
    try:
        ours(profile).play(law, case)
    except BrokenLawError:
        return False
    return True
