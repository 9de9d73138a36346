"""Ids that are nested too deeply: the job is refused, and the others are answered."""

import pytest

from mock_custify import create_app

HEADERS = {"Content-Type": "application/json"}
DESTINATION = '{"Config":{"apiKey":"k"}}'


def nested(depth):
    return "[" * depth + "1" + "]" * depth


def entries(path, *user_ids):
    jobs = ",".join(
        f'{{"message":{{"type":"identify","userId":{user_id}}},"metadata":{{"jobId":{number}}},'
        f'"destination":{DESTINATION}}}'
        for number, user_id in enumerate(user_ids)
    )
    body = f"[{jobs}]" if path != "/routerTransform" else f'{{"destType":"custify","input":[{jobs}]}}'
    answer = create_app().test_client().post(path, data=body, headers=HEADERS)
    assert answer.status_code == 200
    return answer.json["output"] if path == "/routerTransform" else answer.json


@pytest.mark.parametrize("path", ["/v0/destinations/custify", "/routerTransform"])
@pytest.mark.parametrize("depth", [486, 520, 700, 850, 900])
def test_a_job_that_is_nested_too_deeply_is_refused_alone(path, depth):
    first, deep, last = entries(path, '"u1"', nested(depth), '"u2"')

    assert (first["statusCode"], last["statusCode"]) == (200, 200)
    assert deep["statusCode"] in {200, 400}
    if deep["statusCode"] == 400:
        assert deep["error"] == "nested too deeply"
        assert deep["metadata"] in ({"jobId": 1}, [{"jobId": 1}])


@pytest.mark.parametrize("path", ["/v0/destinations/custify", "/routerTransform"])
def test_the_refusal_says_what_kind_it_is(path):
    (deep,) = entries(path, nested(900))

    assert deep["statTags"]["errorType"] == "instrumentation"


@pytest.mark.parametrize("path", ["/deleteUsers", "/v0/destinations/custify/proxy"])
@pytest.mark.parametrize("depth", [486, 700, 970, 2000])
def test_other_calls_do_not_fail_by_depth(path, depth):
    deep = nested(depth)
    deletion = f'[{{"destType":"custify","userAttributes":[{{"userId":{deep}}}],"config":{{"apiKey":"k"}}}}]'
    proxied = f'{{"endpoint":"https://api.custify.com/people","body":{{"JSON":{{"a":{deep}}}}}}}'

    answer = (
        create_app()
        .test_client()
        .post(path, data=deletion if path == "/deleteUsers" else proxied, headers=HEADERS)
    )

    assert answer.status_code in {200, 400, 401}
    assert b"the mock failed" not in answer.data
