"""An external transformer, behind a URL."""

from __future__ import annotations

import json
from math import inf
from shlex import quote
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import requests

from custify_contract.run.external_calls import TIMEOUT, response_to, session_for
from custify_contract.targets import CannotRunError, MessageRefusedError
from custify_transformer import HttpRequest

if TYPE_CHECKING:
    from custify_contract.observed_state import Json

PROCESSOR: Final = "/v0/destinations/custify"
ROUTER: Final = "/routerTransform"
INFINITE: Final = "<1e999>"
HEADERS: Final = {"Content-Type": "application/json"}
HIDDEN: Final = "KEY"  # how reports show the key of the account
LONGEST_ERROR: Final = 300


class ExternalTransformer:
    """A transformer behind a URL: POST /v0/destinations/custify, or /routerTransform if the URL ends in that.

    It posts the company of a group itself, as RudderStack's does, and returns the request for the person. It
    gets the key of the account in place of every key that can be sent; its answer gets the first key again.
    """

    profile = "documented"
    posts_companies = True
    reads_doubles = True

    def __init__(self, url: str, api_key: str) -> None:
        parts = urlsplit(url)
        path = parts.path.rstrip("/")
        self.is_router = path.endswith(ROUTER)
        base = path.removesuffix(ROUTER).removesuffix(PROCESSOR)
        self.url = parts._replace(path=base + (ROUTER if self.is_router else PROCESSOR)).geturl()
        self.options = f"--transformer {quote(self.url)}"
        self.api_key = api_key
        self.session = session_for(self.url)

    def transform(self, message: Any, settings: Json) -> tuple[HttpRequest, ...]:
        """Return the requests for a message; raise MessageRefusedError or CannotRunError."""
        given = settings.get("apiKey")
        key = given if is_usable(given) else self.api_key
        config = {**settings, **({"apiKey": self.api_key} if is_usable(given) else {})}
        data = json_with_infinity(self.body(message, config)).encode()
        response = response_to(
            lambda: self.session.post(self.url, data=data, headers=HEADERS, timeout=TIMEOUT), self.url
        )
        return self.requests_in(response, key)

    def body(self, message: Any, config: Json) -> Any:
        """Return the body of a call that transforms one message."""
        event = {
            "message": message,
            "metadata": {"jobId": 1},
            "destination": {"ID": "contract", "Config": config},
        }
        return {"input": [event], "destType": "custify"} if self.is_router else [event]

    def requests_in(self, response: requests.Response, key: str) -> tuple[HttpRequest, ...]:
        """Return the requests in a response of the transformer, with `key` in place of the account's."""
        try:
            body = json.loads(response.text.replace(self.api_key, key))
            entry = body["output"][0] if self.is_router else body[0]
            if entry["statusCode"] != requests.codes.ok:
                raise MessageRefusedError(in_short(str(entry.get("error"))))
            made = entry["batchedRequest"] if self.is_router else entry["output"]
            body = made["body"]["JSON"]
            return (HttpRequest(made["method"], made["endpoint"], made["headers"], made["params"], body),)
        except (ValueError, LookupError, TypeError) as error:
            answer = f"{response.status_code} {response.text[:200].replace(self.api_key, HIDDEN)!r}"
            text = f"{self.url} answered {answer}: this is not a transformer's response"
            raise CannotRunError(text) from error


def is_usable(key: Any) -> bool:
    """Return whether a key can be sent: the others stay in the settings, and the message is refused."""
    return isinstance(key, str) and bool(key.strip()) and key.isascii() and key.isprintable()


def in_short(text: str) -> str:
    """Return an error text without its end: one about a failed call has the whole call in it."""
    return text if len(text) <= LONGEST_ERROR else f"{text[:LONGEST_ERROR]}..."


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
