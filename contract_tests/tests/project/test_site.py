"""The documentation: every page is in the navigation and in llms.txt, and every dependency is explained."""

import re
import shutil
import subprocess
import sys
import tomllib

import pytest

from support.paths import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(path.name for path in DOCS.glob("*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_every_page_is_in_the_navigation():
    navigation = tomllib.loads((ROOT / "zensical.toml").read_text())["project"]["nav"]

    assert sorted(re.findall(r"'([a-z-]+\.md)'", str(navigation))) == PAGES


def test_every_page_is_in_llms_txt():
    text = (DOCS / "llms.txt").read_text()

    assert sorted(re.findall(r"\(([a-z-]+\.md)\)", text)) == PAGES


@pytest.mark.parametrize("extra", [None, "contract", "fast", "tls", "parquet", "s3", "ray"])
def test_every_dependency_is_explained(extra):
    wanted = PROJECT["dependencies"] if extra is None else PROJECT["optional-dependencies"][extra]
    text = (DOCS / "dependencies.md").read_text()

    missing = [name for name in (re.split(r"[^\w-]", one)[0] for one in wanted) if name not in text]

    assert missing == []


def test_the_site_builds_without_a_warning(tmp_path):
    shutil.copytree(DOCS, tmp_path / "docs")
    shutil.copy(ROOT / "zensical.toml", tmp_path)

    result = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--clean", "--strict"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout + result.stderr
    assert (tmp_path / "site" / "index.html").exists()
