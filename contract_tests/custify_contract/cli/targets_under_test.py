"""The targets under test, from the options of `mock-custify contract`."""

from __future__ import annotations

from urllib.parse import urlsplit

import click

from custify_contract.run.external_custify import ExternalCustify
from custify_contract.run.external_transformer import ExternalTransformer
from custify_contract.run.in_process import InProcessCustify, InProcessTransformer
from custify_contract.run.runner import Targets
from custify_contract.targets import API_KEY


def targets_under_test(
    profile: str, transformer_url: str | None, custify_url: str | None, api_key: str | None
) -> Targets:
    """Return the targets under test; raise UsageError for options that do not go together."""
    if api_key and not (custify_url or transformer_url):
        raise click.UsageError("--api-key is the key of --custify: give both or neither")
    if transformer_url and profile != "documented":
        raise click.UsageError("--profile is for our own transformer: leave out --profile or --transformer")
    if custify_url and not api_key:
        raise click.UsageError("--custify needs --api-key: the key of that account or fake")
    if transformer_url and not custify_url:
        raise click.UsageError(
            "--transformer needs --custify and --api-key: a transformer posts the company of a group itself, "
            "so name the Custify that it posts to, for example a running `mock-custify serve`"
        )
    check_url("--transformer", transformer_url, "http://127.0.0.1:9090")
    check_url("--custify", custify_url, "http://127.0.0.1:8765")
    key = api_key or API_KEY
    custify = ExternalCustify(custify_url, key) if custify_url else InProcessCustify()
    if transformer_url:
        return Targets(ExternalTransformer(transformer_url, key), custify)
    return Targets(InProcessTransformer(profile), custify)


def check_url(option: str, url: str | None, example: str) -> None:
    """Raise UsageError if `url` is given and is not the URL of a server."""
    if url is not None and not is_server_url(url):
        raise click.UsageError(f"{option} {url}: expected a URL such as {example}")


def is_server_url(url: str) -> bool:
    """Return whether a URL has http or https, a host, and a valid port."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
