"""Finds the known divergences that explain why production breaks a law."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from custify_contract.law import BrokenLawError
from custify_contract.run.in_process import InProcessTransformer, PostingTransformer
from custify_contract.run.runner import Targets
from custify_contract.run.sent_parts import differs_as_production, our_fake
from custify_transformer.divergences.differences import differences
from custify_transformer.divergences.message_view import MessageView
from custify_transformer.divergences.rules import RULES
from custify_transformer.divergences.table import EXAMPLE_LAW, Divergence, divergences

if TYPE_CHECKING:
    from custify_contract.law import Case, Law
    from custify_contract.run.result import Result

KnownDivergences: TypeAlias = Mapping[str, tuple[Divergence, ...]]  # by the id of the law that they explain


def known_divergences(result: Result) -> tuple[Divergence, ...]:
    """Return the divergences that explain a broken law, by the messages of its smallest case.

    None explain a law that also breaks with the profile `documented`, and none a transformer that sent
    anything that neither profile sends: the cause is another fault then.
    """
    if result.trial is None or not breaks_only_in_production(result):
        return ()
    if not differs_as_production(result.law, result.trial):
        return ()
    ids = divergence_ids(result.law, result.trial.case, result.broken)
    return tuple(one for one in divergences() if one.id in ids)


def divergence_ids(law: Law, case: Case, broken: str = "") -> set[str]:
    """Return the divergence that the law is the example of, else those whose rule matches a message.

    Of these, only those about the parts that the error `broken` names, if it names any.
    """
    if law.id.startswith(EXAMPLE_LAW):
        return {law.id.removeprefix(EXAMPLE_LAW)}
    views = [(MessageView(sent, case.settings), differences(sent, case.settings)) for sent in case.messages]
    found = {
        (name, part)
        for name, rule in RULES.items()
        for view, parts in views
        for part in parts
        if rule(view, part)
    }
    named = {name for name, part in found if is_named(part, broken)}
    return named or {name for name, _ in found}


def is_named(part: str, broken: str) -> bool:
    """Return whether an error is about a part of the outcome: a refusal, or a field such as people.name."""
    path, _, field = part.partition(".")
    if not field:
        return part == "refusal" and "refus" in broken
    return re.search(rf"\b{field}\b", broken) is not None and not re.search(rf"POST /(?!{path}\b)", broken)


def breaks_only_in_production(result: Result) -> bool:
    """Return whether a law holds on its smallest case with our `documented` and breaks with our `production`.

    If it does not break so, our transformer posts companies itself if the one under test does: Custify may
    have refused a company that a law without `sends` does not post.
    """
    if result.trial is None:
        return False
    law, case = result.law, result.trial.case
    if not holds(law, case, InProcessTransformer("documented")):
        return False
    return not holds(law, case, InProcessTransformer("production")) or (
        result.trial.transformer.posts_companies
        and not holds(law, case, PostingTransformer("production", our_fake()))
    )


def holds(law: Law, case: Case, transformer: InProcessTransformer) -> bool:
    """Return whether a law holds on one case with our fake."""
    try:
        Targets(transformer, our_fake()).run_case(law, case)
    except BrokenLawError:
        return False
    return True
