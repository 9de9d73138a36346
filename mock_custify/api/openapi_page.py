"""The OpenAPI document as one page for people; it loads nothing from elsewhere."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Template


NO_FRAME: Final = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def page(document: Mapping[str, Any]) -> str:
    """Return the page that shows an OpenAPI document."""
    return template().render(document=document)


def headers_of(text: str) -> dict[str, str]:
    """Return the headers of the page: nothing runs, and nothing but its own style is applied."""
    style = text.partition("<style>")[2].partition("</style>")[0]
    found = b64encode(sha256(style.encode()).digest()).decode()
    return {
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{found}'; {NO_FRAME}",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }


@cache
def template() -> Template:
    """Return the template, compiled at its first use; everything put into it is escaped."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.globals["json"] = lambda value: json.dumps(value, indent=2, ensure_ascii=False)
    return environment.from_string(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))
