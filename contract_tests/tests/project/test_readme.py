"""The README's example runs, and its commands are the ones that the build runs."""

import re

from support.paths import ROOT

README = (ROOT / "README.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_example_runs_as_printed():
    (example, *_) = blocks("python")

    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own file

    assert "assert custify.person" in example


def test_the_first_command_runs_the_main_job():
    first, second, *_ = blocks("sh")

    assert first.rstrip().endswith("mock-custify demo")
    assert second.rstrip().endswith("pytest")


def test_every_link_to_a_file_leads_somewhere():
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", README)

    assert [link for link in links if not (ROOT / link).exists()] == []
