"""What users run in their own CI: the action, its annotations, the compose file, the image, the workflows."""

import re
import subprocess
import sys
import tomllib

import pytest
import yaml

from support.paths import ROOT
from support.ports import own_port

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
JUNIT = """<testsuites><testsuite name="contract">
<testcase name="identify.email"/>
<testcase name="group.plan"><failure message="plan is lost&#10;100% of the time">see</failure></testcase>
</testsuite></testsuites>"""


def steps(path):
    """Return the shell texts of a workflow or an action."""
    text = yaml.safe_load(path.read_text())
    jobs = text.get("jobs", {"": {"steps": text.get("runs", {}).get("steps", [])}})
    return [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]


def test_a_broken_law_becomes_an_annotation(tmp_path):
    (tmp_path / "contract.xml").write_text(JUNIT)

    result = subprocess.run(
        [sys.executable, ROOT / ".github" / "annotate.py", tmp_path / "contract.xml"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stdout == "::error title=Broken law group.plan::plan is lost%0A100%25 of the time\n"


@pytest.mark.parametrize("path", [ROOT / "action.yml", *WORKFLOWS], ids=lambda path: path.name)
def test_the_shell_of_each_step_is_shell(path):
    for text in steps(path):
        plain = re.sub(r"\$\{\{.*?\}\}", "x", text)
        result = subprocess.run(["bash", "-n"], input=plain, capture_output=True, text=True, check=False)

        assert result.returncode == 0, f"{text}\n{result.stderr}"


def test_no_input_of_the_action_stands_in_its_shell():
    action = yaml.safe_load((ROOT / "action.yml").read_text())

    assert [text for text in steps(ROOT / "action.yml") if "${{" in text] == []
    assert all("description" in given for given in action["inputs"].values())


def test_the_steps_of_the_action_start_the_fake_and_run_the_contract(tmp_path):
    """The commands are run as the action runs them, with the environment of the tests in place of its own."""
    port = str(own_port())
    environment = {
        "PATH": "/usr/bin:/bin",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_ENV": str(tmp_path / "env"),
        "GITHUB_ACTION_PATH": str(ROOT),
        "PORT": port,
        "API_KEY": "",
        "SEED": "",
        "PROFILE": "documented",
        "EXAMPLES": "2",
        "TRANSFORMER": "",
    }
    (tmp_path / "mock-custify").symlink_to(sys.prefix)
    _, start, contract = steps(ROOT / "action.yml")

    started = subprocess.run(
        ["bash", "-c", start], env=environment, capture_output=True, text=True, check=False
    )
    try:
        checked = subprocess.run(
            ["bash", "-c", contract], env=environment, capture_output=True, text=True, check=False
        )
    finally:
        subprocess.run(["pkill", "-f", f"serve --port {port}"], check=False)

    assert started.returncode == 0, started.stdout + started.stderr
    assert (tmp_path / "output").read_text() == f"url=http://127.0.0.1:{port}\n"
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_compose_file_starts_the_image_of_the_repository():
    service = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["custify"]

    assert (service["build"], service["ports"]) == (".", ["127.0.0.1:8765:8765"])


def test_the_health_check_of_the_image_asks_the_fake():
    from mock_custify import MockCustify  # noqa: PLC0415 - only this test needs a server

    text = (ROOT / "Dockerfile").read_text()
    command = re.search(r'"(exec 3<>.*)"\]', text)[1].replace("\\\\", "\\")
    with MockCustify.serve() as server:
        port = server.url.rpartition(":")[2]
        healthy = subprocess.run(["bash", "-c", command.replace("8765", port)], check=False)
    gone = subprocess.run(["bash", "-c", command.replace("8765", port)], capture_output=True, check=False)

    assert (healthy.returncode, gone.returncode != 0) == (0, True)


def test_the_citation_has_the_version_of_the_project():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())

    assert (citation["version"], citation["license"]) == (PROJECT["version"], PROJECT["license"])
