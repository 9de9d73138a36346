"""What a message becomes by both profiles, and which divergences it shows, worked out once for each form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from custify_transformer.divergences.causes import shown_by
from custify_transformer.divergences.differences import outcome_of
from custify_transformer.divergences.rules import has_infinity
from custify_transformer.javascript import is_truthy, text
from custify_transformer.javascript.codec import is_plain
from mock_custify.replay.fold.entry import type_of
from mock_custify.replay.fold.form_keys import Key, KnownKey, key_of, known_key
from mock_custify.replay.fold.forms import WHOLE, Form, form_of
from mock_custify.replay.fold.likeness import are_alike, same
from mock_custify.replay.fold.named import Named, NamedPlaces, named_by, named_places
from mock_custify.replay.fold.outlines import Leaves, NoOutlineError, Outline, Probes
from mock_custify.replay.fold.settings import Settings, Transformed, transformed

if TYPE_CHECKING:
    from custify_transformer import Destination
    from mock_custify.replay.fold.differences import Causes
    from mock_custify.replay.fold.entry import Entry

    Shown = dict[str, set[str]]

OTHER: Final = {"documented": "production", "production": "documented"}
ENCODER: Final = msgspec.json.Encoder()
MOST_FORMS: Final = 5000
LARGEST: Final = 100_000  # bytes of a message; what it becomes is far from the limit of a body
UNPRINTABLE: Final = 1 << 30


@dataclass(slots=True, eq=False)
class Pattern:
    """What messages of one form, of the type `kind`, become by the profile of the settings and the other one.

    `shown` is None when it depends on the values. `plain` bodies are the same after they have been JSON.
    `places` are those of the values that the requests name, None when they name others as well.
    `causes` is why a what-if makes something else of the messages, once one of them has been compared.
    """

    kind: str
    main: Outline
    other: Outline
    shown: Shown | None
    plain: bool
    places: NamedPlaces | None
    causes: Causes | None = None


class Outcome(Struct):
    """What one message becomes: `made` by the settings, `other` in the other profile.

    `shown` are the divergences by what differs, `size` is the length of the message as JSON.
    """

    made: Transformed
    other: Transformed | None
    shown: Shown
    size: int
    pattern: Pattern | None = None
    plain: bool = False
    leaves: Leaves = []

    def in_other_profile(self) -> Transformed:
        """Return what the message becomes in the other profile."""
        if self.other is None and self.pattern is not None:
            self.other = self.pattern.other.filled(self.leaves)
        return self.other or self.made


class Patterns:
    """What messages become by `settings`: by the pattern of their form, once the form has come twice."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.known: dict[Form, Pattern | None] = {}
        self.keys: dict[Key | None, KnownKey] = {}
        self.seen: set[Form] = set()
        self.usable = is_near(settings.destination)

    def outcome(self, entry: Entry) -> Outcome:
        """Return what a message becomes, and the divergences that it shows."""
        printed, leaves = printed_of(entry.message), list[Any]()
        size = len(printed) or UNPRINTABLE
        pattern = self.pattern_for(entry, printed, leaves)
        if pattern is None:
            return self.worked_out(entry, size)
        made = pattern.main.filled(leaves)
        if pattern.shown is not None:
            return Outcome(made, None, pattern.shown, size, pattern, pattern.plain, leaves)
        other = pattern.other.filled(leaves)
        return Outcome(made, other, self.shown(entry, made, other), size, pattern, pattern.plain, leaves)

    def named(self, entry: Entry) -> Named:
        """Return what the requests of a message name, those of the other profile as well."""
        leaves: Leaves = []
        pattern = self.pattern_for(entry, printed_of(entry.message), leaves)
        if pattern is not None and pattern.places is not None:
            return pattern.places.named(leaves)
        destination = self.settings.destination_for(entry.settings)
        return named_by(
            request
            for profile in OTHER
            for request in transformed(entry.message, destination, profile).requests
        )

    def worked_out(self, entry: Entry, size: int) -> Outcome:
        """Return what a message becomes, without a pattern."""
        destination, profile = self.settings.destination_for(entry.settings), self.settings.profile
        made = transformed(entry.message, destination, profile)
        other = transformed(entry.message, destination, OTHER[profile])
        return Outcome(made, other, self.shown(entry, made, other), size)

    def shown(self, entry: Entry, made: Transformed, other: Transformed) -> Shown:
        """Return the known divergences that the message shows, by what differs."""
        pair = (made, other) if self.settings.profile == "documented" else (other, made)
        outcomes = (outcome_of(one.requests, one.refusal) for one in pair)
        return shown_by(entry.message, self.settings.config_for(entry.settings), *outcomes)

    def pattern_for(self, entry: Entry, printed: bytes, leaves: Leaves) -> Pattern | None:
        """Return the pattern of the form of a message, with its values in `leaves`; None without one."""
        if not self.usable or entry.settings is not None or not 0 < len(printed) <= LARGEST:
            return None
        if b"null" in printed and has_infinity(entry.message):  # it is printed as null
            return None
        key = key_of(entry.message, leaves)
        found = self.keys.get(key)
        if found is not None and found.fits(leaves):
            return found.pattern
        del leaves[:]
        form = form_of(entry.message, leaves)
        if form is None:
            return None
        if form not in self.known:
            if form not in self.seen:
                self.forget_when_full()
                self.seen.add(form)
                return None
            self.known[form] = self.worked_out_for(entry, form, leaves)
        pattern = self.known[form]
        if key is not None and (known := known_key(pattern, leaves)):
            if len(self.keys) >= MOST_FORMS:
                self.keys.clear()
            self.keys[key] = known
        return pattern

    def forget_when_full(self) -> None:
        """Begin anew when the forms are too many to keep."""
        if len(self.seen) >= MOST_FORMS:
            self.seen.clear()
            self.known.clear()

    def worked_out_for(self, entry: Entry, form: Form, leaves: Leaves) -> Pattern | None:
        """Return the pattern of a form by one of its messages, None when the values decide more."""
        destination, profile = self.settings.destination, self.settings.profile
        probes, found = Probes(entry.message, form, leaves), self.worked_out(entry, 0)
        try:
            main, other = (probes.outline(destination, one) for one in (profile, OTHER[profile]))
        except NoOutlineError:
            return None
        if not (
            same(main.filled(leaves), found.made) and same(other.filled(leaves), found.in_other_profile())
        ):
            return None
        pairs = [(main.filled(values), other.filled(values)) for values in (leaves, *probes.values)]
        shown = found.shown if are_alike(pairs) else None
        plain = WHOLE not in form and all(
            request.body and is_plain(request.body)
            for pair in pairs[:1]
            for made in pair
            for request in made.requests
        )
        places = named_places((main, other), probes)
        return Pattern(type_of(entry.message), main, other, shown, plain, places)


def is_near(destination: Destination) -> bool:
    """Tell whether the deduplication field, when it is on, lies among the values that a form has."""
    if not is_truthy(destination.enable_deduplication):
        return True
    path = text(destination.deduplication_field)
    return path != "context" and not {".", "\\"} & set(path.removeprefix("properties."))


def printed_of(message: Any) -> bytes:
    """Return a message as JSON, b"" for one that cannot be printed."""
    try:
        return ENCODER.encode(message)
    except (TypeError, ValueError, RecursionError):
        return b""
