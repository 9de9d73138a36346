"""The Flask application: every blueprint over one store, and the handlers that make JSON of refusals."""

from __future__ import annotations

from types import MethodType
from typing import TYPE_CHECKING, Any, ClassVar, Final

from flask import Flask, Request, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule

from mock_custify.api.authorization import basic_user_of, bearer_of
from mock_custify.api.backend import Backend
from mock_custify.api.call import OPENED, operation_of, response_of
from mock_custify.api.fast_lane import FAILED, FastLane
from mock_custify.api.refused_calls import REFUSED, note_refused_call
from mock_custify.api.request import ENCODER, Answer, Call, refusal
from mock_custify.control import CONTROL
from mock_custify.dashboard import DASHBOARD
from mock_custify.dataplane import DATA_PLANE
from mock_custify.dataplane.answers import refused as refused_plainly
from mock_custify.dataplane.answers import wrong_method
from mock_custify.dataplane.data_plane import DataPlane, DataPlaneOptions
from mock_custify.dataplane.views import PREFIXES
from mock_custify.errors import ApiError
from mock_custify.limits import Limits
from mock_custify.resources.registry import BLUEPRINTS
from mock_custify.workspace import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

SMALL: Final = 64 * 1024
SLOW: Final = ("/_mock/", "/v0/")
HEALTH: Final = "/_mock/health"


class CustifyRequest(Request):
    """A request whose body may be as long as its own call accepts."""

    @property
    def max_content_length(self) -> int | None:
        """Return the limit in bytes."""
        operation = operation_of(current_app, self.endpoint or "")
        return (operation and operation.max_body) or super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        """Set another limit for this request."""
        Request.max_content_length.fset(self, value)  # type: ignore[attr-defined] # a property of Flask's

    def _load_form_data(self) -> None:
        """Parse a form from the kept body, so that a view can still read it after a hook that did."""
        self.get_data()
        super()._load_form_data()


class SharedRule(Rule):
    """A rule that is compiled once for all applications of a process.

    Compiling takes most of the time of `create_app`, and a test suite makes thousands of applications.
    """

    compiled: ClassVar[dict[tuple[object, ...], tuple[Any, ...]]] = {}

    def compile(self) -> None:
        """Compile the rule, or take over what another application compiled for a rule that is spelled so."""
        if self.defaults or self.map.host_matching or self.map.converters != Map.default_converters:
            super().compile()
            return
        key = (self.rule, self.subdomain, self.merge_slashes)
        if key not in self.compiled:
            super().compile()
            builders = [one.__func__ for one in (self._build, self._build_unknown)]  # type: ignore[attr-defined]
            self.compiled[key] = (self._parts, self._trace, self._converters, {*self.arguments}, *builders)
        self._parts, self._trace, self._converters, arguments, *builders = self.compiled[key]
        self.arguments |= arguments
        self._build, self._build_unknown = (MethodType(builder, self) for builder in builders)

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - Werkzeug's signature
        """Return a function that compiles the builder with the first URL: few URLs are ever built."""
        compiled: list[Callable[..., tuple[str, str]]] = []

        def build(rule: SharedRule, /, **values: str) -> tuple[str, str]:
            if not compiled:
                compiled.append(Rule._compile_builder(rule, append_unknown))  # noqa: SLF001 - the one replaced here
            return compiled[0](rule, **values)

        return build


class MockCustifyApp(Flask):
    """A Flask application with the store and the data plane that its views work on."""

    request_class = CustifyRequest
    url_rule_class = SharedRule

    def __init__(self, store: Store, options: DataPlaneOptions) -> None:
        super().__init__("mock_custify", static_folder=None)
        self.store = store
        self.data_plane = DataPlane(self, options)
        self.extensions["mock_custify"] = Backend(self, store, self.data_plane)
        self.limits = store.limits
        self.config["MAX_CONTENT_LENGTH"] = self.limits.body
        self.url_map.merge_slashes = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a call, and note it when it is refused; deliveries of the data plane come another way."""
        chunks = super().__call__(environ, start_response)
        if REFUSED in environ:
            note_refused_call(self.store, environ)
        return chunks

    def largest_body(self, environ: dict[str, Any]) -> int:
        """Return how many bytes the body of a call may have, 0 when the call is refused in any case."""
        try:
            endpoint, params = self.url_map.bind_to_environ(environ).match()
        except HTTPException:
            return self.limits.body
        operation = operation_of(self, endpoint)
        if operation is None:
            return self.limits.body
        try:
            operation.admit(Call(environ, self.extensions["mock_custify"], params))
        except ApiError:
            return 0
        return operation.max_body or self.limits.body

    def may_wait(self, environ: dict[str, Any], size: int) -> bool:
        """Tell whether a call may take long or has to wait for another one that has the workspace.

        The workspace of a call without the header Authorization is not known yet.
        """
        path: str = environ["PATH_INFO"]
        if size > SMALL or path.startswith(SLOW):
            return path != HEALTH
        if "filters=" in environ["QUERY_STRING"] or "sorting=" in environ["QUERY_STRING"]:
            return True
        header = environ.get("HTTP_AUTHORIZATION", "")
        if key := bearer_of(header):
            found = environ[OPENED] = self.store.find(key)
        elif key := basic_user_of(header):
            found = self.store.find(key)
        else:
            return True
        return found is not None and found.is_held()


def create_app(
    store: Store | None = None, limits: Limits | None = None, data_plane: DataPlaneOptions | None = None
) -> MockCustifyApp:
    """Return the application for `store` (by default a new, empty one), for any WSGI server.

    `limits` apply only to the new store; a given store has its own. `data_plane` says where the
    messages of SDKs go; if they go to another Custify, `app.data_plane.close` delivers the last of them.
    """
    app = MockCustifyApp(store or Store(limits=limits or Limits()), data_plane or DataPlaneOptions())
    for blueprint in (*BLUEPRINTS, *CONTROL, *DATA_PLANE, *DASHBOARD):
        app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, refused)
    app.wsgi_app = FastLane(app)  # type: ignore[method-assign] # as Flask documents it
    return app


def refused(error: HTTPException) -> Any:
    """Return the answer of what Flask or a view refuses, such as an unknown path or an ApiError."""
    if error.code is None or error.code < 400:  # noqa: PLR2004 - a redirect is no refusal
        return error
    asked = Call(request.environ, current_app.extensions["mock_custify"], {})
    if isinstance(error, ApiError):
        operation = operation_of(current_app, request.endpoint or "")
        return response_of((operation.refuse if operation else refusal)(asked, error))
    if request.path.startswith(PREFIXES):
        return response_of(plain_refusal(asked, error))
    allow = {"Allow": allowed(error)} if isinstance(error, MethodNotAllowed) else {}
    request.environ[REFUSED] = error.code, text_of(error)
    return response_of(Answer(ENCODER.encode({"error": text_of(error)}), error.code, allow))


def text_of(error: HTTPException) -> str:
    """Return what is wrong, in the words of the fake."""
    if isinstance(error, MethodNotAllowed):
        return f"{request.method} is not supported here: use {allowed(error).replace(', ', ' or ')}"
    if isinstance(error, NotFound):
        return f"there is nothing at {request.path}: GET /_mock/docs lists every call"
    return FAILED if error.code == 500 else str(error.description)  # noqa: PLR2004


def plain_refusal(asked: Call, error: HTTPException) -> Answer:
    """Return what the data plane answers to an unknown path or a wrong method: plain text, as RudderStack."""
    if isinstance(error, MethodNotAllowed) and (methods := allowed(error)):
        return wrong_method(asked, methods)
    if isinstance(error, NotFound | MethodNotAllowed):  # a preflight is answered under every path
        return refused_plainly(asked, 404, "404 page not found")
    return refused_plainly(asked, error.code or 500, text_of(error))


def allowed(error: MethodNotAllowed) -> str:
    """Return the methods that a path takes, as the header Allow lists them."""
    return ", ".join(sorted(set(error.valid_methods or ()) - {"OPTIONS"}))
