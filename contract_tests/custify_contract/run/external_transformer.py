"""An external transformer, behind a URL."""

from __future__ import annotations

import json
from math import inf
from shlex import quote
from typing import TYPE_CHECKING, Any, Final

import requests

from custify_contract.run.external_calls import TIMEOUT, response_to
from custify_contract.targets import API_KEY, CannotRunError, MessageRefusedError
from custify_transformer import HttpRequest
from mock_custify.cli.loopback import make_session

if TYPE_CHECKING:
    from custify_contract.observed_state import Json

PROCESSOR: Final = "/v0/destinations/custify"
ROUTER: Final = "/routerTransform"
INFINITE: Final = "<1e999>"
HEADERS: Final = {"Content-Type": "application/json"}


class ExternalTransformer:
    """A transformer behind a URL: POST /v0/destinations/custify, or /routerTransform if the URL ends in that.

    It posts the company of a group itself, as RudderStack's does, and returns the request for the person.
    """

    profile = "documented"
    posts_companies = True

    def __init__(self, url: str, api_key: str) -> None:
        self.is_router = url.rstrip("/").endswith(ROUTER)
        base = url.rstrip("/").removesuffix(ROUTER).removesuffix(PROCESSOR)
        self.url = base + (ROUTER if self.is_router else PROCESSOR)
        self.options = f"--transformer {quote(self.url)}"
        self.api_key = api_key
        self.session = make_session()

    def transform(self, message: Any, settings: Json) -> tuple[HttpRequest, ...]:
        """Return the requests for a message; raise MessageRefusedError or CannotRunError."""
        config = {**settings, **({"apiKey": self.api_key} if settings.get("apiKey") == API_KEY else {})}
        destination = {"ID": "contract", "Config": config}
        event = {"message": message, "metadata": {"jobId": 1}, "destination": destination}
        body: Any = {"input": [event], "destType": "custify"} if self.is_router else [event]
        data = json_with_infinity(body).encode()
        response = response_to(
            lambda: self.session.post(self.url, data=data, headers=HEADERS, timeout=TIMEOUT), self.url
        )
        return self.requests_in(response)

    def requests_in(self, response: requests.Response) -> tuple[HttpRequest, ...]:
        """Return the requests in a response of the transformer."""
        try:
            entry = response.json()["output"][0] if self.is_router else response.json()[0]
            if entry["statusCode"] != requests.codes.ok:
                raise MessageRefusedError(str(entry.get("error")))
            made = entry["batchedRequest"] if self.is_router else entry["output"]
            body = made["body"]["JSON"]
            return (HttpRequest(made["method"], made["endpoint"], made["headers"], made["params"], body),)
        except (ValueError, LookupError, TypeError) as error:
            answer = f"{response.status_code} {response.text[:200]!r}"
            text = f"{self.url} answered {answer}: this is not a transformer's response"
            raise CannotRunError(text) from error


def json_with_infinity(value: Any) -> str:
    """Return a value as JSON; an infinite number is written as 1e999, which is too large for a float."""
    return json.dumps(with_marks(value)).replace(f'"{INFINITE}"', "1e999")


def with_marks(value: Any) -> Any:
    """Return a value with a marking text in place of each infinite number."""
    if isinstance(value, dict):
        return {name: with_marks(member) for name, member in value.items()}
    if isinstance(value, list):
        return [with_marks(item) for item in value]
    return INFINITE if value == inf else value
