"""MockCustify as a decorator."""

from __future__ import annotations

from contextlib import AbstractContextManager, aclosing
from functools import partial, wraps
from inspect import (
    isasyncgen,
    isasyncgenfunction,
    iscoroutine,
    iscoroutinefunction,
    isgenerator,
    isgeneratorfunction,
    unwrap,
)
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    Start = Callable[[], AbstractContextManager[object]]

FUNCTIONS: Final = (FunctionType, MethodType, BuiltinFunctionType)
Function = TypeVar("Function", bound="Callable[..., Any]")


def wrap_function(start: Start, function: Function) -> Function:
    """Return `function` that enters `start()` before each call and leaves it after the call.

    A generator, also an async one, is inside until its end. Raises TypeError for what cannot be wrapped.
    """
    check_function(function)
    for applies, wrap in (
        (isasyncgenfunction, wrap_async_generator),
        (iscoroutinefunction, wrap_coroutine),
        (isgeneratorfunction, wrap_generator),
    ):
        if applies(function):
            return wrap(start, function)  # type: ignore[return-value] # its signature is the same
    return wrap_plain(start, function)  # type: ignore[return-value]


def wrap_plain(start: Start, function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a function; raise TypeError at a call that returns what still has to run."""

    @wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with start():
            result = function(*args, **kwargs)
            if iscoroutine(result) or isgenerator(result):
                result.close()
            elif not isasyncgen(result):
                return result
        raise TypeError(
            f"{function!r} returns a {type(result).__name__}, which would run after the end of MockCustify: "
            "decorate the function that makes it, or use `with MockCustify()`"
        )

    return wrapper


def wrap_coroutine(start: Start, function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap an async function."""

    @wraps(function)
    async def wrapper(*args: Any, **kwargs: Any) -> Any:
        with start():
            return await function(*args, **kwargs)

    return wrapper


def wrap_generator(start: Start, function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a generator, such as a fixture with a yield."""

    @wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with start():
            return (yield from function(*args, **kwargs))

    return wrapper


def wrap_async_generator(start: Start, function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap an async generator; what is sent or thrown to it is passed on."""

    @wraps(function)
    async def wrapper(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
        with start():
            async with aclosing(function(*args, **kwargs)) as generator:
                step = generator.asend(None)
                while True:
                    try:
                        value = await step
                    except StopAsyncIteration:
                        return
                    try:
                        sent = yield value
                    except Exception as error:  # noqa: BLE001 - the generator decides about it
                        step = generator.athrow(error)
                    else:
                        step = generator.asend(sent)

    return wrapper


def check_function(function: Any) -> None:
    """Raise TypeError for a class, and for what another decorator has made of a function."""
    if isinstance(function, type):
        raise TypeError(
            "MockCustify decorates functions: in a test class, call self.enterContext(MockCustify()) in setUp"
        )
    if not isinstance(unwrap_partial(function), FUNCTIONS) or is_finished(function):
        raise TypeError(
            f"MockCustify cannot decorate {function!r}: write @MockCustify() below the other decorator, "
            "next to the function"
        )


def unwrap_partial(function: Any) -> Any:
    """Return what a `functools.partial` calls."""
    return unwrap_partial(function.func) if isinstance(function, partial) else function


def is_finished(function: Any) -> bool:
    """Tell whether another decorator runs the generator or the coroutine that `function` was."""
    inner = unwrap(function)
    kinds = (isgeneratorfunction, isasyncgenfunction, iscoroutinefunction)
    return any(kind(inner) and not kind(function) for kind in kinds)
