"""`mock-custify serve --tls`: HTTPS in the name of Custify's own server."""

import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
import requests
from click.testing import CliRunner

from mock_custify.cli import main

pytest.importorskip("trustme", reason="HTTPS needs the extra tls: pip install 'mock-custify[tls]'")


@contextmanager
def serving(folder):
    command = [sys.executable, "-m", "mock_custify", "serve", "--port", "0", "--tls", str(folder)]
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE) as process:
        try:
            url = process.stdout.readline().split()[-1]
            yield url.replace("127.0.0.1", "localhost"), process.stdout.readline().rstrip().partition("=")[2]
        finally:
            process.kill()


def test_a_client_that_trusts_the_printed_authority_posts_over_https(tmp_path):
    with serving(tmp_path) as (url, authority):
        headers = {"Authorization": "Bearer k"}

        answer = requests.post(
            f"{url}/company", json={"company_id": "g1"}, headers=headers, verify=authority, timeout=60
        )

    assert url.startswith("https://")
    assert (answer.status_code, answer.json()["company_id"]) == (200, "g1")


def test_the_certificate_is_good_for_the_name_of_custify(tmp_path):
    with serving(tmp_path) as (url, authority):
        context = ssl.create_default_context(cafile=authority)
        address = ("127.0.0.1", urlsplit(url).port)

        with (
            socket.create_connection(address, timeout=60) as plain,
            context.wrap_socket(plain, server_hostname="api.custify.com") as secured,
        ):
            version = secured.version()

    assert version.startswith("TLS")


def test_show_names_a_certificate_that_is_not_trusted_as_the_cause(tmp_path):
    with serving(tmp_path) as (url, _):
        result = CliRunner().invoke(main, ["show", "--url", url, "--api-key", "k"])

    assert f"the certificate of {url} is not trusted: set REQUESTS_CA_BUNDLE" in result.stderr
    assert result.exit_code == 1


def test_a_file_in_the_place_of_the_folder_is_named_as_such(tmp_path):
    (tmp_path / "taken").touch()

    result = CliRunner().invoke(main, ["serve", "--port", "0", "--tls", str(tmp_path / "taken")])

    assert result.stderr == f"mock-custify: --tls {tmp_path / 'taken'} is a file: name a folder\n"
    assert result.exit_code == 2
