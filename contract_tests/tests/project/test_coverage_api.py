"""The page about what is covered tells every call of the Custify API that is served, and no other."""

import re

from mock_custify import create_app
from mock_custify.api.openapi import routes_of
from mock_custify.resources.registry import BLUEPRINTS
from support.paths import ROOT, TESTS

PAGE = (ROOT / "docs" / "coverage-api.md").read_text()
ROW = re.compile(r"^\| `(\w+ /\S*)` \| [^|]+ \| (V|C2|C1|D|T|I) \| [^|]* \| (test_\w+) \|$", re.MULTILINE)
RULE = re.compile(r"^\| (\d+) \| [^|]+ \| `(test_\w+)::(test_\w+)` \|$", re.MULTILINE)
FILES = {path.stem: path.read_text() for path in TESTS.rglob("test_*.py")}


def test_the_page_and_the_routes_name_the_same_calls():
    names = {blueprint.name for blueprint in BLUEPRINTS}
    routes = [route for route in routes_of(create_app()) if route.blueprint in names]

    told = [call for call, _, _ in ROW.findall(PAGE)]

    assert sorted(told) == sorted(f"{route.method} {route.path}" for route in routes)


def test_every_call_has_a_file_of_tests_that_makes_it():
    for call, _, tests in ROW.findall(PAGE):
        start = "/" + call.split("/")[1]
        assert start in FILES[tests], f"{call} is not in {tests}"


def test_every_rule_of_the_vendor_has_a_test():
    rules = RULE.findall(PAGE)

    assert [int(number) for number, _, _ in rules] == list(range(1, 61))
    assert [rule for rule in rules if f"def {rule[2]}(" not in FILES[rule[1]]] == []
