"""A run on a Custify with a rate limit says that it waits."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from urllib3 import Retry

from custify_contract.run.external_custify import ExternalCustify


class Handler(BaseHTTPRequestHandler):
    """Refuses the first call, as a rate limit does."""

    def do_GET(self):
        refusals = self.server.refusals
        self.send_response(refusals.pop() if refusals else 200)
        self.send_header("Retry-After", "10")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        """Print nothing."""


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (429, "mock-custify: waiting 10 s: the rate limit of Custify\n"),
        (503, "mock-custify: waiting 10 s: Custify is not available\n"),
    ],
)
def test_a_wait_is_printed_once(server, status, line, monkeypatch, capsys):
    monkeypatch.setattr(Retry, "sleep_for_retry", lambda *_: True)
    server.refusals = [status]

    ExternalCustify(f"http://127.0.0.1:{server.server_port}", "k").read("/people", {"user_id": "u"})

    assert capsys.readouterr().err == line


def test_without_a_rate_limit_nothing_is_printed(server, capsys):
    server.refusals = []

    ExternalCustify(f"http://127.0.0.1:{server.server_port}", "k").read("/people", {"user_id": "u"})

    assert capsys.readouterr().err == ""
