"""The wheel and the sdist hold what they should, and a project that installs the wheel can use it."""

import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from email import message_from_bytes
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement

from support.paths import ROOT

PACKAGES = {"mock_custify", "custify_transformer", "custify_contract"}
FOLDERS = {
    "mock_custify": ROOT / "mock_custify",
    "custify_transformer": ROOT / "transformer" / "custify_transformer",
    "custify_contract": ROOT / "contract_tests" / "custify_contract",
}
LAW = "association.exists.no-no"
# Files of a user's project that have the names of our own folders and modules.
USER_FILES = {
    "transformer.py": "OWNER = 'user'\n",
    "support.py": "OWNER = 'user'\n",
    "mapping.py": "OWNER = 'user'\n",
    "contract_tests/__init__.py": "OWNER = 'user'\n",
    "tests/__init__.py": "",
    "tests/support.py": "OWNER = 'user of tests'\n",
    "tests/test_user.py": """
import requests

import contract_tests
import mapping
import support
import transformer
from custify_transformer import Destination, transform
from tests import support as own

MESSAGE = {"type": "group", "userId": "u1", "groupId": "g1"}


def send(url):
    for call in transform(MESSAGE, Destination(api_key="k")):
        path = call.endpoint.removeprefix("https://api.custify.com")
        requests.request(call.method, url + path, headers=call.headers, json=call.body, timeout=5)


def test_own_modules_win():
    owners = [module.OWNER for module in (transformer, contract_tests, mapping, support, own)]
    assert owners == ["user"] * 4 + ["user of tests"]


def test_in_process(custify):
    send("https://api.custify.com")
    assert custify.person(user_id="u1").companies == ["g1"]


def test_on_a_socket(custify_server):
    send(custify_server.url)
    assert [call.path for call in custify_server.with_key("k").requests] == ["/company", "/people"]
""",
}
PERSON_TEST = """
from mock_custify import MockCustify

with MockCustify() as custify:
    reveal_type(custify.person(user_id="u1").companies)
    assert custify.person(user_id="u1") is None
    custify.person(user_id="u1").companise
"""
TYPED_TEST = '''
"""A user's test with the whole public API, as a type checker sees it."""

from collections.abc import Callable

from custify_transformer import Destination, HttpRequest, TransformError, transform
from flask import Flask
from mock_custify import MockCustify, create_app


def send(message: dict[str, object]) -> tuple[HttpRequest, ...]:
    try:
        return transform(message, Destination(api_key="k"), profile="documented")
    except TransformError as error:
        raise AssertionError(error.kind, error.status) from error


def test_in_process(custify: MockCustify) -> None:
    (request, *_) = send({"type": "identify", "userId": "u1"})
    assert (request.method, request.endpoint, request.headers, request.body) is not None
    person = custify.person(user_id="u1")
    assert person is not None
    assert person.companies == ["group01"]
    names: list[str] = [event.name for event in custify.events("login", email="a@example.com")]
    assert (names, custify.state["people"], custify.requests[0].path) is not None
    custify.fail_next(503, times=2, path="/people")
    custify.move_clock(freeze="2026-01-31")
    custify.verify("POST", "/people", body={"user_id": "u1"}, times=1)
    with custify.snapshot() as snapshot:
        snapshot.restore()


def test_on_a_socket(custify_server: MockCustify, make_custify_server: Callable[..., MockCustify]) -> None:
    with make_custify_server(api_key="k") as another:
        assert another.url != custify_server.url


@MockCustify(base_url="http://custify.example", seed=None)
def test_decorated() -> None:
    with MockCustify.serve(port=0) as server:
        url: str = server.url
        assert url


async def test_async() -> None:
    async with MockCustify(api_key="k") as custify:
        assert custify.company(company_id="c1") is None


def test_the_application() -> None:
    app: Flask = create_app()
    assert app.url_map
'''


def run(*command, cwd=None):
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder with the wheel and the sdist of this source."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-d", str(folder), cwd=ROOT)
    return folder


@pytest.fixture(scope="session")
def wheel(built):
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        yield archive


@pytest.fixture(scope="session")
def in_sdist(built):
    """The paths in the sdist, below its one folder."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


@pytest.fixture(scope="session")
def metadata(wheel):
    (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    return message_from_bytes(wheel.read(name))


@pytest.fixture(scope="session")
def python(tmp_path_factory, wheel):
    """The interpreter of an environment with the wheel, and with the other packages of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder)
    site = next(folder.glob("lib/python*/site-packages"))
    wheel.extractall(site)  # noqa: S202 - our own wheel
    # The files *.pth of a folder that a file *.pth names are not read: our editable install stays out.
    (site / "others.pth").write_text(sysconfig.get_path("purelib"))
    return str(folder / "bin" / "python")


def with_files(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)
    return folder


@pytest.fixture
def project(tmp_path):
    """The folder of a user's project."""
    return with_files(tmp_path, USER_FILES)


@pytest.fixture(scope="session")
def told_by_mypy(python, tmp_path_factory):
    """What mypy says about two typed tests of a user's project: most of its time goes into our packages."""
    (example, *_) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    files = USER_FILES | {"typed.py": TYPED_TEST, "person.py": example + PERSON_TEST}
    options = ("--strict", "--no-incremental", "--python-executable", python)
    return subprocess.run(
        [sys.executable, "-m", "mypy", *options, "typed.py", "person.py"],
        capture_output=True,
        text=True,
        check=False,
        cwd=with_files(tmp_path_factory.mktemp("typed"), files),
        timeout=300,
    ).stdout


def test_the_wheel_has_exactly_the_three_packages(wheel):
    tops = {name.partition("/")[0] for name in wheel.namelist()}

    assert {name for name in tops if not name.endswith(".dist-info")} == PACKAGES


def test_the_wheel_has_every_file_of_the_packages_and_no_test(wheel):
    expected = {
        f"{package}/{path.relative_to(folder).as_posix()}"
        for package, folder in FOLDERS.items()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == expected
    assert [name for name in expected if re.search(r"(^|/)(tests?/|test_|conftest)", name)] == []


def test_each_package_in_the_wheel_tells_that_it_is_typed(wheel):
    assert {f"{package}/py.typed" for package in PACKAGES} <= set(wheel.namelist())


def test_a_plain_install_brings_neither_hypothesis_nor_pytest(metadata):
    plain = [line for line in metadata.get_all("Requires-Dist") if "extra ==" not in line]

    assert [line for line in plain if re.match(r"hypothesis|pytest", line)] == []
    assert len(plain) > 5


def dependencies_of(requirements):
    """Yield the installed packages that these requirements bring to an environment, without extras."""
    names = {one.name for one in map(Requirement, requirements) if not one.marker or one.marker.evaluate()}
    for name in names:
        found = distribution(name)
        yield found
        yield from dependencies_of(line for line in found.requires or [] if "extra ==" not in line)


def test_the_wheel_has_less_than_1_2_megabytes(built):
    assert next(built.glob("*.whl")).stat().st_size < 1_200_000


def test_the_packages_of_a_plain_install_have_less_than_32_megabytes(metadata):
    """Those of mock-custify itself are not counted. `.ci/run` measures a new environment as a whole."""
    plain = [line for line in metadata.get_all("Requires-Dist") if "extra ==" not in line]
    packages = {found.name: found for found in dependencies_of(plain)}
    files = [found.locate_file(path) for found in packages.values() for path in found.files]
    blocks = sum(path.stat().st_blocks for path in files if path.exists())

    assert blocks * 512 < 32_000_000, sorted(packages)
    assert {"click", "flask", "werkzeug"} <= {name.lower() for name in packages}


def test_the_extras_are_those_that_are_documented(metadata):
    assert set(metadata.get_all("Provides-Extra")) == {
        "contract",
        "fast",
        "tls",
        "parquet",
        "s3",
        "ray",
        "dev",
    }


def test_the_wheel_declares_the_command_and_the_pytest_plugin(wheel):
    (name,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]

    assert wheel.read(name).decode().split("\n\n") == [
        "[console_scripts]\nmock-custify = mock_custify.__main__:main",
        "[pytest11]\nmock_custify = mock_custify.testing.pytest_plugin\n",
    ]


def test_the_sdist_has_every_file_that_the_readme_commands_and_the_build_use(in_sdist):
    unwanted = {"__pycache__", "node_modules", ".hypothesis", ".pytest_cache"}
    parts = ["mock_custify", "transformer", "contract_tests", "examples", "benchmarks", "docs", ".ci"]
    files = [path for part in parts for path in (ROOT / part).rglob("*") if path.is_file()]
    single = ["README.md", "LICENSE", "Dockerfile", "pyproject.toml", "constraints.txt", "CONTRIBUTING.md"]
    needed = {path.relative_to(ROOT).as_posix() for path in files if not unwanted & set(path.parts)}

    assert {*needed, *single, ".editorconfig", ".pre-commit-config.yaml"} - in_sdist - ignored() == set()


def ignored():
    """Return the files that .gitignore names one by one: a test may have made them."""
    lines = (ROOT / ".gitignore").read_text().splitlines()
    return {line for line in lines if "/" in line.rstrip("/")}


def test_a_project_with_modules_of_our_names_uses_both_fixtures(python, project):
    plugins = ("-p", "no:cacheprovider", "-p", "no:schemathesis")  # the last one takes seconds to import

    output = run(python, "-m", "pytest", "-q", *plugins, cwd=project)

    assert "3 passed" in output


def test_a_project_with_modules_of_our_names_runs_the_contract(python, project):
    output = run(python, "-m", "mock_custify", "contract", "--examples", "1", "--law", LAW, cwd=project)

    assert "1 of 1 laws hold" in output


def test_a_typed_test_passes_strict_mypy(told_by_mypy):
    assert [line for line in told_by_mypy.splitlines() if line.startswith("typed.py")] == []
    assert "(checked 2 source files)" in told_by_mypy


def test_a_person_has_its_type_for_mypy_and_needs_no_check_for_none(told_by_mypy):
    types = ("list[str] | Any", "builtins.list[builtins.str] | Any")
    assert any(f'Revealed type is "{kind}"' in told_by_mypy for kind in types)
    assert '"PersonRecord | Any" has no attribute "companise"' in told_by_mypy
    assert "Found 1 error" in told_by_mypy


def test_a_typed_test_passes_pyright(python, project):
    (project / "typed.py").write_text(TYPED_TEST)

    output = run(sys.executable, "-m", "pyright", "--pythonpath", python, "typed.py", cwd=project)

    assert "0 errors, 0 warnings" in output
