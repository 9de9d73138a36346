"""Targets behind a URL: ids of the run's own, reads by id, and nothing left behind."""

import json
import re
import sys
from math import inf
from subprocess import PIPE, Popen
from unittest.mock import Mock

import pytest
import requests

from custify_contract import runner
from custify_contract.causes import causes_of
from custify_contract.law import BrokenLawError, Case
from custify_contract.laws import ALL, get_law, named_laws, rows
from custify_contract.outside import OutsideCustify
from custify_contract.outside_transformer import OutsideTransformer, printed
from custify_contract.runner import Bench, run_law, run_laws
from custify_contract.story import story_of
from custify_contract.targets import CannotRunError, OurTransformer, call
from mock_custify.app import create_app
from mock_custify.cli.contract import clean_up
from mock_custify.resources.associations.model import Associations
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store

KEY = "sandbox"
AUTHORIZED = {"Authorization": f"Bearer {KEY}"}
VISIBLE = [law for law in ALL if not law.needs_all]
GROUP_ROWS = [law for law in rows.LAWS if law.id.startswith("group.")]
UNSEEN = ("group.company-then-person", "message.type-in-any-case", "message.either-order")
WHOLE_GROUPS = [*named_laws("association.exists"), *(get_law(name) for name in UNSEEN)]
NOBODY = {"person": "nobody", "grown": 1}


@pytest.fixture(scope="module")
def url():
    server = ServerThread(create_app(Store([KEY])))
    yield server.url
    server.stop()


@pytest.fixture
def outside(url):
    bench = Bench(OurTransformer(), OutsideCustify(url, KEY))
    yield bench
    bench.custify.close()


def records_at(url):
    state = requests.get(f"{url}/_mock/state", headers=AUTHORIZED, timeout=5).json()
    return state["people"] + state["companies"]


def test_every_law_that_shows_from_outside_holds_on_another_server(outside):
    results = list(run_laws(VISIBLE, outside, 2))

    assert [(result.law.id, result.broken) for result in results if result.verdict != "holds"] == []


def test_a_law_about_what_cannot_be_read_is_not_visible(outside):
    result = run_law(get_law("track.one-event"), outside, 5)

    assert result.verdict == "not visible"


def test_nothing_is_left_behind(url):
    custify = OutsideCustify(url, KEY)
    run_law(get_law("association.exists.yes-no"), Bench(OurTransformer(), custify), 5)

    custify.close()

    assert records_at(url) == []


def test_nothing_is_left_behind_by_a_broken_law(url, monkeypatch):
    monkeypatch.setattr(Associations, "associate", lambda *_: None)
    custify = OutsideCustify(url, KEY, patience=0)
    run_law(get_law("association.exists.yes-no"), Bench(OurTransformer(), custify), 2)

    custify.close()

    assert records_at(url) == []


def test_the_command_of_a_story_names_the_servers_and_keeps_the_key_to_itself(url, monkeypatch):
    monkeypatch.setattr(Associations, "associate", lambda *_: None)
    bench = Bench(OurTransformer("production"), OutsideCustify(url, KEY, patience=0))

    result = run_law(get_law("association.exists.yes-yes"), bench, 2)

    bench.custify.close()
    command = story_of(result).again.command()
    assert command.endswith(f"--examples 2 --profile production --custify {url} --api-key KEY")


def test_a_transformer_at_a_url_is_named_in_the_command_that_repeats_a_run():
    assert OutsideTransformer("http://127.0.0.1:9090/", KEY).options == (
        "--transformer http://127.0.0.1:9090/v0/destinations/custify"
    )


def test_records_of_others_are_not_touched(url):
    requests.post(f"{url}/people", json={"user_id": "u1"}, headers=AUTHORIZED, timeout=5)
    custify = OutsideCustify(url, KEY)
    run_law(get_law("identify.creates"), Bench(OurTransformer(), custify), 3)

    custify.close()

    assert [record["user_id"] for record in records_at(url)] == ["u1"]
    requests.delete(f"{url}/people", params={"user_id": "u1"}, headers=AUTHORIZED, timeout=5)


class SlowCustify(OutsideCustify):
    """Shows a write only at the third look after it."""

    looks = 0

    def send(self, request):
        self.looks = 0
        return super().send(request)

    def snapshot(self, api_key=KEY):
        self.looks += 1
        return super().snapshot(api_key) if self.looks > 2 else type(super().snapshot(api_key))((), (), None)


def test_a_write_that_is_readable_later_is_waited_for(url):
    bench = Bench(OurTransformer(), SlowCustify(url, KEY, patience=2))
    case = Case(({"type": "identify", "userId": "u1"},), facts={"person": "u1", "grown": 1})

    trial = bench.play(get_law("identify.creates"), case)

    bench.custify.close()
    assert len(trial.after.people) == 1


def test_a_write_that_never_shows_is_a_broken_law(url):
    bench = Bench(OurTransformer(), SlowCustify(url, KEY, patience=0))
    case = Case(({"type": "identify", "userId": "u1"},), facts={"person": "u1", "grown": 1})

    with pytest.raises(BrokenLawError, match="must exist exactly once, found 0"):
        bench.play(get_law("identify.creates"), case)

    bench.custify.close()


class PostsElsewhere(OurTransformer):
    """Posts the company of a group itself, to a Custify that nobody looks at."""

    calls_itself = True

    def transform(self, message, settings):
        return tuple(made for made in super().transform(message, settings) if "/company" not in made.endpoint)


def test_a_transformer_that_posts_companies_itself_breaks_only_what_production_is_known_to_break(url):
    custify = OutsideCustify(url, KEY)
    bench = Bench(OutsideTransformer(url, KEY), custify)

    results = list(run_laws(GROUP_ROWS, bench, 3))

    assert [result.broken for result in results if result.trial and not causes_of(result)] == []
    assert {result.law.id for result in results if result.verdict == "holds"} >= {"group.name", "group.size"}


def test_a_company_that_is_posted_unseen_breaks_no_law_about_the_whole_workspace(url, monkeypatch):
    monkeypatch.setattr(runner, "SHRINKING", 0)
    custify = OutsideCustify(url, KEY, patience=0.01)

    results = list(run_laws(WHOLE_GROUPS, Bench(OutsideTransformer(url, KEY), custify), 4))

    assert [result.broken for result in results if result.trial and not causes_of(result)] == []
    assert "holds" in {result.verdict for result in results}


def test_an_infinite_number_reaches_a_transformer_as_a_number_that_is_too_large(url):
    message = {"type": "identify", "userId": "u1", "traits": {"score": [inf, "inf"]}}

    assert json.loads(printed(message)) == message
    assert OutsideTransformer(url, KEY).transform(message, {"apiKey": KEY})


def test_a_company_that_never_comes_is_said_to_be_the_transformers_own_call(url):
    bench = Bench(PostsElsewhere(), OutsideCustify(url, KEY, patience=0))
    message = {"type": "group", "userId": "u1", "groupId": "g1", "traits": {"name": "Tech"}}
    case = Case((message,), facts={"expected": "Tech"})

    with pytest.raises(BrokenLawError, match=re.escape("does https://api.custify.com lead there")):
        bench.play(get_law("group.name"), case)

    bench.custify.close()


def test_what_an_answer_computes_is_not_taken_for_a_change(outside):
    outside.custify.reset()
    made = outside.custify.rename({"company_id": "g1", "user_id": "u1"})
    for path, body in (("/company", made), ("/people", made), ("/event", {**made, "name": "Login"})):
        outside.custify.send(call("POST", path, body))

    assert {*outside.custify.snapshot().companies[0]} == {"company_id", "custom_attributes", "people"}


def test_a_limit_of_the_rate_is_waited_for(url):
    custify = OutsideCustify(url, KEY)
    limit, once = f"{url}/_mock/rate-limit", {"requests": 1, "seconds": 1}
    requests.put(limit, json=once, headers=AUTHORIZED, timeout=5)

    replies = [custify.send(call("POST", "/people", custify.rename({"user_id": "u1"}))) for _ in range(3)]

    requests.delete(limit, headers=AUTHORIZED, timeout=5)
    custify.close()
    assert [reply.status for reply in replies] == [200, 200, 200]


def test_a_smaller_case_is_looked_for_in_a_hurry(url):
    custify = SlowCustify(url, KEY, patience=60)
    bench = Bench(OurTransformer(), custify, hurry=True)

    with pytest.raises(BrokenLawError):
        bench.play(get_law("identify.creates"), Case(({"type": "identify", "userId": "u1"},), facts=NOBODY))

    custify.close()
    assert custify.looks < 10


def test_the_time_for_smaller_cases_is_bounded(url, monkeypatch):
    monkeypatch.setattr(Associations, "associate", lambda *_: None)
    monkeypatch.setattr(runner, "SHRINKING", 0)
    custify = OutsideCustify(url, KEY, patience=0.01)

    result = run_law(get_law("association.exists.yes-yes"), Bench(OurTransformer(), custify), 20)

    custify.close()
    assert (result.verdict, custify.example) == ("broken", result.tried)


def test_something_that_is_no_custify_is_said_so(url):
    web_page = OutsideCustify(f"{url}/_mock/ui", KEY)

    with pytest.raises(CannotRunError, match=r"answered 200 '<!doctype html>.*: that is no Custify's"):
        web_page.read("/", {})


def test_what_cannot_be_deleted_is_named(url):
    custify = OutsideCustify(url, KEY)
    run_law(get_law("identify.creates"), Bench(OurTransformer(), custify), 1)
    made, custify.api_key = [name for _, name in custify.people], "wrong"

    custify.close()
    assert custify.left == made

    custify.api_key = KEY
    custify.close()
    assert custify.left == []


def test_who_stops_twice_is_told_what_is_left(url, monkeypatch, capsys):
    custify = OutsideCustify(url, KEY)
    run_law(get_law("identify.creates"), Bench(OurTransformer(), custify), 1)
    monkeypatch.setattr(custify, "forget", Mock(side_effect=KeyboardInterrupt))

    clean_up(Bench(OurTransformer(), custify))

    monkeypatch.undo()
    custify.close()
    told = f"mock-custify: not deleted: 1 record with ids that begin with {custify.run}-\n"
    assert capsys.readouterr().err == told


def test_a_stop_while_a_law_is_cleaned_up_ends_the_run(url, monkeypatch):
    custify = OutsideCustify(url, KEY)
    monkeypatch.setattr(custify, "close", Mock(side_effect=KeyboardInterrupt))

    with pytest.raises(KeyboardInterrupt):
        list(run_laws([get_law("identify.creates")], Bench(OurTransformer(), custify), 1))

    monkeypatch.undo()
    custify.close()


def test_who_is_refused_has_made_nothing(url):
    custify = OutsideCustify(url, "wrong")

    with pytest.raises(CannotRunError, match="refuses the key"):
        run_law(get_law("identify.creates"), Bench(OurTransformer(), custify), 1)

    assert (len(custify.people) > 0, custify.left) == (True, [])


def test_a_run_that_is_stopped_tells_what_it_has_and_leaves_nothing_behind(url):
    options = ["--custify", url, "--api-key", KEY, "--law", "identify", "--examples", "40"]
    command = [sys.executable, "-m", "mock_custify", "contract", *options]
    with Popen(command, stdout=PIPE, stderr=PIPE, text=True) as process:
        first = process.stderr.readline()
        process.terminate()
        told, _ = process.communicate(timeout=60)

    assert first == "identify.creates: holds\n"
    assert "of 16 laws hold" in told
    assert "were not tried" in told
    assert (process.returncode, records_at(url)) == (2, [])


@pytest.mark.parametrize("path", ["", "/v0/destinations/custify", "/routerTransform"])
def test_a_transformer_behind_a_url_is_tested_with_the_custify_that_it_reaches(url, path):
    custify = OutsideCustify(url, KEY)
    bench = Bench(OutsideTransformer(url + path, KEY), custify)

    result = run_law(get_law("identify.updates"), bench, 3)

    custify.close()
    assert (result.verdict, result.broken) == ("holds", "")


def test_something_that_is_no_transformer_is_said_so(url):
    transformer = OutsideTransformer(f"{url}/nowhere", KEY)

    with pytest.raises(CannotRunError, match="that is no transformer's answer"):
        transformer.transform({"type": "identify", "userId": "u1"}, {"apiKey": KEY})


def test_a_wrong_key_is_said_so(url):
    custify = OutsideCustify(url, "wrong")

    with pytest.raises(CannotRunError, match="refuses the key"):
        custify.read("/people", {"user_id": "u1"})
