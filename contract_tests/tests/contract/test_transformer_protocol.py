"""The protocol in docs/contract.md is the one that the contract speaks."""

import json
import re

import pytest

from custify_contract.run.external_transformer import ExternalTransformer
from custify_contract.run.transformer_answer import request_in
from custify_contract.targets import MessageRefusedError
from custify_transformer.javascript import encode
from custify_transformer.service import ServiceRequest, UpstreamResponse, answer
from support.paths import ROOT

PAGE = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
PROCESSOR_CALL, PROCESSOR_ANSWER, ROUTER_CALL, ROUTER_ANSWER, REFUSAL = (
    json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
)
CALLS = [("/v0/destinations/custify", PROCESSOR_CALL, False), ("/routerTransform", ROUTER_CALL, True)]


@pytest.mark.parametrize(("path", "call", "is_router"), CALLS)
def test_the_documented_call_is_the_one_that_is_sent(path, call, is_router):
    event = call["input"][0] if is_router else call[0]

    sent = ExternalTransformer(f"http://127.0.0.1:9{path}", "CONTRACT").body(
        event["message"], event["destination"]["Config"]
    )

    assert sent == call


@pytest.mark.parametrize(
    ("path", "call", "is_router", "documented"),
    [(*CALLS[0], PROCESSOR_ANSWER), (*CALLS[1], ROUTER_ANSWER)],
)
def test_the_documented_answer_is_read_as_the_answer_of_our_service(path, call, is_router, documented):
    request = ServiceRequest("POST", path, {}, encode(call))
    ours = answer(request, lambda _: UpstreamResponse(200, {}), "documented").body

    assert request_in(json.dumps(documented), is_router=is_router) == request_in(
        json.dumps(ours), is_router=is_router
    )


def test_the_documented_refusal_is_read_as_one():
    with pytest.raises(MessageRefusedError, match="Email or userId is mandatory"):
        request_in(json.dumps(REFUSAL), is_router=False)
