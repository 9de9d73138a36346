"""Applications of one process share compiled rules, and nothing else of their rules."""

import pytest
from flask import url_for
from werkzeug.routing import BaseConverter, Rule

from mock_custify import create_app
from mock_custify.app import SharedRule


class Letters(BaseConverter):
    """A part of letters."""

    regex = "[a-z]+"


class Digits(BaseConverter):
    """A part of digits."""

    regex = "[0-9]+"


@pytest.fixture
def parsed(monkeypatch):
    create_app()
    rules, parse = [], Rule._parse_rule  # noqa: SLF001 - Werkzeug counts nothing
    monkeypatch.setattr(Rule, "_parse_rule", lambda self, rule: rules.append(rule) or parse(self, rule))
    return rules


def with_converter(converter):
    app = create_app()
    app.url_map.converters["own"] = converter
    app.add_url_rule("/own/<own:part>", "own", lambda part: part)
    return app


def test_a_second_application_compiles_no_rule(parsed):
    create_app()

    assert parsed == []


def test_the_builder_of_a_rule_is_compiled_with_its_first_url(monkeypatch):
    compiled, compile_builder = [], Rule._compile_builder  # noqa: SLF001 - Werkzeug counts nothing
    monkeypatch.setattr(SharedRule, "compiled", {})
    monkeypatch.setattr(
        Rule, "_compile_builder", lambda self, *how: compiled.append(self.rule) or compile_builder(self, *how)
    )
    app = create_app()
    assert compiled == []

    with app.test_request_context():
        urls = [url_for("people.get_person", person_id=name) for name in ("7", "8")]

    assert (urls, compiled) == (["/people/7", "/people/8"], ["/people/<person_id>"])


@pytest.mark.parametrize(("converter", "found"), [(Letters, "abc"), (Digits, "123"), (Letters, "xyz")])
def test_each_application_has_its_own_converters(converter, found):
    client = with_converter(converter).test_client()

    answers = {part: client.get(f"/own/{part}").status_code for part in ("abc", "123", "xyz")}

    assert {part for part, status in answers.items() if status == 200} == (
        {"123"} if converter is Digits else {"abc", "xyz"}
    )
    assert client.get(f"/own/{found}").text == found


def test_a_rule_that_is_changed_in_place_changes_no_other_application():
    first, second = create_app(), create_app()
    (rule,) = first.url_map.iter_rules("people.get_person")
    rule.rule = "/humans/<person_id>"
    rule.refresh()

    urls = []
    for app in (first, second, create_app()):
        with app.test_request_context():
            urls.append(url_for("people.get_person", person_id="7"))

    assert urls == ["/humans/7", "/people/7", "/people/7"]


def test_the_url_of_a_rule_has_the_query_in_the_order_of_its_own_application():
    first, second = create_app(), create_app()
    second.url_map.sort_parameters = True

    urls = []
    for app in (first, second):
        with app.test_request_context():
            urls.append(url_for("people.get_person", person_id="7", b=1, a=2))

    assert urls == ["/people/7?b=1&a=2", "/people/7?a=2&b=1"]
