"""A transformer service at a URL, whose answers a test changes."""

from __future__ import annotations

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import requests

from custify_transformer.javascript import encode
from custify_transformer.service import ServiceRequest, UpstreamResponse, answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from custify_transformer import HttpRequest

Answer: TypeAlias = "tuple[int, Any] | None"  # status and body; None closes the connection
AnswerTo: TypeAlias = "Callable[[Any, Callable[..., Any]], Answer]"


class TransformerServer(ThreadingHTTPServer):
    """Our `documented` service; `answer_to` gets each message and a function with the usual answer."""

    daemon_threads = True

    def __init__(self, answer_to: AnswerTo, custify: str, key: str) -> None:
        self.answer_to, self.custify, self.key = answer_to, custify, key
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"

    def deliver(self, request: HttpRequest) -> UpstreamResponse:
        """Send the company of a group to the Custify."""
        response = requests.post(
            request.endpoint.replace("https://api.custify.com", self.custify),
            json=request.body,
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=60,
        )
        return UpstreamResponse(response.status_code, response.json())

    def usual(self, path: str, body: bytes, *, posts: bool) -> Any:
        """Return the usual answer; with `posts`, the company of a group is posted."""
        request = ServiceRequest("POST", path, {}, body)
        made = answer(request, self.deliver if posts else lambda _: UpstreamResponse(200, {}), "documented")
        return json.loads(encode(made.body))


class Handler(BaseHTTPRequestHandler):
    """Answers one call."""

    def do_POST(self) -> None:
        """Answer with what the test returns for the message."""
        server = cast("TransformerServer", self.server)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        events = json.loads(body)
        event = events["input"][0] if isinstance(events, dict) else events[0]
        found = server.answer_to(
            event["message"], lambda *, posts=True: server.usual(self.path, body, posts=posts)
        )
        if found is None:
            self.close_connection = True
            return
        status, content = found
        data = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def transformer_server(answer_to: AnswerTo, custify: str = "", key: str = "") -> Iterator[TransformerServer]:
    """Run the service in a thread; yield the server."""
    server = TransformerServer(answer_to, custify, key)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
