"""A transformer of somebody else, behind a URL."""

from __future__ import annotations

import json
from math import inf
from shlex import quote
from typing import TYPE_CHECKING, Any, Final

import requests

from custify_contract.outside import TIMEOUT, reached
from custify_contract.targets import API_KEY, CannotRunError, Refused
from custify_transformer import HttpRequest

if TYPE_CHECKING:
    from custify_contract.snapshot import Json

PROCESSOR: Final = "/v0/destinations/custify"
ROUTER: Final = "/routerTransform"
INFINITE: Final = "<1e999>"


class OutsideTransformer:
    """A transformer behind a URL: POST /v0/destinations/custify, or /routerTransform when the URL ends so.

    It posts the company of a group itself, as RudderStack's does: only the person's request comes back.
    """

    profile = "documented"
    calls_itself = True

    def __init__(self, url: str, api_key: str) -> None:
        self.router = url.rstrip("/").endswith(ROUTER)
        base = url.rstrip("/").removesuffix(ROUTER).removesuffix(PROCESSOR)
        self.url = base + (ROUTER if self.router else PROCESSOR)
        self.options = f"--transformer {quote(self.url)}"
        self.api_key = api_key
        self.session = requests.Session()

    def transform(self, message: Any, settings: Json) -> tuple[HttpRequest, ...]:
        """Return the requests; raise Refused, or CannotRunError when the transformer does not answer."""
        config = {**settings, **({"apiKey": self.api_key} if settings.get("apiKey") == API_KEY else {})}
        destination = {"ID": "contract", "Config": config}
        event = {"message": message, "metadata": {"jobId": 1}, "destination": destination}
        body: Any = {"input": [event], "destType": "custify"} if self.router else [event]
        text, headers = printed(body).encode(), {"Content-Type": "application/json"}
        answer = reached(
            lambda: self.session.post(self.url, data=text, headers=headers, timeout=TIMEOUT), self.url
        )
        return self.requests_of(answer)

    def requests_of(self, answer: Any) -> tuple[HttpRequest, ...]:
        """Return the requests in an answer of the transformer."""
        try:
            entry = answer.json()["output"][0] if self.router else answer.json()[0]
            if entry["statusCode"] != requests.codes.ok:
                raise Refused(str(entry.get("error")))
            output = entry["batchedRequest"] if self.router else entry["output"]
            body = output["body"]["JSON"]
            return (
                HttpRequest(output["method"], output["endpoint"], output["headers"], output["params"], body),
            )
        except (ValueError, LookupError, TypeError) as error:
            said = f"{answer.status_code} {answer.text[:200]!r}"
            text = f"{self.url} answered {said}: that is no transformer's answer"
            raise CannotRunError(text) from error


def printed(value: Any) -> str:
    """Return a value as JSON; a number that is too large, and so infinite in Python, is spelled as such."""
    return json.dumps(marked_infinite(value)).replace(f'"{INFINITE}"', "1e999")


def marked_infinite(value: Any) -> Any:
    """Return a value with a text in place of each infinite number."""
    if isinstance(value, dict):
        return {name: marked_infinite(member) for name, member in value.items()}
    if isinstance(value, list):
        return [marked_infinite(item) for item in value]
    return INFINITE if value == inf else value
