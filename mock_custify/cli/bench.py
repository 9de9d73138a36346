"""What `mock-custify contract` tests, from its options."""

from __future__ import annotations

from urllib.parse import urlsplit

import click

from custify_contract.outside import OutsideCustify
from custify_contract.outside_transformer import OutsideTransformer
from custify_contract.runner import Bench
from custify_contract.targets import API_KEY, OurCustify, OurTransformer


def bench_of(
    profile: str, transformer_url: str | None, custify_url: str | None, api_key: str | None
) -> Bench:
    """Return what is under test; raise UsageError for options that do not go together."""
    if api_key and not (custify_url or transformer_url):
        raise click.UsageError("--api-key is the key of --custify: give both or neither")
    if transformer_url and profile != "documented":
        raise click.UsageError("--profile is ours: a transformer at a URL does what it does, leave one out")
    if custify_url and not api_key:
        raise click.UsageError("--custify needs --api-key: the key of that account or fake")
    if transformer_url and not custify_url:
        raise click.UsageError(
            "--transformer needs --custify and --api-key: a transformer posts a group's company itself, so "
            "name the Custify that it reaches, for example a running `mock-custify serve`"
        )
    check_url("--transformer", transformer_url, "http://127.0.0.1:9090")
    check_url("--custify", custify_url, "http://127.0.0.1:8765")
    key = api_key or API_KEY
    custify = OutsideCustify(custify_url, key) if custify_url else OurCustify()
    if transformer_url:
        return Bench(OutsideTransformer(transformer_url, key), custify)
    return Bench(OurTransformer(profile), custify)


def check_url(option: str, url: str | None, example: str) -> None:
    """Raise UsageError when `url` is given and names no server."""
    if url is not None and not names_server(url):
        raise click.UsageError(f"{option} {url}: expected a URL such as {example}")


def names_server(url: str) -> bool:
    """Tell whether a URL has http or https, a host, and a port that can be one."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
