"""The report counts personal data in custom fields and shows no value of it."""

import json

import pytest
from click.testing import CliRunner

from custify_transformer import Destination, transform
from mock_custify.cli import main
from mock_custify.replay.masking import masked
from support.replay_cases import write_lines

TIME = "2026-01-02T03:04:05.000Z"
SECRETS = ("ada.backup@example.org", "+44 20 7946 0001", "4111111111111111", "call me at grace@example.org")


def message(kind, **fields):
    return {"type": kind, "userId": "u1", "timestamp": TIME, **fields}


def archive_with(tmp_path, secret):
    return write_lines(
        tmp_path / "messages.jsonl",
        [
            message("identify", traits={"contact": secret, "sessionCount": 1}),
            message("identify", context={"traits": {"contact": secret, "sessionCount": 1}}),
            message("group", groupId="g1", traits={"contact": secret, "mrr": 1}),
            message("group", groupId="g1", userId="u2", traits={"contact": f"{secret}0", "mrr": 1}),
            message("track", event="Seen", properties={"contact": secret, "value": 0}),
            message("track", event="Seen", userId="nobody", properties={"contact": secret}),
            message("identify", traits={"contact": secret, "a.b": 1}),
        ],
    )


@pytest.mark.parametrize("secret", SECRETS)
def test_no_file_of_the_report_has_a_value_of_personal_data(tmp_path, secret):
    page, data = tmp_path / "report.html", tmp_path / "report.json"

    result = CliRunner().invoke(
        main,
        [
            *("replay", str(archive_with(tmp_path, secret)), "--against-profile", "production"),
            *("--report", str(page), "--json", str(data)),
        ],
    )

    report = json.loads(data.read_text())
    assert {(one["kind"], one["name"]) for one in report["personal_data"]} == {
        (kind, "contact") for kind in ("people", "companies", "events")
    }
    assert [one["field"] for one in report["races"]] == ["custom_attributes.contact"]
    for text in (page.read_text(), data.read_text(), result.stdout):
        assert secret not in text


@pytest.mark.parametrize(
    "found",
    [
        message("identify", traits={"email": "ada@example.org", "phone": "+44 20 7946 0001", "name": "Ada"}),
        message("group", groupId="g1", context={"traits": {"email": "ada@example.org"}}),
        message("identify", properties={"email": "ada@example.org"}),
        message("identify", traits={"plan": "Pro", "count": 123456789012, "when": "2026-01-02"}),
        {"type": "page", "properties": {"contact": "ada@example.org"}},
        {"type": "identify", "traits": "ada@example.org"},
        "ada@example.org",
        None,
    ],
)
def test_what_lands_in_no_custom_field_is_shown_as_it_is(found):
    assert masked(found) == found


def test_an_example_keeps_its_size_and_what_becomes_of_it():
    found = message("identify", traits={"contact": ["ada@example.org"], "note": "+44 20 7946 0001 Ä"})

    hidden = masked(found)

    assert hidden["traits"] == {"contact": ["xxx@xxxxxxx.xxx"], "note": "+00 00 0000 0000 x"}
    assert len(transform(hidden, Destination("k"))) == len(transform(found, Destination("k")))


def test_a_message_that_is_shown_stays_as_it_was():
    found = message("track", event="Seen", properties={"contact": "ada@example.org"})

    masked(found)

    assert found["properties"] == {"contact": "ada@example.org"}
