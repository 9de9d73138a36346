"""The OpenAPI document as one page for people, without anything from elsewhere."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Json = Mapping[str, Any]

STYLE: Final = """
:root{color-scheme:light dark;--line:#8884;--soft:#8882}
body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:62rem;padding:1.5rem}
nav a{margin-right:.8rem;white-space:nowrap}code,pre{font:13px/1.45 ui-monospace,monospace}
pre{background:var(--soft);border-radius:6px;overflow:auto;padding:.6rem .8rem}
details{border:1px solid var(--line);border-radius:6px;margin:.4rem 0;padding:.35rem .8rem}
summary{cursor:pointer}summary b{display:inline-block;font:600 13px ui-monospace,monospace;width:4.5rem}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.25rem .6rem 0 0;
text-align:left;vertical-align:top}summary span{opacity:.75}
"""


def page(document: Json) -> str:
    """Return the page that shows an OpenAPI document."""
    tags = [tag["name"] for tag in document["tags"]]
    links = "".join(f'<a href="#{anchor(tag)}">{escape(tag)}</a>' for tag in tags)
    parts = "".join(section(document, tag) for tag in tags)
    schemas = "".join(schema_part(name, about) for name, about in document["components"]["schemas"].items())
    info = document["info"]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(info['title'])}: calls</title>"
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        f"<h1>{escape(info['title'])} {escape(info['version'])}</h1><p>{escape(info['description'])}</p>"
        '<p><a href="openapi.json">The same for machines: OpenAPI 3.1</a></p>'
        f'<nav>{links}<a href="#schemas">Schemas</a></nav>{parts}'
        f'<h2 id="schemas">Schemas</h2>{schemas}</body></html>'
    )


def anchor(name: str) -> str:
    """Return the anchor of a heading."""
    return escape(name.lower().replace(" ", "-"))


def section(document: Json, tag: str) -> str:
    """Return the part of the page about the calls under a tag."""
    calls = "".join(call_part(path, method, about) for path, method, about in calls_of(document, tag))
    return f'<h2 id="{anchor(tag)}">{escape(tag)}</h2>{calls}'


def calls_of(document: Json, tag: str) -> Iterator[tuple[str, str, Json]]:
    """Yield the path, the method and the description of each call under a tag."""
    for path, methods in document["paths"].items():
        for method, about in methods.items():
            if tag in about["tags"]:
                yield path, method, about


def call_part(path: str, method: str, about: Json) -> str:
    """Return the part of the page about one call."""
    parameters = "".join(parameter_row(one) for one in about["parameters"])
    table = f"<table><tr><th>Parameter<th>In<th>What it takes</tr>{parameters}</table>" if parameters else ""
    body = about.get("requestBody", {}).get("content", {}).get("application/json", {})
    taken = f"<p>Body</p>{code(body['schema'])}" if body else ""
    example = f"<p>Example</p>{code(body['example'])}" if "example" in body else ""
    answers = "".join(answer_row(status, answer) for status, answer in about["responses"].items())
    key = "" if about.get("security", True) else " No key is needed."
    return (
        f"<details><summary><b>{method.upper()}</b> <code>{escape(path)}</code> "
        f"<span>{escape(about['summary'])}</span></summary><p>{escape(about.get('description', ''))}{key}</p>"
        f"{table}{taken}{example}<table><tr><th>Answer<th>Why<th>Body</tr>{answers}</table></details>"
    )


def parameter_row(about: Json) -> str:
    """Return the row about a parameter."""
    schema = about.get("schema") or {"JSON": next(iter(about.get("content", {"": {}}).values()))}
    wanted = " (required)" if about["required"] else ""
    words = escape(about.get("description", ""))
    return (
        f"<tr><td><code>{escape(about['name'])}</code>{wanted}<td>{about['in']}<td>{words}{code(schema)}</tr>"
    )


def answer_row(status: str, about: Json) -> str:
    """Return the row about an answer."""
    media, content = next(iter(about["content"].items()))
    return (
        f"<tr><td>{status}<td>{escape(about['description'])}"
        f"<td><code>{escape(media)}</code>{code(content['schema'])}</tr>"
    )


def schema_part(name: str, about: Json) -> str:
    """Return the part of the page about a schema."""
    return f"<details><summary><code>{escape(name)}</code></summary>{code(about)}</details>"


def code(value: Any) -> str:
    """Return JSON as it is shown on the page."""
    return f"<pre>{escape(json.dumps(value, indent=2, ensure_ascii=False))}</pre>"
