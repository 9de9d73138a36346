"""A setting of the destination that is misspelled is refused where it is set, and changes nothing."""

import pytest


@pytest.mark.parametrize(
    ("given", "meant"),
    [("sendAnonymousID", "sendAnonymousId"), ("send_anonymous_id", "sendAnonymousId"), ("api_key", "apiKey")],
)
def test_a_misspelled_setting_is_refused_with_the_right_name(api, given, meant):
    api.put("/_mock/destination", {"Config": {"sendAnonymousId": True}})

    answer = api.put("/_mock/destination", {"Config": {given: True}})

    assert (api.status, answer) == (
        400,
        {"error": f"Config: there is no setting {given!r}: did you mean {meant!r}?"},
    )
    assert api.get("/_mock/destination")["Config"] == {"sendAnonymousId": True}


@pytest.mark.parametrize("name", ["connectionMode", "somethingElse"])
def test_another_setting_is_kept(api, name):
    api.put("/_mock/destination", {"Config": {name: 1}})

    assert (api.status, api.get("/_mock/destination")["Config"]) == (200, {name: 1})
