"""The page and its assets, served from the package: no network, no build step."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort, redirect, request

ASSETS: Final = Path(__file__).parent / "assets"
TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# Nothing but the page's own files runs, is shown or is called: markup in a name stays text even by mistake.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}

dashboard = Blueprint("dashboard", __name__, url_prefix="/_mock")


@dashboard.get("")
@dashboard.get("/")
@dashboard.get("/ui")
def forward() -> Response:
    """Lead to the page; its relative links need the closing slash."""
    response: Response = redirect("/_mock/ui/", 302, Response)  # type: ignore[assignment] # it makes one of these
    response.headers.extend(HEADERS)
    return response


@dashboard.get("/ui/")
def page() -> Response:
    """Answer with the page."""
    return asset("index.html")


@dashboard.get("/ui/assets/<name>")
def asset(name: str) -> Response:
    """Answer with one file of the page, or 304 to a browser that has it."""
    file = ASSETS / name
    if file.parent != ASSETS or file.suffix not in TYPES or not file.is_file():
        abort(404)
    response = Response(file.read_bytes(), 200, HEADERS, content_type=TYPES[file.suffix])
    response.add_etag()
    response.make_conditional(request)
    return response
