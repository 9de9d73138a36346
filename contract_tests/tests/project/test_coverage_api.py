"""The page about what is covered tells every call of the Custify API that is served, and no other."""

import re

from mock_custify import create_app
from mock_custify.api.openapi import routes_of
from mock_custify.resources.registry import BLUEPRINTS
from support.paths import ROOT

PAGE = (ROOT / "docs" / "coverage-api.md").read_text()
ROW = re.compile(r"^\| `(\w+ /\S*)` \| [^|]+ \| (V|C2|C1|D|T|I) \|", re.MULTILINE)


def test_the_page_and_the_routes_name_the_same_calls():
    names = {blueprint.name for blueprint in BLUEPRINTS}
    routes = [route for route in routes_of(create_app()) if route.blueprint in names]

    told = [call for call, _ in ROW.findall(PAGE)]

    assert sorted(told) == sorted(f"{route.method} {route.path}" for route in routes)
