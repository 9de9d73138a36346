"""What a law is: a sentence of the documentation, a generator of cases, and a check of the sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from custify_contract.observed_state import ObservedState, json_text, with_doubles
from custify_contract.targets import API_KEY, MessageRefusedError, NoAnswerError, custify_call

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from custify_contract.observed_state import Json
    from custify_contract.strategies.byte_choices import Decoded
    from custify_contract.targets import Calls, CustifyTarget, TargetResponse, TransformerTarget
    from custify_transformer import HttpRequest

Level: TypeAlias = Literal["documented", "decided", "observed"]
SETTINGS: Final[Mapping[str, Any]] = {"apiKey": API_KEY}
WITH_ANONYMOUS_ID: Final = {**SETTINGS, "sendAnonymousId": True}


@dataclass(frozen=True)
class Law:
    """A promise: `source` is the sentence or table row that it checks, `section` the heading of the source.

    `reading` says how the law reads a source that can be read in several ways.

    `act` delivers messages or makes calls. `check` only looks at the result, because it may run several times
    on a slow Custify. Both raise BrokenLawError. A law with `needs_all` needs a Custify that shows events,
    custom fields and a second workspace. A law with `sends=False` only transforms messages.
    """

    id: str
    section: str
    source: str
    cases: Decoded[Case]
    check: Callable[[Trial], None]
    act: Callable[[Trial], None] = lambda trial: trial.deliver_all()
    level: Level = "documented"
    needs_all: bool = False
    sends: bool = True
    reading: str = ""


class BrokenLawError(AssertionError):
    """A law does not hold: the text says what was expected and what was found in the `trial`."""

    trial: Trial | None = None


@dataclass(frozen=True)
class Case:
    """One example for a law: the calls that create existing records, the messages, and the settings.

    `setup` has calls as (path, body). `facts` are values that the check needs, such as the expected name.
    """

    messages: tuple[Any, ...] = ()
    settings: Json = field(default_factory=lambda: dict(SETTINGS))
    setup: Calls = ()
    facts: Json = field(default_factory=dict)

    @property
    def message(self) -> Any:
        """Return the last message."""
        return self.messages[-1]


@dataclass(frozen=True)
class Step:
    """One delivered message, or one direct call, which has no `message` and no `settings`.

    The `message` has the ids of the run. `responses` are the responses to `requests`; without responses the
    requests were not sent. `refusal` is the reason of a refused message.
    """

    message: Any
    requests: tuple[HttpRequest, ...]
    responses: tuple[TargetResponse, ...]
    refusal: str | None = None
    settings: Json = None

    @property
    def is_call(self) -> bool:
        """Return whether this is a direct call; a message may be null, too."""
        return self.settings is None


@dataclass
class Trial:
    """One run of a case: what was sent, and the state of the workspace before and after.

    `created` and `messages` are the setup and the messages of the case with the ids of this run. `notes` are
    values that the `act` of a law keeps for its `check`, `ran` how often each rule of a state machine ran.
    `looked` tells whether the check read the state `after`.
    """

    transformer: TransformerTarget
    custify: CustifyTarget
    case: Case
    steps: list[Step] = field(default_factory=list)
    before: ObservedState = field(default_factory=ObservedState)
    state: ObservedState = field(default_factory=ObservedState)
    looked: bool = False
    notes: dict[str, Any] = field(default_factory=dict)
    ran: dict[str, int] = field(default_factory=dict)
    created: Calls = ()
    messages: tuple[Any, ...] = ()

    @property
    def setup(self) -> tuple[HttpRequest, ...]:
        """Return the requests that create the existing records."""
        return tuple(custify_call("POST", path, body) for path, body in self.created)

    @property
    def after(self) -> ObservedState:
        """Return the state of the workspace after the messages."""
        self.looked = True
        return self.state

    def prepare(self, *, sends: bool = True) -> None:
        """Create the existing records of the case, and give the messages their ids.

        Messages that are not sent stay as they are, unless the transformer posts their companies itself.
        """
        if not sends and not self.transformer.posts_companies:
            self.messages = self.case.messages
            return
        self.custify.reset()
        if sends:
            self.create_records()
        renamed = (self.custify.rename(message) for message in self.case.messages)
        self.messages = tuple(map(with_doubles, renamed) if self.transformer.reads_doubles else renamed)

    def create_records(self) -> None:
        """Create the existing records of the case, and look at them."""
        rename = self.custify.rename
        self.created = tuple([(path, rename(body)) for path, body in self.case.setup])
        self.post_setup()
        self.before = self.custify.observe()

    def post_setup(self) -> None:
        """Create the existing records, which the Custify must accept."""
        responses = self.custify.create(self.created)
        for (path, _), response in zip(self.created, responses, strict=True):
            if not response.ok:
                answer = f"POST {path} answered {response.status} {json_text(response.body)}"
                raise BrokenLawError(f"the existing records cannot be created: {answer}")

    def start_again(self) -> None:
        """Delete everything, and create the existing records again."""
        self.custify.reset()
        self.post_setup()

    def deliver_all(self) -> None:
        """Deliver every message of the case, in order."""
        for message in self.case.messages:
            self.deliver(message)

    def deliver(self, message: Any, settings: Json | None = None) -> Step:
        """Transform a message and send its requests in order, until one is refused."""
        settings = self.case.settings if settings is None else settings
        message = self.custify.rename(message)
        requests, refusal = self.transform(message, settings)
        step = self.send(message, requests, refusal, settings)
        self.steps.append(step)
        return step

    def transform(self, message: Any, settings: Json) -> tuple[tuple[HttpRequest, ...], str | None]:
        """Return the requests of a message and its refusal; a message without an answer breaks the law."""
        try:
            return self.transformer.transform(message, settings), None
        except MessageRefusedError as error:
            return error.requests, str(error)
        except NoAnswerError as error:
            self.steps.append(Step(message, (), (), None, settings))
            raise BrokenLawError(str(error)) from error

    def send(
        self, message: Any, requests: tuple[HttpRequest, ...], refusal: str | None, settings: Json = None
    ) -> Step:
        """Send the requests of a message in order, until one is refused; return the step."""
        responses: list[TargetResponse] = []
        for request in requests:
            response = self.custify.send(request)
            responses.append(response)
            if not response.ok:
                refusal = refusal or f"Custify answered {response.status}: {json_text(response.body)}"
                break
        return Step(message, requests[: len(responses)], tuple(responses), refusal, settings)

    def call(
        self, method: str, path: str, body: Json = None, api_key: str = API_KEY, **params: Any
    ) -> TargetResponse:
        """Make a direct call of the Custify API and return the response."""
        rename = self.custify.rename
        request = custify_call(method, path, rename(body), api_key, **rename(params))
        response = self.custify.send(request)
        self.steps.append(Step(None, (request,), (response,)))
        return response

    def renamed_fact(self, fact: str, key: str = "userId") -> str:
        """Return an id or email among the facts of the case, as it is named in this run."""
        value = self.case.facts[fact]
        key = "email" if key == "userId" and "@" in value else key
        return str(self.custify.rename({key: value})[key])

    @property
    def requests(self) -> tuple[HttpRequest, ...]:
        """Return every request of every step."""
        return tuple(request for step in self.steps for request in step.requests)
