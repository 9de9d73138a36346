"""Every Python block of a document runs after the earlier blocks of its page, and its tests pass."""

from inspect import signature

import pytest
from flask import Blueprint
from msgspec import Struct

from custify_contract.laws import track
from custify_contract.run import in_process_targets
from custify_contract.run.runner import run_law
from examples.sync_people import report_sign_up
from mock_custify import create_app
from mock_custify.api.call import call
from mock_custify.workspace.workspace import Workspace
from support.documents import blocks_in, of_language
from support.paths import ROOT

pytestmark = pytest.mark.usefixtures("document_folder")


class ProductPost(Struct):
    """The body of the call that the page about the architecture shows."""

    name: str
    price: int


class Product(ProductPost):
    """Its answer."""


# The names that the Python blocks of a page use and do not define.
NAMES = {
    "architecture.md": {
        **vars(track),
        "EVENTS": ["Paid", "Order Completed"],
        "call": call,
        "Workspace": Workspace,
        "Product": Product,
        "ProductPost": ProductPost,
        "add_product": lambda _workspace, product: product,
    },
    "testing.md": {"report_sign_up": report_sign_up},
}


def executed(block, url=""):
    """Execute the blocks of a page up to `block` one after the other, and return their names."""
    names = {"products": Blueprint("products", __name__), **NAMES.get(block.page, {})}
    page = [one for one in blocks_in("python") if one.page == block.page]
    for one in page[: page.index(block) + 1]:
        text = one.text.replace("http://custify:8765", url)
        exec(compile(text, block.page, "exec", dont_inherit=True), names)  # noqa: S102 - our own document
    return names


@of_language("python")
def test_a_python_block_runs(block, document_server, request):
    if block.page == "ci.md":  # it needs a container engine
        assert block.text in (ROOT / "examples" / "with_testcontainers.py").read_text()
        return

    names = executed(block, document_server.url)

    for name in names.keys() - NAMES.get(block.page, {}).keys():
        if name.startswith("test_"):
            needed = signature(names[name]).parameters
            names[name](**{fixture: request.getfixturevalue(fixture) for fixture in needed})


def python_block(page, text):
    return next(block for block in blocks_in("python") if block.page == page and text in block.text)


def test_the_documented_law_holds():
    block = python_block("architecture.md", '"track.keeps-name"')

    law = eval(block.text.strip().rstrip(","), executed(block))  # noqa: S307 - our own document

    assert run_law(law, in_process_targets(), examples=3).outcome == "holds"


def test_the_documented_call_answers():
    names = executed(python_block("architecture.md", "@products.post"))
    app = create_app()
    app.register_blueprint(names["products"])

    answer = app.test_client().post(
        "/product", json={"name": "Pro plan", "price": 99}, headers={"Authorization": "Bearer KEY"}
    )

    assert answer.get_json() == {"name": "Pro plan", "price": 99}
