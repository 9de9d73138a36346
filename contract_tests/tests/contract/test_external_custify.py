"""An external Custify: ids of the run's own, reads by id, and no records left after the run."""

import re
import sys
from subprocess import PIPE, Popen
from unittest.mock import Mock

import pytest
import requests

from custify_contract.cli.stoppable_run import clean_up
from custify_contract.law import BrokenLawError, Case
from custify_contract.laws import ALL, get_law
from custify_contract.run import run_law, run_laws, runner
from custify_contract.run.external_custify import ExternalCustify
from custify_contract.run.failure_report import failure_report
from custify_contract.run.in_process import InProcessTransformer
from custify_contract.run.runner import Targets
from custify_contract.targets import CannotRunError, custify_call
from mock_custify.resources.associations.model import Associations
from support.sandbox import KEY

AUTHORIZED = {"Authorization": f"Bearer {KEY}"}
VISIBLE = [law for law in ALL if not law.needs_all]


@pytest.fixture
def external(url):
    targets = Targets(InProcessTransformer(), ExternalCustify(url, KEY))
    yield targets
    targets.custify.close()


def records_at(url):
    state = requests.get(f"{url}/_mock/state", headers=AUTHORIZED, timeout=5).json()
    return state["people"] + state["companies"]


def test_every_visible_law_holds_on_another_server(external):
    results = list(run_laws(VISIBLE, external, 2))

    assert [(result.law.id, result.broken) for result in results if result.outcome != "holds"] == []


def test_a_law_about_records_that_cannot_be_read_is_not_visible(external):
    result = run_law(get_law("track.one-event"), external, 5)

    assert result.outcome == "not visible"


def test_close_deletes_all_records_of_a_run(url):
    custify = ExternalCustify(url, KEY)
    run_law(get_law("association.exists.yes-no"), Targets(InProcessTransformer(), custify), 5)

    custify.close()

    assert records_at(url) == []


def test_close_deletes_the_records_of_a_broken_law(url, monkeypatch):
    monkeypatch.setattr(Associations, "associate", lambda *_: None)
    custify = ExternalCustify(url, KEY, visibility_timeout=0)
    run_law(get_law("association.exists.yes-no"), Targets(InProcessTransformer(), custify), 2)

    custify.close()

    assert records_at(url) == []


def test_the_repeat_command_has_the_urls_and_not_the_key(url, monkeypatch):
    monkeypatch.setattr(Associations, "associate", lambda *_: None)
    targets = Targets(InProcessTransformer("production"), ExternalCustify(url, KEY, visibility_timeout=0))

    result = run_law(get_law("association.exists.yes-yes"), targets, 2)

    targets.custify.close()
    command = failure_report(result).repeat.command()
    assert command.endswith(f"--examples 2 --profile production --custify {url} --api-key KEY")


def test_records_of_other_users_are_not_changed(url):
    requests.post(f"{url}/people", json={"user_id": "u1"}, headers=AUTHORIZED, timeout=5)
    custify = ExternalCustify(url, KEY)
    run_law(get_law("identify.creates"), Targets(InProcessTransformer(), custify), 3)

    custify.close()

    assert [record["user_id"] for record in records_at(url)] == ["u1"]
    requests.delete(f"{url}/people", params={"user_id": "u1"}, headers=AUTHORIZED, timeout=5)


class SlowCustify(ExternalCustify):
    """A Custify that shows a write only when its state is observed for the third time."""

    observations = 0

    def send(self, request):
        self.observations = 0
        return super().send(request)

    def observe(self, api_key=KEY):
        self.observations += 1
        return (
            super().observe(api_key)
            if self.observations > 2
            else type(super().observe(api_key))((), (), None)
        )


def test_a_check_waits_until_a_write_is_readable(url):
    targets = Targets(InProcessTransformer(), SlowCustify(url, KEY, visibility_timeout=60))
    case = Case(({"type": "identify", "userId": "u1"},), facts={"person": "u1", "new": 1})

    trial = targets.run_case(get_law("identify.creates"), case)

    targets.custify.close()
    assert len(trial.after.people) == 1


def test_a_write_that_is_never_readable_breaks_the_law(url):
    targets = Targets(InProcessTransformer(), SlowCustify(url, KEY, visibility_timeout=0))
    case = Case(({"type": "identify", "userId": "u1"},), facts={"person": "u1", "new": 1})

    with pytest.raises(BrokenLawError, match="must exist exactly once, found 0"):
        targets.run_case(get_law("identify.creates"), case)

    targets.custify.close()


def test_computed_fields_are_not_part_of_the_observed_state(external):
    external.custify.reset()
    made = external.custify.rename({"company_id": "g1", "user_id": "u1"})
    for path, body in (
        ("/company", made),
        ("/people", made),
        ("/event", {**made, "name": "Login", "created_at": "2026-01-31"}),
    ):
        external.custify.send(custify_call("POST", path, body))

    shown = {*external.custify.observe().companies[0]}

    assert shown == {"company_id", "churned", "custom_attributes", "people"}


def test_a_call_waits_for_the_rate_limit(url):
    custify = ExternalCustify(url, KEY)
    limit, once = f"{url}/_mock/rate-limit", {"requests": 1, "seconds": 1}
    requests.put(limit, json=once, headers=AUTHORIZED, timeout=5)

    responses = [
        custify.send(custify_call("POST", "/people", custify.rename({"user_id": "u1"}))) for _ in range(3)
    ]

    requests.delete(limit, headers=AUTHORIZED, timeout=5)
    custify.close()
    assert [response.status for response in responses] == [200, 200, 200]


def test_a_smaller_case_waits_less_for_a_write(url):
    custify = SlowCustify(url, KEY, visibility_timeout=60)
    targets = Targets(InProcessTransformer(), custify, shrinking=True)

    with pytest.raises(BrokenLawError):
        targets.run_case(
            get_law("identify.creates"),
            Case(({"type": "identify", "userId": "u1"},), facts={"person": "missing", "new": 1}),
        )

    custify.close()
    assert custify.observations < 10


def test_the_search_for_a_smaller_case_has_a_time_limit(url, monkeypatch):
    monkeypatch.setattr(Associations, "associate", lambda *_: None)
    monkeypatch.setattr(runner, "SHRINK_SECONDS", 0)
    custify = ExternalCustify(url, KEY, visibility_timeout=0.01)

    result = run_law(get_law("association.exists.yes-yes"), Targets(InProcessTransformer(), custify), 20)

    custify.close()
    assert (result.outcome, custify.example) == ("broken", result.tried)


def test_a_response_that_is_not_json_ends_the_run(url):
    web_page = ExternalCustify(f"{url}/_mock/ui", KEY)

    with pytest.raises(
        CannotRunError, match=r"answered 200 '<!doctype html>.*: this is not a Custify response"
    ):
        web_page.read("/", {})


def test_records_that_cannot_be_deleted_are_left(url):
    custify = ExternalCustify(url, KEY)
    run_law(get_law("identify.creates"), Targets(InProcessTransformer(), custify), 1)
    made, custify.api_key = custify.left, "wrong"

    custify.close(posted=False)
    assert custify.left == made != []

    custify.api_key = KEY
    custify.close()
    assert custify.left == []


def test_a_second_stop_prints_what_is_not_deleted(url, monkeypatch, capsys):
    custify = ExternalCustify(url, KEY)
    run_law(get_law("identify.creates"), Targets(InProcessTransformer(), custify), 1)
    monkeypatch.setattr(custify, "delete", Mock(side_effect=KeyboardInterrupt))
    count = len(custify.left)

    clean_up(Targets(InProcessTransformer(), custify))

    monkeypatch.undo()
    custify.close()
    expected = f"mock-custify: not deleted: {count} records with ids that begin with {custify.run}-\n"
    assert capsys.readouterr().err == expected


def test_a_stop_during_the_clean_up_of_a_law_ends_the_run(url, monkeypatch):
    custify = ExternalCustify(url, KEY)
    monkeypatch.setattr(custify, "close", Mock(side_effect=KeyboardInterrupt))

    with pytest.raises(KeyboardInterrupt):
        list(run_laws([get_law("identify.creates")], Targets(InProcessTransformer(), custify), 1))

    monkeypatch.undo()
    custify.close()


def test_a_run_with_a_refused_key_leaves_no_records(url):
    custify = ExternalCustify(url, "wrong")

    with pytest.raises(CannotRunError, match="refuses the API key"):
        run_law(get_law("identify.creates"), Targets(InProcessTransformer(), custify), 1)

    assert (len(custify.people) > 0, custify.left) == (True, [])


def test_a_stopped_run_prints_its_results_and_deletes_its_records(url):
    options = ["--custify", url, "--api-key", KEY, "--law", "identify", "--examples", "40"]
    command = [sys.executable, "-m", "mock_custify", "contract", *options]
    with Popen(command, stdout=PIPE, stderr=PIPE, text=True) as process:
        first = process.stderr.readline()
        process.terminate()
        output, more = process.communicate(timeout=60)

    held = len(re.findall(": holds\n", first + more))
    assert first == "identify.creates: holds\n"
    assert re.search(rf"^{held} of \d+ laws hold; \d+ were not tried", output, re.MULTILINE), output
    assert (process.returncode, records_at(url)) == (2, [])


def test_a_wrong_key_ends_the_run(url):
    custify = ExternalCustify(url, "wrong")

    with pytest.raises(CannotRunError, match="refuses the API key"):
        custify.read("/people", {"user_id": "u1"})
