"""Imports run one way: a layer knows the ones below it and nothing else."""

import ast
from graphlib import TopologicalSorter
from itertools import product

import pytest

from support.paths import ROOT

FORBIDDEN = {
    "mock_custify": ("custify_contract", "hypothesis"),
    "transformer": (
        "mock_custify",
        "contract_tests",
        "flask",
        "requests",
        "httpx",
        "time",
        "random",
        "os",
        "secrets",
    ),
    "mock_custify/models": (
        "flask",
        "mock_custify.store",
        "mock_custify.views",
        "mock_custify.web",
        "transformer",
    ),
    "mock_custify/store": (
        "flask",
        "mock_custify.views",
        "mock_custify.web",
        "mock_custify.app",
        "transformer",
    ),
    "mock_custify/web": (
        "flask",
        "mock_custify.models",
        "mock_custify.views",
        "mock_custify.app",
        "transformer",
    ),
    "mock_custify/views": ("flask", "mock_custify.app", "mock_custify.cli", "contract_tests"),
    "mock_custify/errors.py": ("flask", "mock_custify"),
}


def modules(part):
    path = ROOT / part
    return [path] if path.suffix else sorted(path.rglob("*.py"))


def imported(path):
    """Return the names that a module imports when it is used, type checking left out."""
    tree = ast.parse(path.read_text())
    hidden = {node for block in ast.walk(tree) if is_type_checking(block) for node in ast.walk(block)}
    nodes = [node for node in ast.walk(tree) if node not in hidden]
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    sources = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    members = [f"{node.module}.{alias.name}" for node in sources for alias in node.names]
    return plain + [node.module for node in sources] + members


def is_type_checking(node):
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def reaches(name, forbidden):
    return name == forbidden or name.startswith(f"{forbidden}.")


@pytest.mark.parametrize("part", FORBIDDEN)
def test_a_layer_imports_nothing_above_it(part):
    pairs = [(path, name) for path in modules(part) for name in imported(path)]

    broken = [
        f"{path.relative_to(ROOT)} imports {name}"
        for (path, name), forbidden in product(pairs, FORBIDDEN[part])
        if reaches(name, forbidden)
    ]

    assert broken == []


@pytest.mark.parametrize("part", FORBIDDEN)
def test_a_layer_has_modules(part):
    found = modules(part)

    assert found != []


def test_a_package_only_exports():
    packages = [*ROOT.glob("transformer/__init__.py"), *ROOT.glob("mock_custify/*/__init__.py")]

    bodies = [node for path in packages for node in ast.parse(path.read_text()).body]

    allowed = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    assert [ast.unparse(node) for node in bodies if not isinstance(node, allowed)] == []


def test_the_contract_tests_have_no_import_cycles():
    folder = ROOT / "contract_tests"
    paths = {
        ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__"): path
        for path in modules("contract_tests/custify_contract")
    }

    graph = {
        name: {one for one in imported(path) if one in paths and not reaches(name, one)}
        for name, path in paths.items()
    }

    assert set(TopologicalSorter(graph).static_order()) == set(paths)
