"""`mock-custify show`: who belongs to which company, right now."""

from __future__ import annotations

from typing import Any

import click
import requests

from mock_custify.cli.loopback import make_session, unreachable
from mock_custify.cli.options import check_server_url
from mock_custify.cli.terminal import exit_with, make_console
from mock_custify.cli.workspace_tree import workspace_tree

TIMEOUT = 60  # seconds


@click.command(epilog="Example: mock-custify show --url http://127.0.0.1:8765 --api-key KEY")
@click.option(
    "--url",
    "--to",
    "url",
    default="http://127.0.0.1:8765",
    show_default=True,
    help="URL of the running fake.",
)
@click.option("--api-key", required=True, metavar="KEY", help="Key of the workspace to show.")
def show(url: str, api_key: str) -> None:
    """Print who belongs to which company in a running fake."""
    check_server_url("--url", url)
    try:
        state = read_state(url, api_key)
    except requests.HTTPError as error:
        exit_with(f"{url} answered {error.response.status_code}: {refusal_of(error.response)}", 1)
    except requests.RequestException as error:
        exit_with(unreachable(url, error), 1)
    except ValueError:
        exit_with(f"no fake answers at {url}: start one with mock-custify serve", 1)
    make_console().print(workspace_tree(state))


def refusal_of(response: requests.Response) -> str:
    """Return the error in an answer, or the beginning of an answer without one."""
    try:
        return str(response.json()["error"])
    except (ValueError, KeyError, TypeError):
        return response.text[:200]


def read_state(url: str, api_key: str) -> dict[str, Any]:
    """Return the state of a workspace; raise requests.RequestException or ValueError."""
    headers = {"Authorization": f"Bearer {api_key}"}
    response = make_session().get(f"{url.rstrip('/')}/_mock/state", headers=headers, timeout=TIMEOUT)
    response.raise_for_status()
    state: dict[str, Any] = response.json()
    return state
