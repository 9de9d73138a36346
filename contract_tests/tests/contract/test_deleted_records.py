"""A run on an external Custify deletes exactly the records that it created."""

import pytest
import requests

from custify_contract.laws import get_law
from custify_contract.run import run_laws
from custify_contract.run.external_custify import ExternalCustify
from custify_contract.run.external_transformer import ExternalTransformer
from custify_contract.run.in_process import InProcessTransformer
from custify_contract.run.runner import Targets
from custify_contract.targets import custify_call
from mock_custify.app import create_app
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store

KEY = "sandbox"
AUTHORIZED = {"Authorization": f"Bearer {KEY}"}
LAWS = (
    "identify.updates",
    "identify.email",
    "identify.email-places",
    "identify.user-id-wins",
    "group.name",
    "group.numeric-ids",
    "group.derived-id",
    "association.exists.no-no",
    "removal.any-value",
    "repeat.group-without-id",
)


@pytest.fixture
def url():
    server = ServerThread(create_app(Store([KEY])))
    yield server.url
    server.stop()


def deletions(url):
    found = requests.get(f"{url}/_mock/requests?limit=1000", headers=AUTHORIZED, timeout=5).json()
    return [(one["path"], one["status"]) for one in found["requests"] if one["method"] == "DELETE"]


def records_at(url):
    state = requests.get(f"{url}/_mock/state", headers=AUTHORIZED, timeout=5).json()
    return state["people"] + state["companies"]


@pytest.mark.parametrize("law_id", LAWS)
@pytest.mark.parametrize("is_external", [False, True], ids=["our-transformer", "external-transformer"])
def test_only_records_that_exist_are_deleted_and_none_is_left(url, law_id, is_external):
    transformer = ExternalTransformer(url, KEY) if is_external else InProcessTransformer()
    custify = ExternalCustify(url, KEY, 0)

    list(run_laws([get_law(law_id)], Targets(transformer, custify), 10))

    assert [one for one in deletions(url) if one[1] != 200] == []
    assert (records_at(url), custify.left) == ([], [])


def test_a_refused_record_is_not_deleted(url):
    custify = ExternalCustify(url, KEY)
    body = {"company_id": custify.with_prefix("g1"), "size": "many"}

    custify.send(custify_call("POST", "/company", body))
    custify.close(posted=False)

    assert deletions(url) == []


def test_a_record_that_was_deleted_is_not_deleted_again(url):
    custify = ExternalCustify(url, KEY)
    user_id = custify.with_prefix("u1")
    custify.send(custify_call("POST", "/people", {"user_id": user_id}))
    custify.send(custify_call("DELETE", "/people", user_id=user_id))

    custify.close()

    assert deletions(url) == [("/people", 200)]
