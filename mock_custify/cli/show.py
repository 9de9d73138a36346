"""`mock-custify show`: who belongs to which company, right now."""

from __future__ import annotations

import sys
from typing import Any

import click
import requests
from rich.console import Console

from mock_custify.cli.workspace_tree import workspace_tree

TIMEOUT = 60  # seconds


@click.command(epilog="Example: mock-custify show --url http://127.0.0.1:8765 --api-key KEY")
@click.option("--url", default="http://127.0.0.1:8765", show_default=True, help="The running fake.")
@click.option("--api-key", required=True, metavar="KEY", help="The workspace to show.")
def show(url: str, api_key: str) -> None:
    """Print who belongs to which company in a running fake."""
    try:
        state = read_state(url, api_key)
    except requests.HTTPError as error:
        click.echo(f"mock-custify: {url} refused: {error.response.text[:200]}", err=True)
        sys.exit(1)
    except requests.exceptions.SSLError:
        click.echo(
            f"mock-custify: the certificate of {url} is not trusted here: set REQUESTS_CA_BUNDLE to the "
            "authority.pem of serve --tls",
            err=True,
        )
        sys.exit(1)
    except (requests.RequestException, ValueError):
        click.echo(f"mock-custify: no fake answers at {url}: start one with mock-custify serve", err=True)
        sys.exit(1)
    Console(highlight=False).print(workspace_tree(state))


def read_state(url: str, api_key: str) -> dict[str, Any]:
    """Return the state of a workspace; raise requests.RequestException or ValueError."""
    headers = {"Authorization": f"Bearer {api_key}"}
    response = requests.get(f"{url.rstrip('/')}/_mock/state", headers=headers, timeout=TIMEOUT)
    response.raise_for_status()
    state: dict[str, Any] = response.json()
    return state
