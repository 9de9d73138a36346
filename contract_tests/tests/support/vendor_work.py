"""The vendor's schemas of what is read about tasks, comments, tickets, files and time."""

import json
from typing import Any

from jsonschema_rs import Draft4Validator

from support.paths import ROOT

SCHEMAS: dict[str, Any] = json.loads(
    (ROOT / "contract_tests" / "tests" / "cases" / "vendor_work_schemas.json").read_text()
)


def mistakes(name: str, value: Any) -> list[str]:
    """Return what a value has that a schema of the vendor does not allow, or lacks."""
    schema = {**SCHEMAS, "$ref": f"#/components/schemas/{name}"}
    return [error.message for error in Draft4Validator(schema).iter_errors(value)]
