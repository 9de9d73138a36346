"""Bodies that are multipart forms, as uploads send them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec
from msgspec import Struct
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from mock_custify.api.error_text import explain
from mock_custify.errors import ConflictError

if TYPE_CHECKING:
    from mock_custify.api.request import Call

    F = TypeVar("F", bound="Form")

MEDIA: Final = "multipart/form-data"
MOST_PARTS: Final = 100


class Form(Struct):
    """A body that is sent as multipart/form-data; a field of the type FileStorage is a file in it."""


def is_form(kind: Any) -> bool:
    """Tell whether a body of this type is sent as a form."""
    return isinstance(kind, type) and issubclass(kind, Form)


def decode_form(asked: Call, kind: type[F]) -> F:
    """Return the form of a call as `kind`; raise ConflictError, as the vendor lists 409 for an upload.

    Everything stays in memory: the body is within its limit already.
    """
    media, options = parse_options_header(asked.header("Content-Type"))
    if media != MEDIA:
        raise ConflictError(f"the body must be {MEDIA}, got {media or 'no Content-Type'}")
    body = asked.body
    parser = FormDataParser(in_memory, max_form_parts=MOST_PARTS, silent=False)
    try:
        _, fields, files = parser.parse(BytesIO(body), media, len(body), options)
    except ValueError as error:
        raise ConflictError(f"the body is not {MEDIA}: it has no boundary or is cut off") from error
    except RequestEntityTooLarge as error:
        raise ConflictError(f"the form has too many parts: at most {MOST_PARTS} are accepted") from error
    return fitted({**fields.to_dict(), **files.to_dict()}, kind)


def fitted(values: dict[str, Any], kind: type[F]) -> F:
    """Return the values of a form as `kind`; raise ConflictError that names the field."""
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        text = explain(error, kind, whole="the form").replace("FileStorage", "a file with a file name")
        raise ConflictError(text) from error


def in_memory(*_sizes: Any, **_about: Any) -> BytesIO:
    """Return what a part of a form is written to."""
    return BytesIO()


def file_schema(kind: type[Any]) -> dict[str, str]:
    """Return the schema of a file in a form; raise NotImplementedError for any other type."""
    if kind is not FileStorage:
        raise NotImplementedError
    return {"type": "string", "format": "binary"}
