"""MockCustify as a decorator."""

from __future__ import annotations

from functools import wraps
from inspect import isclass, iscoroutinefunction
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.testing.fake import MockCustify

Function = TypeVar("Function", bound="Callable[..., Any]")


def wrap_function(custify: MockCustify, function: Function) -> Function:
    """Return `function` with `custify` started before each call and stopped after it."""
    if isclass(function):
        raise TypeError("MockCustify decorates functions: in a class use setUp with enterContext")

    @wraps(function)
    async def async_wrapper(*args: Any, **kwargs: Any) -> Any:
        async with custify:
            return await function(*args, **kwargs)

    @wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with custify:
            return function(*args, **kwargs)

    return async_wrapper if iscoroutinefunction(function) else wrapper  # type: ignore[return-value]
