"""Routes as data: what a path takes and gives, which function answers it, and how it is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mock_custify.api.request import Answer, Call

MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One call of the HTTP surface.

    `path` names its parameters in braces. `respond` turns a Call into an Answer. The other fields describe
    the call for the OpenAPI document: `query`, `body` and `answer` are the types that also validate it,
    `statuses` are the refusals it can give, `media` and `refusal_media` the content types of the answers.
    `max_body` is in bytes; None stands for the server's limit.
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
    media: str = "application/json"
    refusal_media: str = "application/json"
    secured: bool = True
    max_body: int | None = None
    example: Any = None


Found: TypeAlias = tuple[Route, "Mapping[str, str]"]


class Router:
    """Finds the route of a method and a path: whole paths by look-up, the others step by step in a tree.

    The cost depends on how many segments the path has, not on how many routes there are. A segment that is
    written out in a route goes before a parameter.
    """

    def __init__(self) -> None:
        self.routes: list[Route] = []
        self.whole: dict[tuple[str, str], Route] = {}
        self.written: set[str] = set()
        self.root = Node()

    def add(self, routes: Iterable[Route]) -> None:
        """Make every one of `routes` findable."""
        for route in routes:
            self.routes.append(route)
            if "{" in route.path:
                node_of(self.root, route.path).routes[route.method] = route
            else:
                self.whole[route.method, route.path] = route
                self.written.add(route.path)

    def find(self, method: str, path: str) -> Found | None:
        """Return the route and its path parameters, or None; HEAD is answered where GET is."""
        method = "GET" if method == "HEAD" else method
        route = self.whole.get((method, path))
        if route is not None:
            return route, {}
        if path in self.written:
            return None
        segments = path.split("/")
        node = next((node for node in reached(self.root, segments) if method in node.routes), None)
        return None if node is None else (node.routes[method], params_of(node.routes[method], segments))

    def methods(self, path: str) -> list[str]:
        """Return the methods that some route takes at `path`."""
        whole = [verb for verb, known in self.whole if known == path]
        patterns = [verb for node in reached(self.root, path.split("/")) for verb in node.routes]
        found = dict.fromkeys(whole or patterns)
        return [*found, "HEAD"] if "GET" in found else [*found]


@dataclass(slots=True)
class Node:
    """One step of a path: the steps after it by segment, the one after a parameter, the routes that end."""

    steps: dict[str, Node] = field(default_factory=dict)
    parameter: Node | None = None
    routes: dict[str, Route] = field(default_factory=dict)


def node_of(node: Node, path: str) -> Node:
    """Return the node of a route's path below `node`, made when it is missing."""
    for segment in path.split("/"):
        if not segment.startswith("{"):
            node = node.steps.setdefault(segment, Node())
            continue
        node.parameter = node.parameter or Node()
        node = node.parameter
    return node


def reached(node: Node, segments: Sequence[str]) -> Iterator[Node]:
    """Yield the nodes that the segments of a path lead to; a parameter is one segment that is not empty."""
    if not segments:
        yield node
        return
    first, rest = segments[0], segments[1:]
    if first in node.steps:
        yield from reached(node.steps[first], rest)
    if first and node.parameter is not None:
        yield from reached(node.parameter, rest)


def params_of(route: Route, segments: Sequence[str]) -> dict[str, str]:
    """Return the path parameters of a route that `segments` led to, as text."""
    named = zip(route.path.split("/"), segments, strict=True)
    return {
        name[1:-1]: value.encode("latin-1").decode("utf-8", "replace")
        for name, value in named
        if name.startswith("{")
    }
