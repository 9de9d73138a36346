"""Every command and option that a document names exists."""

import pytest

from support.documented_commands import DocumentError, check_shell
from support.documented_spans import check_span
from support.documents import blocks, pages_with_indented_code, spans

SHELL = [block for block in blocks() if block.language == "sh"]
SPANS = spans()


def mistakes(check, texts):
    """Return what is wrong in the texts, each with its document."""
    found = []
    for one in texts:
        try:
            check(one.text)
        except DocumentError as error:
            found.append(f"{one.page}: {one.text.strip()}: {error}")
    return found


def test_every_command_in_a_block_exists_and_has_its_options():
    assert len(SHELL) > 10
    assert mistakes(check_shell, SHELL) == []


def test_every_inline_command_exists_and_has_its_options():
    assert len([span for span in SPANS if span.text.startswith("mock-custify ")]) > 10
    assert mistakes(check_span, SPANS) == []


def test_every_code_block_has_a_fence_and_a_language():
    assert pages_with_indented_code() == []
    assert [f"{block.page}: {block.first_line}" for block in blocks() if not block.language] == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("mock-custify serv --port 1", "there is no command 'serv'"),
        ("mock-custify serve --prot 1", "No such option"),
        ("mock-custify serve --port x", "is not a whole number"),
        ("A=1 mock-custify serve --prot 1", "No such option"),
        ("uvx mock-custify demo --fast", "No such option"),
        ("docker run --rm -p 1:1 mock-custify serve --prot 1", "No such option"),
        ("pip install 'mock-custify[quick]'", "there is no extra {'quick'}"),
        ("pip install -c constraint.txt .", "there is no constraint.txt"),
        ("python benchmarks/servers.py", "there is no benchmarks/servers.py"),
        ("python benchmarks/server.py --round", "No such option '--round'"),
        ("python -m mock_custify.sample.make_shop", "there is no module mock_custify.sample.make_shop"),
        ("pytest contract_tests/tests/contract/test_law.py", "there is no contract_tests/tests/contract"),
        ("curl -X PUT http://127.0.0.1:8765/_mock/fault -d '{}'", "the fake has no call PUT"),
        ("timeout 3 sh -c 'until curl http://127.0.0.1:8765/_mock/healthy; do sleep 1; done'", "no call GET"),
        ("custify-mock serve", "nobody checks the program 'custify-mock'"),
    ],
)
def test_a_wrong_command_in_a_block_is_found(text, error):
    with pytest.raises(DocumentError) as raised:
        check_shell(text)

    assert error in str(raised.value)


@pytest.mark.parametrize(
    "text", ["--prot", "serve --prot 1", "mock-custify serve --prot 1", ".ci/check && mock-custify serv x"]
)
def test_a_wrong_inline_command_is_found(text):
    with pytest.raises(DocumentError):
        check_span(text)


@pytest.mark.parametrize(
    "text", ["serve", "mock-custify", "mock-custify send", "--port 1", "`", "-", "python", "transform()"]
)
def test_a_name_in_a_sentence_is_not_a_command(text):
    check_span(text)
