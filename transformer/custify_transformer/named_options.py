"""Tells of a misspelled option of a Python function what was probably meant."""

from __future__ import annotations

from difflib import get_close_matches
from functools import wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__tracebackhide__ = True

P = ParamSpec("P")
T = TypeVar("T")
POSITIONAL: Final = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)


def named_options(function: Callable[P, T]) -> Callable[P, T]:
    """Return `function`, which raises TypeError with a suggestion for an option that it does not have.

    The TypeError for a value too many lists the options.
    """
    parameters = signature(function).parameters
    options = [
        name
        for name, one in parameters.items()
        if name not in {"self", "cls"} and one.kind != Parameter.VAR_POSITIONAL
    ]
    named = [name for name, one in parameters.items() if one.kind == Parameter.KEYWORD_ONLY]
    most = sum(one.kind in POSITIONAL for one in parameters.values())
    takes_all = any(one.kind == Parameter.VAR_POSITIONAL for one in parameters.values())

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        for name in kwargs:
            if name not in options:
                raise TypeError(wrong_option(name_of(function, args), name, options))
        if len(args) > most and named and not takes_all:
            raise TypeError(unnamed_value(name_of(function, args), named))
        return function(*args, **kwargs)

    return wrapper


def with_named_options(kind: type[T]) -> type[T]:
    """Return a class whose constructor raises TypeError with a suggestion, as `named_options` does."""
    kind.__init__ = named_options(kind.__init__)  # type: ignore[method-assign] # its signature is the same
    return kind


def name_of(function: Callable[..., object], args: tuple[object, ...]) -> str:
    """Return the name of a function; that of a method begins with the class that the caller knows."""
    if args and hasattr(type(args[0]), function.__name__):
        return f"{type(args[0]).__name__}.{function.__name__}"
    return function.__qualname__


def called(function: str) -> str:
    """Return the name of a function as it is called."""
    return f"{function.removesuffix('.__init__')}()"


def wrong_option(function: str, name: str, options: list[str]) -> str:
    """Return the text about an option that a function does not have."""
    near = get_close_matches(name, options, 1)
    return f"{called(function)} has no option {name!r}: " + (
        f"did you mean {near[0]!r}?" if near else f"it has {', '.join(options)}"
    )


def unnamed_value(function: str, named: list[str]) -> str:
    """Return the text about a value whose option has to be named; the value may be a key and is not shown."""
    return (
        f"{called(function)} needs the name of the option, such as {named[0]}=...: it has {', '.join(named)}"
    )
