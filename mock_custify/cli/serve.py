"""`mock-custify serve`: everything on one port, until a signal stops it."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from mock_custify.app import create_app
from mock_custify.cli.dataplane_options import deliver_the_rest, destination_of, message_options, plane_of
from mock_custify.cli.extras import exit_without_extra
from mock_custify.cli.options import WholeNumber, refuse_empty
from mock_custify.cli.state_files import keep_state, read_initial_state
from mock_custify.cli.terminal import exit_with, log_to_stderr
from mock_custify.cli.traffic_printer import print_traffic
from mock_custify.limits import Limits
from mock_custify.server.certificate import make_certificate
from mock_custify.server.hosts import is_loopback
from mock_custify.server.server import Server, allowed_hosts, listen, url_of, with_advice
from mock_custify.workspace import Store
from mock_custify.workspace.traffic.rate_limit import RateLimitPut

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from mock_custify.server.certificate import Certificate

STOP_SIGNALS: Final = [signal.SIGINT, signal.SIGTERM]
if sys.platform == "win32":
    STOP_SIGNALS.append(signal.SIGBREAK)
EXAMPLE: Final = """\b
Example:
  mock-custify serve --port 8765
  curl -H 'Authorization: Bearer KEY' http://127.0.0.1:8765/people/all"""


@click.command(epilog=EXAMPLE)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8765,
    show_default=True,
    type=WholeNumber(0, 65535),
    help="Port to listen on; 0 picks a free port.",
)
@click.option("--api-key", "api_keys", multiple=True, metavar="KEY", help="Accept only this key; repeatable.")
@click.option(
    "--limit",
    "changes",
    multiple=True,
    metavar="NAME=NUMBER",
    help="Change a limit, such as body=1048576; repeatable.",
)
@click.option("--seed", metavar="FILE", help="File with the records and settings of every new workspace.")
@click.option("--state", metavar="FILE", help="Load the workspaces from this file and save them to it.")
@click.option(
    "--rate-limit", metavar="custify|CALLS/SECONDS", help="Answer 429 above this rate; custify means 100/10."
)
@click.option(
    "--allow-host", "names", multiple=True, metavar="NAME", help="Also accept this host name; repeatable."
)
@click.option("--quiet", is_flag=True, help="Print nothing after the ready line.")
@click.option(
    "--tls", metavar="FOLDER", help="Serve HTTPS with a certificate that is created in this folder."
)
@message_options
def serve(  # noqa: PLR0913 - one for each option
    *,
    host: str,
    port: int,
    api_keys: tuple[str, ...],
    changes: tuple[str, ...],
    seed: str | None,
    state: str | None,
    rate_limit: str | None,
    names: tuple[str, ...],
    quiet: bool,
    tls: str | None,
    **messages: Any,
) -> None:
    """Run the fake Custify, the data plane and the control API on one port.

    Each API key has its own workspace, which is created when the key is first used. SIGINT and SIGTERM stop
    the server. The exit status is 0, or 1 if messages for --deliver-to could not be delivered.
    """
    refuse_empty("--api-key", api_keys)
    refuse_empty("--allow-host", names)
    log_to_stderr()
    initial_state = read_initial_state(seed, destination_of(messages))
    if limit := limit_of(rate_limit):
        initial_state = replace(initial_state, rate_limit=limit)
    store = Store([key.strip() for key in api_keys], limits_of(changes), initial_state)
    app = create_app(store, data_plane=plane_of(messages))
    certificate = certificate_in(tls) if tls else None
    # The port comes first: the state file may belong to the server that has it.
    with claim(host, port) as listener, keep_state(store, state, seed):
        warn_if_open(host, api_keys)
        stop_quietly()
        hosts = allowed_hosts(listener, host, *names)
        with traffic_printed(quiet=quiet):
            ready = partial(announce, listener, certificate, quiet=quiet)
            Server(app, ready, hosts, certificate).run(sockets=[listener])
            deliver_the_rest(app.data_plane, lasting=state is not None)


def limit_of(text: str | None) -> RateLimitPut | None:
    """Return the rate limit that an option names; raise UsageError if the option has another form."""
    if text is None or text == "custify":
        return text and RateLimitPut(preset="custify")  # type: ignore[return-value] # None for None
    calls, _, seconds = text.partition("/")
    if not (calls.isdecimal() and seconds.isdecimal() and int(calls) and int(seconds)):
        raise click.UsageError(
            f"--rate-limit: {text!r} is not a rate limit: give custify, or calls and seconds as in 100/10"
        )
    return RateLimitPut(requests=int(calls), seconds=float(seconds))


def limits_of(changes: tuple[str, ...]) -> Limits:
    """Return the default limits with changes such as "body=1048576"; raise UsageError for a wrong change."""
    pairs = [text.partition("=") for text in changes]
    if wrong := [name for name, _, number in pairs if not number.isdecimal()]:
        raise click.UsageError(f"--limit: {wrong[0]!r} needs a whole number, as in body=1048576")
    try:
        return Limits().changed({name: int(number) for name, _, number in pairs})
    except ValueError as error:
        raise click.UsageError(f"--limit: {error}") from error


def claim(host: str, port: int) -> socket.socket:
    """Return a socket on the address; end with one clear line and status 2 when it cannot be opened."""
    try:
        return listen(host, port)
    except OSError as error:
        exit_with(with_advice(error, "use --port 0"))


def certificate_in(folder: str) -> Certificate:
    """Return a new certificate in `folder`; end with one clear line and status 2 when it cannot be made."""
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        return make_certificate(Path(folder))
    except FileExistsError:
        exit_with(f"--tls {folder} is a file: name a folder")
    except ModuleNotFoundError as error:
        exit_without_extra("--tls", error)
    except OSError as error:
        exit_with(f"cannot write to {folder}: {error.strerror or error}")


def announce(listener: socket.socket, certificate: Certificate | None, *, quiet: bool) -> None:
    """Print that the server is ready, on the first line of stdout, what HTTPS needs, and what to do next."""
    url = url_of(listener, "https" if certificate else "http")
    click.echo(f"mock-custify ready on {url}")
    if certificate:
        click.echo(
            f"to trust its certificate in Node, set NODE_EXTRA_CA_CERTS={certificate.authority.absolute()}"
        )
        click.echo("in Python, set REQUESTS_CA_BUNDLE to the same file; for curl, use --cacert")
    if not quiet:
        here = url.replace("://0.0.0.0:", "://127.0.0.1:").replace("://[::]:", "://[::1]:")
        click.echo(f"dashboard: {here}/_mock/ui/")
        browser = f'rudderanalytics.load("WRITE_KEY", "{here}", {{ configUrl: "{here}" }})'
        click.echo(f'SDK:       dataPlaneUrl = "{here}", in a browser {browser}')
    sys.stdout.flush()


@contextmanager
def traffic_printed(*, quiet: bool) -> Iterator[None]:
    """Print one line for each message and each refused call until the end of the block, unless `quiet`."""
    if quiet:
        yield
        return
    printer = print_traffic(sys.stdout.fileno())
    try:
        yield
    finally:
        printer.finish()


def warn_if_open(host: str, api_keys: tuple[str, ...]) -> None:
    """Warn when machines other than this one can reach the server with any key."""
    if api_keys or is_loopback(host):
        return
    click.echo(
        f"warning: {host} can be reached from other machines and any key is accepted: add --api-key KEY",
        err=True,
    )


def stop_quietly() -> None:
    """Make SIGINT and SIGTERM, on Windows also Ctrl-Break, end the process with status 0.

    The server raises the signal again after its shutdown. By then there is nothing left to do.
    """
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: None)
