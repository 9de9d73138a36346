"""Routes as data: what a path takes and gives, which function answers it, and how it is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from re import compile as compile_pattern
from re import escape, split
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mock_custify.web.call import Answer, Call

MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One call of the HTTP surface.

    `path` names its parameters in braces. `respond` turns a Call into an Answer. The other fields describe
    the call for the OpenAPI document: `query`, `body` and `answer` are the types that also validate it,
    `statuses` are the refusals it can give.
    """

    method: str
    path: str
    respond: Callable[[Call], Answer]
    tag: str
    summary: str
    description: str = ""
    query: Any = None
    body: Any = None
    answer: Any = None
    status: int = 200
    statuses: tuple[int, ...] = ()
    secured: bool = True
    max_body: int = 5 * MEBIBYTE
    example: Any = None


@dataclass(slots=True)
class Router:
    """Finds the route of a method and a path: whole paths by look-up, paths with parameters by pattern."""

    whole: dict[tuple[str, str], Route] = field(default_factory=dict)
    patterns: list[tuple[Any, str, Route]] = field(default_factory=list)

    def add(self, routes: Iterable[Route]) -> None:
        """Make every one of `routes` findable."""
        for route in routes:
            if "{" in route.path:
                self.patterns.append((pattern_of(route.path), route.method, route))
            else:
                self.whole[route.method, route.path] = route

    def find(self, method: str, path: str) -> tuple[Route, Mapping[str, str]] | None:
        """Return the route and its path parameters, or None."""
        route = self.whole.get((method, path))
        if route is not None:
            return route, {}
        for pattern, verb, candidate in self.patterns:
            if verb == method and (match := pattern.fullmatch(path)):
                return candidate, match.groupdict()
        return None

    def methods(self, path: str) -> list[str]:
        """Return the methods that some route takes at `path`."""
        whole = [verb for verb, known in self.whole if known == path]
        return whole + [verb for pattern, verb, _ in self.patterns if pattern.fullmatch(path)]


def pattern_of(path: str) -> Any:
    """Return the expression that matches `path`; a parameter is one segment that is not empty."""
    parts = split(r"\{(\w+)\}", path)
    return compile_pattern(
        "".join(f"(?P<{part}>[^/]+)" if index % 2 else escape(part) for index, part in enumerate(parts))
    )
