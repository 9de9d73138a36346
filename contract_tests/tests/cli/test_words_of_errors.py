"""The errors of the command say in plain words what is wrong and what to do."""

import gzip

import pytest
from click.testing import CliRunner

from mock_custify import MockCustify
from mock_custify.cli import main, sender


def told(*arguments, text=""):
    return CliRunner().invoke(main, list(map(str, arguments)), input=text)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["serve", "--port", "abc"], "'abc' is not a whole number from 0 to 65535"),
        (["serve", "--port", "65536"], "'65536' is not a whole number from 0 to 65535"),
        (["serve", "--retry-scale", "fast"], "'fast' is not a number from 0 to 10"),
        (["replay", "x", "--jobs", "0"], "'0' is not a whole number from 1 to 256"),
        (["replay", "x", "--margin", "20%"], "'20%' is not a number such as 0.2 for 20%"),
        (["contract", "--examples", "0"], "'0' is not a whole number of at least 1"),
    ],
)
def test_a_wrong_number_says_which_numbers_are_accepted(arguments, text):
    result = told(*arguments)

    assert (result.exit_code, text in result.stderr) == (2, True), result.stderr


def test_a_host_that_does_not_exist_is_named_with_what_to_do():
    result = told("serve", "--host", "300.1.1.1", "--port", "0")

    assert result.exit_code == 2
    assert result.stderr.endswith(": name an address of this machine\n")


@pytest.mark.parametrize("option", ["--seed", "--state"])
@pytest.mark.parametrize(
    ("content", "text"),
    [('{"people"', "not JSON: it ends too early\n"), ("[]", "its content must be an object")],
)
def test_a_wrong_file_is_explained_in_words_of_a_file(tmp_path, option, content, text):
    path = tmp_path / "file.json"
    path.write_text(content)

    result = told("serve", option, path, "--port", "0")

    assert (result.exit_code, text in result.stderr) == (2, True), result.stderr


def test_a_report_in_a_file_instead_of_a_folder_is_refused(tmp_path):
    (tmp_path / "a").write_text("")

    result = told("replay", tmp_path, "--report", tmp_path / "a" / "r.html")

    assert (result.exit_code, "a is not a folder: name a file in a folder" in result.stderr) == (2, True)


def test_a_misspelled_list_of_a_seed_file_comes_with_the_list_that_was_meant(tmp_path):
    (tmp_path / "seed.json").write_text('{"peple": []}')

    result = told("serve", "--seed", tmp_path / "seed.json", "--port", "0")

    assert "peple is not a known field: did you mean 'people'?" in result.stderr


@pytest.mark.parametrize("command", [["transform"], ["send", "--url", "http://127.0.0.1:9"]])
def test_gzip_without_any_data_is_an_error_and_not_an_empty_input(tmp_path, command):
    (tmp_path / "a.gz").write_bytes(gzip.compress(b'{"type": "identify"}')[:12])

    result = told(*command, tmp_path / "a.gz", "--api-key", "k")

    assert result.exit_code == 2
    assert result.stderr.endswith("the gzip data ends too early: the file is cut off\n")


@pytest.mark.parametrize("command", ["send", "show"])
def test_a_server_that_does_not_answer_is_named_with_what_to_do(monkeypatch, command):
    monkeypatch.setattr(sender, "sleep", lambda _: None)

    message = '{"type": "identify", "userId": "u1"}'

    result = told(command, "--url", "http://127.0.0.1:9", "--api-key", "k", text=message)

    assert "http://127.0.0.1:9 does not answer (ConnectionError): check the URL, or start" in result.stderr
    assert result.exit_code == 1


def test_https_to_a_server_without_tls_says_to_use_http(monkeypatch):
    monkeypatch.setattr(sender, "sleep", lambda _: None)
    with MockCustify.serve() as server:
        url = server.url.replace("http:", "https:")

        result = told("show", "--url", url, "--api-key", "k")

    assert f"{url} does not answer with TLS: use http://, or start the server with --tls" in result.stderr


def test_a_finding_that_fails_a_replay_is_named(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"type": "identify"}\n')

    result = told("replay", tmp_path / "a.jsonl", "--fail-on", "race,refused")

    assert (result.exit_code, result.stderr) == (
        1,
        "mock-custify: --fail-on found refused: see the report\n",
    )


def test_show_prints_the_error_of_an_answer_and_not_its_json():
    with MockCustify.serve(api_key="right") as server:
        result = told("show", "--url", server.url, "--api-key", "wrong")

    assert result.stderr.startswith(
        f"mock-custify: {server.url} answered 401: this API key is not known here"
    )


def test_an_empty_host_name_is_refused():
    result = told("serve", "--allow-host", " ", "--port", "0")

    assert (result.exit_code, "--allow-host must not be empty" in result.stderr) == (2, True)
