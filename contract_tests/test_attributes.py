"""The lists of fields: standard ones, and custom ones typed by their values."""

import pytest


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "Boolean"),
        (1, "Number"),
        (1.5, "Number"),
        ("x", "String"),
        ("2026-01-31", "Date"),
        (["a"], "Dropdown"),
    ],
)
def test_a_custom_field_has_the_type_of_its_value(api, value, kind):
    api.company(custom_attributes={"my_field": value})

    custom = api.get("/company/attributes")[-1]

    assert custom == {"name": "custom_attributes.my_field", "niceName": "My Field", "fieldType": kind}


def test_standard_fields_of_people_are_listed_in_a_bare_array(api):
    fields = {field["name"]: field["fieldType"] for field in api.get("/customer/attributes")}

    assert (fields["email"], fields["companies"], fields["session_count"]) == ("String", "Company", "Number")


def test_health_scores_are_fields_of_companies(api):
    api.put("/_mock/state", {"health_scores": [{"id": "hs", "name": "Usage"}]})

    fields = {field["name"]: field["niceName"] for field in api.get("/company/attributes")}

    assert fields["metrics.health_scores.hs"] == "Usage"
