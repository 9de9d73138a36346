"""The options of `serve` about messages: how they are transformed, and where they go."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from mock_custify.cli.options import (
    Number,
    check_server_url,
    default_config_option,
    profile_option,
    read_config,
)
from mock_custify.dataplane.data_plane import DataPlane, DataPlaneOptions
from mock_custify.dataplane.delivery.retry import RetryPolicy
from mock_custify.values import counted
from mock_custify.workspace.messages.destination import DestinationSettings

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_END: Final = 30.0  # seconds in which the last messages may be delivered
OPTIONS: Final = (
    profile_option,
    default_config_option,
    click.option("--deduplicate", is_flag=True, help="Drop messages with a repeated messageId."),
    click.option("--deliver-to", metavar="URL", help="Deliver messages to the Custify at this URL."),
    click.option(
        "--retry-scale",
        default=0.1,
        show_default=True,
        type=Number(0, 10),
        help="Factor for the waits between retries; 1 gives RudderStack's waits.",
    ),
)


def message_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options about messages to a command."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def destination_of(options: dict[str, Any]) -> DestinationSettings:
    """Return the settings that every workspace starts with; raise UsageError for a bad file."""
    return DestinationSettings(
        profile=options["profile"],
        config=read_config(options["config"]) or {},
        deduplicate=options["deduplicate"],
    )


def plane_of(options: dict[str, Any]) -> DataPlaneOptions:
    """Return how messages are delivered; raise UsageError when --deliver-to is not a URL."""
    url = options["deliver_to"] or ""
    if url:
        check_server_url("--deliver-to", url)
    return DataPlaneOptions(url, RetryPolicy(scale=options["retry_scale"]))


def deliver_the_rest(plane: DataPlane, *, lasting: bool) -> None:
    """Deliver the messages that were accepted; end with one clear line and status 1 when time runs out.

    Messages for the workspaces of this process are delivered only when these are `lasting`, in a state file.
    A second signal ends the process at once.
    """
    waiting = plane.dispatcher.waiting
    if waiting and (lasting or not plane.dispatcher.inline):
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        click.echo(f"mock-custify: delivering {counted(waiting, 'message')} before the end", err=True)
        if left := plane.close(LONGEST_END):
            click.echo(f"mock-custify: {counted(left, 'message')} could not be delivered", err=True)
            sys.exit(1)
