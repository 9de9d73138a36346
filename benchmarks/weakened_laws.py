"""Weaken the contract itself, one place at a time, and see whether its tests notice; print each place.

PYTHONPATH=contract_tests/tests python benchmarks/weakened_laws.py --number 100 --seed 0

A mutant is one change in a copy of `custify_contract`: a statement is left out, a function returns early, a
condition is negated, an entry of a pool or a table is dropped, a comparison always holds. The tests that are
quick and about laws run on the copy; a mutant that they do not notice is printed with its place.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
PACKAGE: Final = ROOT / "contract_tests" / "custify_contract"
PARTS: Final = ("laws", "rules", "strategies", "expected_state.py", "expected_values.py", "observed_state.py")
TESTS: Final = (
    "contract/test_generated_values.py",
    "contract/test_checks.py",
    "contract/test_state_machine.py",
    "contract/test_planted_faults.py",
)
SMALLEST_POOL: Final = 2


def files() -> Iterator[Path]:
    """Yield the modules that are weakened, as paths inside the package."""
    for part in PARTS:
        place = PACKAGE / part
        found = sorted(place.rglob("*.py")) if place.is_dir() else [place]
        yield from (path.relative_to(PACKAGE) for path in found if path.name != "__init__.py")


def places(path: Path) -> Iterator[tuple[Path, int, int]]:
    """Yield the mutants of a module: the number of the node that changes, and the number of the change.

    A changed annotation is no mutant: it changes nothing.
    """
    tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
    hints = [getattr(node, name, None) for node in ast.walk(tree) for name in ("annotation", "returns")]
    ignored = {id(part) for hint in hints if hint for part in ast.walk(hint)}
    for place, node in enumerate(ast.walk(tree)):
        if id(node) not in ignored:
            yield from ((path, place, kind) for kind in range(len(KINDS)) if KINDS[kind](deepcopy(node)))


def mutant(path: Path, place: int, kind: int) -> tuple[str, str]:
    """Return what a mutant changes, and the text of its module."""
    tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
    node = next(one for index, one in enumerate(ast.walk(tree)) if index == place)
    KINDS[kind](node)
    name = f"{path}:{getattr(node, 'lineno', 0)}: {KINDS[kind].__name__}"
    return name, ast.unparse(ast.fix_missing_locations(tree))


def drop_statement(node: ast.AST) -> bool:
    """Leave a call out that is a statement, such as an expectation."""
    body = getattr(node, "body", None)
    if not isinstance(node, ast.FunctionDef) or not isinstance(body, list):
        return False
    calls = [one for one in body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call)]
    if not calls:
        return False
    body[body.index(calls[-1])] = ast.Pass()
    return True


def return_early(node: ast.AST) -> bool:
    """Return from a check at once."""
    if not isinstance(node, ast.FunctionDef) or not node.name.startswith(("check", "expect")):
        return False
    node.body = [ast.Return(ast.Constant(None))]
    return True


def negate(node: ast.AST) -> bool:
    """Negate the condition of an `if`."""
    if not isinstance(node, (ast.If, ast.IfExp)):
        return False
    node.test = ast.UnaryOp(ast.Not(), node.test)
    return True


def drop_first(node: ast.AST) -> bool:
    """Drop the first entry of a pool or a table."""
    return drop_entry(node, 0)


def drop_last(node: ast.AST) -> bool:
    """Drop the last entry of a pool or a table."""
    return drop_entry(node, -1)


def drop_entry(node: ast.AST, place: int) -> bool:
    """Drop one entry of a tuple, a list, a set or a dict."""
    if isinstance(node, ast.Dict) and len(node.keys) >= SMALLEST_POOL:
        del node.keys[place], node.values[place]
        return True
    is_pool = isinstance(node, (ast.Tuple, ast.Set)) and isinstance(
        getattr(node, "ctx", ast.Load()), ast.Load
    )
    if is_pool and len(node.elts) > SMALLEST_POOL:  # type: ignore[attr-defined] # a tuple or a set
        del node.elts[place]  # type: ignore[attr-defined] # a tuple or a set
        return True
    return False


def always(node: ast.AST) -> bool:
    """Let an equality hold always: compare a value with itself."""
    if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], (ast.Eq, ast.NotEq, ast.In)):
        return False
    if isinstance(node.ops[0], ast.In):
        node.ops = [ast.NotIn()]
    else:
        node.comparators = [node.left]
    return True


KINDS: Final = (drop_statement, return_early, negate, drop_first, drop_last, always)


def survives(path: Path, text: str) -> bool:
    """Return whether the tests pass although a module has another text."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "custify_contract"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / path).write_text(text, encoding="utf-8")
        tests = ROOT / "contract_tests" / "tests"
        environment = {**os.environ, "PYTHONPATH": f"{folder}:{tests}", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-n", "0"]
        command += [str(tests / name) for name in TESTS]
        done = subprocess.run(  # noqa: S603 - our own command
            command, env=environment, cwd=ROOT, capture_output=True, timeout=900, check=False
        )
    return done.returncode == 0


@click.command()
@click.option("--number", default=100, show_default=True, help="Mutants to try.")
@click.option("--seed", default=0, show_default=True)
@click.option("--part", default="", help="Only modules whose path begins with this.")
def main(number: int, seed: int, part: str) -> None:
    """Try a sample of mutants, and print those that no test notices."""
    found = [one for path in files() if str(path).startswith(part) for one in places(path)]
    chosen = Random(seed).sample(found, min(number, len(found)))  # noqa: S311 - not a secret
    alive = 0
    for path, place, kind in chosen:
        name, text = mutant(path, place, kind)
        is_alive = survives(path, text)
        alive += is_alive
        click.echo(f"{'survived' if is_alive else 'noticed'}: {name}")
    click.echo(f"{len(chosen)} of {len(found)} mutants tried, {len(chosen) - alive} noticed")
    sys.exit(1 if alive else 0)


if __name__ == "__main__":
    main()
