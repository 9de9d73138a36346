"""Histories of calls from many threads, and whether one order of the calls explains every answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Call = tuple[Any, ...]
State = Any
Model = Callable[[State, Call], tuple[State, Any]]


@dataclass(frozen=True, slots=True)
class Done:
    """One call of a history: when it was made and answered, and the answer."""

    call: Call
    answer: Any
    start: float
    end: float


@contextmanager
def hasty_threads() -> Iterator[None]:
    """Make Python switch between threads as often as it can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def history(scripts: Sequence[Sequence[Call]], ask: Callable[[Call], Any]) -> list[Done]:
    """Return what came of the scripts, each run by a thread of its own, all begun at once."""
    barrier = Barrier(len(scripts))

    def play(script: Iterable[Call]) -> list[Done]:
        barrier.wait()
        return [timed(call, ask) for call in script]

    with hasty_threads(), ThreadPoolExecutor(len(scripts)) as pool:
        return [done for part in pool.map(play, scripts) for done in part]


def timed(call: Call, ask: Callable[[Call], Any]) -> Done:
    """Return a call with its answer and its times."""
    start = perf_counter()
    answer = ask(call)
    return Done(call, answer, start, perf_counter())


def explained(done: Sequence[Done], model: Model, state: State) -> bool:
    """Tell whether the calls in some order, which keeps those that did not overlap, give every answer.

    Source: J. Wing and C. Gong, "Testing and Verifying Concurrent Objects", 1993: search with the calls as
    bits of a number, and no state tried twice.
    """
    tried: set[tuple[int, State]] = set()
    stack = [(0, state)]
    whole = (1 << len(done)) - 1
    while stack:
        taken, state = stack.pop()
        if taken == whole:
            return True
        if (taken, state) not in tried:
            tried.add((taken, state))
            stack.extend(followers(done, model, taken, state))
    return False


def followers(done: Sequence[Done], model: Model, taken: int, state: State) -> Iterator[tuple[int, State]]:
    """Yield each way to take one call more: one that began before any other open call had ended."""
    open_calls = [index for index in range(len(done)) if not taken >> index & 1]
    first_end = min(done[index].end for index in open_calls)
    for index in open_calls:
        after, answer = model(state, done[index].call)
        if done[index].start <= first_end and answer == done[index].answer:
            yield taken | 1 << index, after
