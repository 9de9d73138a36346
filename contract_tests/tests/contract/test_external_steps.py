"""How many steps a run on external targets takes: looks at the state, waits, reads of the environment."""

from dataclasses import replace

import pytest
import requests

from custify_contract.law import BrokenLawError, Case
from custify_contract.laws import get_law
from custify_contract.run.external_custify import ExternalCustify
from custify_contract.run.in_process import InProcessTransformer
from custify_contract.run.runner import Targets
from support.sandbox import KEY

CREATES = get_law("identify.creates")
CASE = Case(({"type": "identify", "userId": "u1"},), facts={"person": "u1", "new": 1})


def test_a_check_that_fails_without_reading_the_state_is_not_repeated(url):
    checks = []

    def fail(_):
        checks.append(1)
        raise BrokenLawError("the message must be refused")

    targets = Targets(InProcessTransformer(), ExternalCustify(url, KEY, visibility_timeout=60))
    with pytest.raises(BrokenLawError):
        targets.run_case(replace(CREATES, check=fail), CASE)

    targets.custify.close()
    assert len(checks) == 1


def test_a_check_that_reads_the_state_is_repeated(url):
    checks = []

    def fail_at_first(trial):
        checks.append(trial.after)
        if len(checks) == 1:
            raise BrokenLawError("the person is missing")

    targets = Targets(InProcessTransformer(), ExternalCustify(url, KEY, visibility_timeout=60))
    targets.run_case(replace(CREATES, check=fail_at_first), CASE)

    targets.custify.close()
    assert len(checks) == 2


def test_a_write_that_the_first_look_shows_took_no_time(url):
    targets = Targets(InProcessTransformer(), ExternalCustify(url, KEY))

    targets.run_case(CREATES, CASE)

    targets.custify.close()
    assert (targets.held, targets.slowest) == (1, 0)


def test_the_environment_is_not_read_for_each_call(url, monkeypatch):
    custify, reads = ExternalCustify(url, KEY), []
    monkeypatch.setattr(requests.sessions, "get_environ_proxies", lambda *_, **__: reads.append(1) or {})

    custify.read("/people/all", {})

    assert reads == []


def test_a_netrc_file_does_not_replace_the_api_key(url, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))

    assert isinstance(ExternalCustify(url, KEY).read("/people/all", {}), dict | list)
