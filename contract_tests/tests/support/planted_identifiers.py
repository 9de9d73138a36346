"""Faulty fakes that compare identifiers wrongly: with another letter case, without blanks, too often."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from custify_contract.targets import TargetResponse, custify_call
from support.planted_fakes import COMPANY, EVENT, PERSON, FakeFault, also, key_of, reading
from support.planted_mistakes import with_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from custify_transformer import HttpRequest
    from support.planted_fakes import Send, Wrapper

COMPANIES = "api.identifies-companies"


def text_of(call: str, field: str, change: Callable[[str], str]) -> Wrapper:
    """Return a fault that reads a text of a body differently."""

    def apply(body: dict[str, Any]) -> None:
        if isinstance(body.get(field), str):
            body[field] = change(body[field])

    return reading(call, apply)


def text_of_links(change: Callable[[str], str]) -> Wrapper:
    """Return a fault that reads the company_id of links differently."""

    def changed(link: Any) -> Any:
        company_id = link.get("company_id") if isinstance(link, dict) else None
        return {**link, "company_id": change(company_id)} if isinstance(company_id, str) else link

    def apply(body: dict[str, Any]) -> None:
        if isinstance(body.get("companies"), list):
            body["companies"] = list(map(changed, body["companies"]))

    return reading(PERSON, apply)


def with_query(change: Callable[[str], str]) -> Wrapper:
    """Return a fault that reads the texts of a query differently."""

    def wrap(send: Send, request: HttpRequest) -> TargetResponse:
        params = {
            name: change(value) if isinstance(value, str) else value for name, value in request.params.items()
        }
        return send(replace(request, params=params))

    return wrap


def once_for_each(field: str) -> Wrapper:
    """Return a fault in which a deduplication_id counts once for each value of a field."""

    def apply(body: dict[str, Any]) -> None:
        if "deduplication_id" in body:
            body["deduplication_id"] = f"{body['deduplication_id']} {body.get(field)}"

    return reading(EVENT, apply)


IDENTIFIER_FAULTS = (
    FakeFault("company ids ignore case", COMPANIES, text_of(COMPANY, "company_id", str.lower)),
    FakeFault("company ids are trimmed", COMPANIES, text_of(COMPANY, "company_id", str.strip)),
    FakeFault(
        "leading zeros of company ids are lost",
        COMPANIES,
        text_of(COMPANY, "company_id", lambda text: text.lstrip("0") or text),
    ),
    FakeFault(
        "blanks in company ids are one",
        COMPANIES,
        text_of(COMPANY, "company_id", lambda text: text.replace("  ", " ")),
    ),
    FakeFault("company ids of links ignore case", COMPANIES, text_of_links(str.lower)),
    FakeFault("company ids of links are trimmed", COMPANIES, text_of_links(str.strip)),
    FakeFault("deduplication ids ignore case", "api.events", text_of(EVENT, "deduplication_id", str.lower)),
    FakeFault("deduplication ids are trimmed", "api.events", text_of(EVENT, "deduplication_id", str.strip)),
    FakeFault("a deduplication id counts for each name", "api.events", once_for_each("name")),
    FakeFault("a deduplication id counts for each person", "api.events", once_for_each("user_id")),
    FakeFault("a query is decoded twice", "api.reads", with_query(lambda text: text.replace("%20", " "))),
    FakeFault("a query ignores case", "api.reads", with_query(str.lower)),
    FakeFault("a query is trimmed", "api.reads", with_query(str.strip)),
    FakeFault(
        "a deletion by email deletes everybody with it",
        "api.deletes-people",
        also(
            "DELETE /people",
            lambda request: (
                custify_call("DELETE", "/people", None, key_of(request), **request.params)
                if "email" in request.params
                else None
            ),
        ),
    ),
    FakeFault(
        "the scheme bearer must be capitalized",
        "api.keys",
        with_key(lambda header: "" if header.startswith("bearer") else header),
    ),
)
