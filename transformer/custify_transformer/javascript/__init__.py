"""JSON values as JavaScript treats them: truth, text, paths, and reading and printing JSON."""

from custify_transformer.javascript.codec import TOO_DEEP, NotJsonError, decode, encode
from custify_transformer.javascript.doubles import as_double, number_text
from custify_transformer.javascript.paths import get, is_index
from custify_transformer.javascript.values import FUNCTION, UNDEFINED, entries, is_truthy, text

__all__ = [
    "FUNCTION",
    "TOO_DEEP",
    "UNDEFINED",
    "NotJsonError",
    "as_double",
    "decode",
    "encode",
    "entries",
    "get",
    "is_index",
    "is_truthy",
    "number_text",
    "text",
]
