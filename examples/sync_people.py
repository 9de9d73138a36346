"""What the examples test: a piece of your own code that tells Custify about a sign-up."""

from __future__ import annotations

import requests

CUSTIFY = "https://api.custify.com"


def report_sign_up(user_id: str, company_id: str, api_key: str, url: str = CUSTIFY) -> None:
    """Tell Custify that a person signed up for a company; try once more after a server error."""
    person = {"user_id": user_id, "companies": [{"company_id": company_id}]}
    headers = {"Authorization": f"Bearer {api_key}"}
    answer = requests.post(f"{url}/people", json=person, headers=headers, timeout=10)
    if answer.status_code >= 500:  # noqa: PLR2004 - the server's fault
        answer = requests.post(f"{url}/people", json=person, headers=headers, timeout=10)
    answer.raise_for_status()
