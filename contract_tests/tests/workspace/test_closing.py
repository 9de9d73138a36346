"""Workspaces are closed by a call, and make room for others where there are too many."""

import threading

import httpx
import pytest

from mock_custify import MockCustify, create_app
from mock_custify.errors import UnauthorizedError
from mock_custify.limits import Limits
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store
from mock_custify.workspace import store as store_module

pytest_plugins = ["pytester"]


def key(name):
    return {"Authorization": f"Bearer {name}"}


def test_a_closed_workspace_is_gone_and_its_key_opens_a_new_one():
    with MockCustify.serve() as server:
        httpx.post(f"{server.url}/people", json={"user_id": "u1"}, headers=key("a"))
        answer = httpx.delete(f"{server.url}/_mock/workspace", headers=key("a"))

        assert (answer.status_code, answer.content) == (204, b"")
        assert server.connection.app.store.workspaces == {}
        assert server.with_key("a").people == []


@pytest.mark.parametrize("headers", [{}, key("wrong")])
def test_closing_a_workspace_needs_its_key(headers):
    client = create_app(Store(("right",))).test_client()

    assert client.delete("/_mock/workspace", headers=headers).status_code == 401


def test_closing_a_workspace_that_is_not_there_opens_none():
    app = create_app()

    assert app.test_client().delete("/_mock/workspace", headers=key("a")).status_code == 204
    assert app.store.workspaces == {}


def test_the_openapi_document_has_the_call():
    app = create_app()
    document = app.test_client().get("/_mock/openapi.json").json
    described = document["paths"]["/_mock/workspace"]["delete"]

    assert "204" in described["responses"]
    assert "security" not in described


def test_a_fixture_gives_its_workspace_back(pytester):
    pytester.makepyfile("def test_it(custify_server):\n    assert custify_server.people == []\n")
    with MockCustify.serve() as server:
        pytester.runpytest_inprocess(
            "-p", "no:cacheprovider", "-p", "no:xdist", "--custify-url", server.url
        ).assert_outcomes(passed=1)

        assert server.connection.app.store.workspaces == {}


def test_a_message_that_waits_for_another_attempt_ends_with_its_workspace():
    app = create_app()
    client = app.test_client()
    client.post("/_mock/faults", json={"status": 503}, headers=key("a"))
    client.post("/v1/identify", json={"userId": "u1"}, auth=("a", ""))
    client.delete("/_mock/workspace", headers=key("a"))

    assert app.data_plane.close(5) == 0
    assert app.store.workspaces == {}


def opened(store, name, *, changed=False):
    with store.open(name) as workspace:
        workspace.changes += changed
    return workspace


def test_the_fresh_workspace_that_was_not_used_for_the_longest_time_makes_room():
    store = Store(limits=Limits(workspaces=3))
    held = opened(store, "held", changed=True)
    first, second = opened(store, "first"), opened(store, "second")
    opened(store, "first")
    opened(store, "third")

    assert opened(store, "first") is first
    assert opened(store, "held") is held
    assert opened(store, "second") is not second


def test_a_workspace_that_was_reset_makes_room():
    store = Store(limits=Limits(workspaces=1))
    opened(store, "a", changed=True).reset()

    opened(store, "b")

    assert len(store.workspaces) == 1


def test_a_workspace_that_holds_something_makes_room_after_an_hour(monkeypatch):
    store = Store(limits=Limits(workspaces=1))
    opened(store, "a", changed=True)
    now = store_module.monotonic()
    monkeypatch.setattr(store_module, "monotonic", lambda: now + 3601)

    opened(store, "b", changed=True)

    with pytest.raises(UnauthorizedError, match="DELETE /_mock/workspace"):
        opened(store, "c")


def test_a_workspace_that_is_kept_in_a_file_never_makes_room(monkeypatch):
    store = Store(limits=Limits(workspaces=1))
    store.kept = True
    opened(store, "a", changed=True)
    now = store_module.monotonic()
    monkeypatch.setattr(store_module, "monotonic", lambda: now + 10**9)

    with pytest.raises(UnauthorizedError):
        opened(store, "b")


def test_a_workspace_with_somebody_inside_does_not_make_room():
    store = Store(limits=Limits(workspaces=1))
    inside, leave = threading.Event(), threading.Event()

    def stay():
        with store.open("a"):
            inside.set()
            leave.wait(60)

    thread = threading.Thread(target=stay)
    thread.start()
    inside.wait(60)
    try:
        with pytest.raises(UnauthorizedError):
            opened(store, "b")
    finally:
        leave.set()
        thread.join()


def test_a_server_that_had_a_retry_leaves_no_thread():
    with MockCustify.serve() as server:
        server.fail_next(503, times=99)
        httpx.post(f"{server.url}/v1/identify", json={"userId": "u1"}, auth=(server.api_key, ""))
        started = list(server.connection.app.data_plane.dispatcher.threads)
    for thread in started:
        thread.join(60)

    assert started
    assert not any(thread.is_alive() for thread in started)


def test_a_server_that_is_stopped_does_not_wait_for_the_next_look_at_its_end(monkeypatch):
    monkeypatch.setattr("mock_custify.server.server.TICK", 3600)
    server = ServerThread(create_app())
    stopping = threading.Thread(target=server.stop, daemon=True)

    stopping.start()
    stopping.join(30)

    assert not stopping.is_alive()


def test_a_server_whose_thread_fails_says_so(monkeypatch):
    def fail(_server, sockets=None):
        raise OSError(f"no loop for {len(sockets)} socket")

    monkeypatch.setattr("mock_custify.server.server.Server.run", fail)

    with pytest.raises(RuntimeError, match="the server could not start: OSError"):
        ServerThread(create_app())


def test_a_server_that_gets_no_thread_says_so(monkeypatch):
    def fail(_thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", fail)

    with pytest.raises(RuntimeError, match=r"the server could not start: .*can't start new thread"):
        ServerThread(create_app())
