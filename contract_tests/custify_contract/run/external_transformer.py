"""An external transformer, behind a URL."""

from __future__ import annotations

import json
from math import inf
from shlex import quote
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import requests

from custify_contract.run.external_calls import TIMEOUT, is_unreachable, reason, session_for
from custify_contract.run.transformer_answer import AnswerMistakeError, request_in
from custify_contract.targets import CannotRunError, MessageRefusedError, NoAnswerError

if TYPE_CHECKING:
    from custify_contract.observed_state import Json
    from custify_transformer import HttpRequest

PROCESSOR: Final = "/v0/destinations/custify"
ROUTER: Final = "/routerTransform"
INFINITE: Final = "<1e999>"
HEADERS: Final = {"Content-Type": "application/json"}
HIDDEN: Final = "KEY"  # how reports show the key of the account
PLAIN: Final = {"type": "identify", "userId": "contract", "messageId": "contract"}
CLOSED: Final = "closed the connection without an answer to this message"


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
        self.has_answered = False

    def transform(self, message: Any, settings: Json) -> tuple[HttpRequest, ...]:
        """Return the requests for a message; raise MessageRefusedError, NoAnswerError or CannotRunError.

        A message without a proper answer breaks a law if the transformer answers other messages.
        """
        try:
            made = self.request_for(message, settings)
        except NoAnswerError as error:
            if not (self.has_answered or self.answers_plain_message()):
                raise CannotRunError(f"{self.url} {error.in_general}") from error
            raise
        self.has_answered = True
        return (made,)

    def request_for(self, message: Any, settings: Json) -> HttpRequest:
        """Return the request for a message, with the key of the settings in place of the account's."""
        given = settings.get("apiKey")
        key = given if is_usable(given) else self.api_key
        config = {**settings, **({"apiKey": self.api_key} if is_usable(given) else {})}
        response = self.post(json_with_infinity(self.body(message, config)).encode())
        try:
            return request_in(response.text.replace(self.api_key, key), is_router=self.is_router)
        except MessageRefusedError:
            self.has_answered = True
            raise
        except AnswerMistakeError as mistake:
            answer = f"answered {response.status_code} {response.text[:200].replace(self.api_key, HIDDEN)!r}"
            raise NoAnswerError(
                f"the transformer {answer} to this message: {mistake}",
                f"{answer}: this is not a transformer's response: {mistake}",
            ) from mistake

    def post(self, data: bytes) -> requests.Response:
        """Return the response to a call; raise CannotRunError if nothing accepts the connection."""
        try:
            return self.session.post(self.url, data=data, headers=HEADERS, timeout=TIMEOUT)
        except requests.RequestException as error:
            general = f"does not answer{reason(error)}"
            if is_unreachable(error):
                raise CannotRunError(f"{self.url} {general}") from error
            is_late = isinstance(error, requests.Timeout)
            self.has_answered = (
                self.has_answered and not is_late
            )  # a server that hangs costs TIMEOUT each time
            what = f"did not answer this message{reason(error)}" if is_late else CLOSED
            raise NoAnswerError(f"the transformer {what}", general) from error

    def answers_plain_message(self) -> bool:
        """Return whether the transformer answers a plain message."""
        try:
            self.request_for(PLAIN, {"apiKey": self.api_key})
        except NoAnswerError:
            return False
        except MessageRefusedError:
            return True
        return True

    def body(self, message: Any, config: Json) -> Any:
        """Return the body of a call that transforms one message."""
        event = {
            "message": message,
            "metadata": {"jobId": 1},
            "destination": {"ID": "contract", "Config": config},
        }
        return {"input": [event], "destType": "custify"} if self.is_router else [event]


def is_usable(key: Any) -> bool:
    """Return whether a key can be sent: the others stay in the settings, and the message is refused."""
    return isinstance(key, str) and bool(key.strip()) and key.isascii() and key.isprintable()


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
