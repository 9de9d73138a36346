"""The OpenAPI document as one page for people; it loads nothing from elsewhere."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Template


def page(document: Mapping[str, Any]) -> str:
    """Return the page that shows an OpenAPI document."""
    return template().render(document=document)


@cache
def template() -> Template:
    """Return the template, compiled at its first use; everything put into it is escaped."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.globals["json"] = lambda value: json.dumps(value, indent=2, ensure_ascii=False)
    return environment.from_string(Path(__file__).with_suffix(".html").read_text(encoding="utf-8"))
