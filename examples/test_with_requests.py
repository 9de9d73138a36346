"""pytest and requests: the `custify` fixture answers https://api.custify.com in process."""

from examples.sync_people import report_sign_up


def test_a_sign_up_links_the_person_to_the_company(custify):
    report_sign_up("u1", "group01", "any-key")

    assert custify.person(user_id="u1").companies == ["group01"]


def test_a_sign_up_survives_one_failure_of_custify(custify):
    custify.fail_next(503)

    report_sign_up("u1", "group01", "any-key")

    assert [call.status for call in custify.requests] == [503, 200]


def test_a_sign_up_is_sent_once(custify):
    report_sign_up("u1", "group01", "any-key")

    custify.verify("POST", "/people", body={"user_id": "u1"}, times=1)
