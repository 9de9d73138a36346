"""Web pages of other origins: what a browser lets them send must change nothing here."""

import json
from base64 import b64encode

import pytest

from mock_custify import create_app
from mock_custify.server.hosts import AllowedHosts
from mock_custify.server.server import ServerThread
from support.api import Api
from support.sockets import exchange, request

KEY = "socket-key"
FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://x:81"},
    {"Origin": "http://x.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://x"},
]
OWN = [
    {},
    {"Origin": "http://x"},
    {"Origin": "http://X"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:3000"},
]
FORMS = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
DELETION = [
    {"jobId": 1, "destType": "custify", "config": {"apiKey": KEY}, "userAttributes": [{"userId": "u1"}]}
]
BUILT = {
    "endpoint": "https://api.custify.com/people?user_id=u1",
    "method": "DELETE",
    "headers": {"Authorization": f"Bearer {KEY}"},
    "body": {"JSON": {}},
}
CALLS = [
    ("POST", "/v0/destinations/custify/proxy", BUILT),
    ("POST", "/deleteUsers", DELETION),
    ("POST", "/_mock/reset", {}),
    ("DELETE", "/_mock/state", {}),
    ("POST", "/_mock/faults", {"status": 503}),
    ("DELETE", "/people?user_id=u1", {}),
]


@pytest.fixture(scope="module")
def running():
    running = ServerThread(create_app())
    yield running
    running.stop()


@pytest.fixture
def server(running):
    exchange(running.url, request("POST", "/_mock/reset"), request("POST", "/people", b'{"user_id":"u1"}'))
    return running


def sent(server, call, headers):
    """Return the status of a call with more headers."""
    method, path, body = call
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return exchange(server.url, request(method, path, json.dumps(body).encode(), *lines))[0]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("kind", FORMS)
def test_a_form_of_another_origin_changes_nothing(server, call, headers, kind):
    answer = sent(server, call, {**headers, "Content-Type": kind})

    assert answer.status == 403
    assert "a web page of another origin sent this" in answer.json["error"]
    state = exchange(server.url, request("GET", "/_mock/state"), request("GET", "/_mock/faults"))
    assert (len(state[0].json["people"]), state[1].json) == (1, {"faults": []})


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("headers", OWN)
def test_what_no_page_of_another_origin_sends_is_answered(server, call, headers):
    assert sent(server, call, {**headers, "Content-Type": "text/plain"}).status == 200


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=utf-8", "application/ld+json"]
)
def test_json_is_taken_from_any_origin_because_browsers_ask_before_they_send_it(server, headers, kind):
    assert sent(server, CALLS[0], {**headers, "Content-Type": kind}).status == 200


@pytest.mark.parametrize("path", [path for _, path, _ in CALLS])
def test_a_browser_that_asks_gets_no_leave(server, path):
    asked = request(
        "OPTIONS", path, b"", "Origin: http://evil.example", "Access-Control-Request-Method: POST"
    )

    answer = exchange(server.url, asked)[0]

    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/people/all", "/_mock/state", "/_mock/requests"])
def test_reading_is_answered_for_any_origin_but_a_page_cannot_see_it(server, path):
    answer = exchange(server.url, request("GET", path, b"", "Origin: http://evil.example"))[0]

    assert answer.status == 200
    assert "access-control-allow-origin" not in answer.headers


def test_the_data_plane_takes_messages_from_pages(server):
    basic = b64encode(f"{KEY}:".encode()).decode()
    headers = {
        "Origin": "http://shop.example",
        "Content-Type": "text/plain",
        "Authorization": f"Basic {basic}",
    }
    lines = [f"{name}: {value}" for name, value in headers.items()]
    body = b'{"userId":"u2"}'
    head = ["POST /v1/identify HTTP/1.1", "Host: x", *lines, f"Content-Length: {len(body)}", "", ""]

    answer = exchange(server.url, "\r\n".join(head).encode() + body)[0]

    assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, "http://shop.example")


ELSEWHERE = [
    "/_mock/reset",
    "//_mock/reset",
    "/%5Fmock/reset",
    "/_MOCK/reset",
    "/people/../_mock/reset",
    "/people/%2e%2e/_mock/reset",
    "/people%2f..%2f_mock/reset",
    "/./_mock/reset",
    "/_mock/reset?x=/people",
    "/_mock/reset#/people",
    "/_mock/reset;/people",
    "/\\_mock/reset",
    "/_mock\t/reset",
    "/_mock/snapshots/x/restore",
    "/_mock/faults",
    "/_mock/ui/api/preview",
    "/v1/identify",
    "/v1/batch",
    "/v0/destinations/custify",
    "/v0/destinations/custify/proxy",
    "/routerTransform",
    "/deleteUsers",
    "_mock/reset",
    "",
]


@pytest.mark.parametrize("path", ELSEWHERE)
@pytest.mark.parametrize("start", ["https://api.custify.com", "", "//x"])
@pytest.mark.parametrize("first", [True, False])
def test_the_proxy_reaches_nothing_but_custify(path, start, first):
    api = Api(key=KEY)
    if not first:
        api.get("/people/all")
    api.post("/people", {"user_id": "u1"})
    api.post("/_mock/faults", {"path": "/none", "status": 503})

    api.post("/v0/destinations/custify/proxy", {**BUILT, "method": "POST", "endpoint": start + path})

    assert (api.status, len(api.get("/_mock/state")["people"]), len(api.get("/_mock/faults")["faults"])) == (
        400,
        1,
        1,
    )


@pytest.mark.parametrize(
    "host",
    [
        *(
            "localhost",
            "localhost:8765",
            "LOCALHOST.",
            "app.localhost:1",
            "127.0.0.1:8765",
            "127.9.9.9",
            "[::1]:80",
        ),
        *(
            "192.168.1.5",
            "host.docker.internal:8765",
            "host.containers.internal",
            "custify",
            "api.custify.com",
            "",
        ),
        "fake.test:8765",
    ],
)
def test_a_server_on_loopback_answers_to_private_names(host):
    assert AllowedHosts("127.0.0.1", ["fake.test"]).refusal(host) is None


@pytest.mark.parametrize(
    "host",
    [
        *(
            "evil.example",
            "evil.example:8765",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "evil.example.",
        ),
        *(
            "api.custify.com.evil.example",
            "notlocalhost.example",
            "127.0.0.1@evil.example",
            "[::1",
            "fake.test.x",
        ),
    ],
)
@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_a_server_on_loopback_refuses_other_names_and_says_what_to_do(host, address):
    status, text = AllowedHosts(address, ["fake.test"]).refusal(host)

    assert status == 403
    assert repr(host) in text
    assert "--allow-host NAME" in text


@pytest.mark.parametrize("host", ["evil.example", "custify.svc.cluster.local", "fake"])
def test_a_server_that_other_machines_reach_answers_to_any_name(host):
    assert AllowedHosts("0.0.0.0").refusal(host) is None  # noqa: S104 - nothing listens there


@pytest.mark.parametrize("path", ["/people/all", "/_mock/health", "/_mock/ui/", "/v1/batch", "/_mock/docs"])
def test_a_name_of_a_page_is_refused_on_every_path(server, path):
    answer = exchange(server.url, request("GET", path).replace(b"Host: x", b"Host: evil.example"))[0]

    assert (answer.status, "evil.example" in answer.json["error"]) == (403, True)
