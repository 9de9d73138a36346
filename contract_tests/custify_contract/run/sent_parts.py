"""What a transformer sent in a trial, part by part, beside what our profiles send for the same messages."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from custify_contract.law import Trial
from custify_contract.laws.rules.posted_company import TWIN
from custify_contract.observed_state import same
from custify_contract.run.in_process import (
    COMPANY_FAILED,
    InProcessCustify,
    InProcessTransformer,
    PostingTransformer,
)
from custify_transformer.javascript import NotJsonError, decode, encode
from mock_custify.resources.companies.model import CompanyUpsert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custify_contract.law import Law, Step
    from custify_contract.observed_state import Json
    from custify_transformer import HttpRequest

Parts: TypeAlias = dict[str, list[Any]]  # a part such as "0.people.name": a list with its value
FIELDS: Final = frozenset(CompanyUpsert.__struct_fields__) - {"company_id"}


def differs_as_production(law: Law, trial: Trial) -> bool:
    """Return whether the transformer differs from `documented`, each time as `production` does.

    A transformer that shows only some of the divergences of production passes, too.
    """
    found = parts_of(trial)
    documented, production = (
        parts_of(repeated(law, trial, profile)) for profile in ("documented", "production")
    )
    different = [
        name
        for name in {*found, *documented, *production}
        if not same(found.get(name, []), documented.get(name, []))
    ]
    return bool(different) and all(same(found.get(name, []), production.get(name, [])) for name in different)


@cache
def our_fake() -> InProcessCustify:
    """Return our fake: making one takes as long as a case, and each case starts with an empty workspace."""
    return InProcessCustify()


def repeated(law: Law, trial: Trial, profile: str) -> Trial:
    """Return a trial with the same existing records, messages and ids, with our transformer and our fake."""
    custify = our_fake()
    posts = trial.transformer.posts_companies
    transformer = PostingTransformer(profile, custify) if posts else InProcessTransformer(profile)
    ours = Trial(transformer, custify, trial.case)
    custify.reset()
    custify.create(trial.created)
    for step in trial.steps:
        if step.is_call:
            ours.send(None, step.requests, None)
        else:
            ours.steps.append(repeated_step(ours, step, sends=law.sends))
    ours.state = custify.observe()
    return ours


def repeated_step(ours: Trial, step: Step, *, sends: bool) -> Step:
    """Return the step of the same message, without the requests after one that Custify refused."""
    requests, refusal = ours.transform(step.message, step.settings)
    if sends:
        ours.send(step.message, requests, refusal)
    if step.responses and not step.responses[-1].ok:
        requests = requests[: len(step.requests)]
    return replace(step, requests=requests, responses=(), refusal=refusal)


def parts_of(trial: Trial) -> Parts:
    """Return the parts of what was sent for each message, and of the companies it posted."""
    steps = [step for step in trial.steps if not step.is_call]
    parts = {
        f"{number}.{name}": [as_javascript(value)]
        for number, step in enumerate(steps)
        for name, value in step_parts(step)
    }
    if not trial.transformer.posts_companies:
        return parts
    companies = [one for one in trial.state.companies if TWIN not in one["company_id"]]
    calls = [calls_of(step) for step in steps]
    return {**parts, **company_parts(companies), "companies": [calls, sorted(map(id_of, companies))]}


def step_parts(step: Step) -> Iterator[tuple[str, Any]]:
    """Yield the parts of one step: its calls or refusal, and each field of the requests."""
    yield "calls", calls_of(step)
    for request in step.requests:
        yield from request_parts(request)


def calls_of(step: Step) -> list[str | None]:
    """Return the refusal of a message and its calls, as one part: a refusal explains a missing call."""
    return [refusal_of(step), *(request.endpoint for request in step.requests)]


def refusal_of(step: Step) -> str | None:
    """Return why the transformer refused a message; the response of Custify is no part of it."""
    if step.responses and not step.responses[-1].ok:
        return None
    return COMPANY_FAILED if step.refusal and COMPANY_FAILED in step.refusal else step.refusal


def request_parts(request: HttpRequest) -> Iterator[tuple[str, Any]]:
    """Yield the parts of one request."""
    name = request.endpoint.rpartition("/")[2]
    yield f"{name}:call", [request.method, request.params]
    yield f"{name}:headers", request.headers
    if isinstance(request.body, dict):
        yield from ((f"{name}.{field}", value) for field, value in request.body.items())
    else:
        yield f"{name}:body", request.body


def company_parts(companies: list[Json]) -> Parts:
    """Return the fields of the companies in Custify: a transformer that posts companies shows no request."""
    return {
        f"{id_of(company)}.{name}": [as_javascript(value)]
        for company in companies
        for name, value in company.items()
        if name in FIELDS and value not in (None, [], {})
    }


def id_of(company: Json) -> str:
    """Return the company_id of a company."""
    return str(company["company_id"])


def as_javascript(value: Any) -> Any:
    """Return a JSON value with its numbers as JavaScript sees and prints them."""
    try:
        return decode(encode(value))
    except NotJsonError:
        return value
