"""Tells of a misspelled option what was probably meant."""

from __future__ import annotations

from difflib import get_close_matches
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__tracebackhide__ = True

P = ParamSpec("P")
T = TypeVar("T")


def named_options(function: Callable[P, T]) -> Callable[P, T]:
    """Return `function`, which raises TypeError with a suggestion for an option that it does not have."""
    options = [name for name in signature(function).parameters if name not in {"self", "cls"}]

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        for name in kwargs:
            if name not in options:
                raise TypeError(wrong_option(function.__qualname__, name, options))
        return function(*args, **kwargs)

    return wrapper


def wrong_option(function: str, name: str, options: list[str]) -> str:
    """Return the text about an option that a function does not have."""
    called = function.removesuffix(".__init__")
    near = get_close_matches(name, options, 1)
    return f"{called}() has no option {name!r}: " + (
        f"did you mean {near[0]!r}?" if near else f"it has {', '.join(options)}"
    )
