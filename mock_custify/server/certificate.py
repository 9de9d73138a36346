"""The certificate of a server that replaces Custify's own, created when the server starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

NAMES: Final = ("api.custify.com", "localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Certificate:
    """The files of a certificate: `chain` with its `key`, and the `authority` that clients have to trust."""

    chain: Path
    key: Path
    authority: Path


def make_certificate(folder: Path) -> Certificate:
    """Write a certificate for `NAMES` into `folder`; raise ImportError without the extra `tls`.

    Its authority signs this one certificate, and no file keeps the authority's key.
    """
    import trustme  # noqa: PLC0415 - an extra: only a server with TLS needs it

    authority = trustme.CA()
    issued = authority.issue_cert(*NAMES)
    made = Certificate(folder / "server.pem", folder / "server.key", folder / "authority.pem")
    issued.private_key_pem.write_to_path(str(made.key))
    authority.cert_pem.write_to_path(str(made.authority))
    issued.cert_chain_pems[0].write_to_path(str(made.chain))
    return made
