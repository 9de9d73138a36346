"""Laws about the mapping tables: one law for each row, checked on every path of the row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import Case, Law, Trial
from custify_contract.laws.checks import expect, expect_accepted, expect_same
from custify_contract.laws.mapping.tables import EVENT_RECORDS, TABLES, Row, RowTable
from custify_contract.strategies.byte_choices import ByteChoices, decoded
from custify_contract.strategies.edge_values import set_value
from custify_contract.strategies.messages import unmapped_traits
from custify_contract.strategies.pools import FRESH_EMAILS

if TYPE_CHECKING:
    from custify_contract.observed_state import Json

ABSENT: Final = (None, "", ...)  # null, empty text, and no field at all
RENAMED: Final = {"user_id": "userId", "company_id": "groupId", "email": "email"}
OFF_BY_DEFAULT: Final = ("unsubscribed_from_emails", "unsubscribed_from_calls", "churned")
NOT_SEEN: Final = (
    "stored (the transformer posts it: does https://api.custify.com lead there to this Custify?)"
)


def row_case(table: RowTable, row: Row, choices: ByteChoices) -> Case:
    """Return a message with values on some paths of the row, and the value that must arrive."""
    message = dict(table.message)
    message |= {"traits": unmapped_traits(choices), "context": {"traits": unmapped_traits(choices)}}
    wanted = None
    for path in row.paths:
        value = choices.maybe(row.values)
        set_value(message, path, choices.pick(ABSENT) if value is None else value)
        wanted = value if wanted is None else wanted
    if wanted is None:
        wanted = without_value(row, message)
    return Case((message,), dict(row.settings), facts={"expected": wanted})


def without_value(row: Row, message: dict[str, Any]) -> Any:
    """Return the value that must arrive when no path has one: None, or a value that is added if mandatory."""
    if row.name == "user_id":
        message.setdefault("context", {}).setdefault("traits", {})["email"] = FRESH_EMAILS[0]
        return None
    if row.name in {"company_id", "name", "created_at"} and "." not in row.paths[0]:
        set_value(message, row.paths[0], row.values[0])
        return row.values[0]
    return None


def check_row(table: RowTable, row: Row, trial: Trial) -> None:
    """Expect the value in the request and in the record, whatever the later paths of the row have."""
    expect_accepted(trial)
    path, kind = table.target
    wanted = renamed(trial, row, trial.case.facts["expected"])
    sent = [request for request in trial.requests if request.endpoint.endswith(path)]
    if sent or not trial.transformer.posts_companies:
        expect(sent, f"no POST {path} was sent")
        expect_same(sent[0].body.get(row.name), wanted, f"{row.name} in POST {path}")
    stored = trial.after.sections()[kind]
    if stored is not None and not (kind == "events" and wanted is None):
        where = "stored" if sent else NOT_SEEN
        expect(stored, f"there are no {kind} {where}")
        expected = False if wanted is None and row.name in OFF_BY_DEFAULT else wanted
        expect_same(stored[-1].get(row.name), expected, f"{row.name} {where}")


def renamed(trial: Trial, row: Row, value: Json) -> Json:
    """Return an expected id or email as it is named in this run."""
    name = RENAMED.get(row.name)
    return value if name is None or value is None else trial.custify.rename({name: value})[name]


def row_law(table: RowTable, row: Row) -> Law:
    """Return the law of a row."""
    source = (row.source or table.source).format(paths=" / ".join(row.paths), name=row.name)
    return Law(
        id=f"{table.id}.{row.id or row.name}",
        section=table.section,
        source=source,
        level=row.level,
        cases=decoded(partial(row_case, table, row), 24),
        check=partial(check_row, table, row),
        needs_all=table.target is EVENT_RECORDS,
    )


LAWS: Final = tuple(row_law(table, row) for table in TABLES for row in table.rows)
