"""The page about what is covered tells every call of the Custify API that is served, and no other."""

import re

from mock_custify.api.gate import gate
from mock_custify.resources import ALL
from support.paths import ROOT

PAGE = (ROOT / "docs" / "coverage-api.md").read_text()
ROW = re.compile(r"^\| `(\w+ /\S*)` \| [^|]+ \| (V|C2|C1|D|T|I) \|", re.MULTILINE)


def test_the_page_and_the_routes_name_the_same_calls():
    routes = [route for endpoints in ALL if endpoints.around is gate for route in endpoints.routes]

    told = [call for call, _ in ROW.findall(PAGE)]

    assert sorted(told) == sorted(f"{route.method} {route.path}" for route in routes)
