"""POST /deleteUsers: people to forget. Source: recorded behaviour, section 9; data plane, "User deletion"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from custify_transformer.destination import Destination
from custify_transformer.envelope import API_VERSION, Answer, data_text, failure, unreachable
from custify_transformer.javascript import is_truthy, text
from custify_transformer.request import PEOPLE, HttpRequest

if TYPE_CHECKING:
    from custify_transformer.envelope import Deliver, Reply

NOT_FOUND: Final = 404
DELETED: Final = (200, NOT_FOUND)  # nobody to delete is success, and so is no other status
UNQUOTED: Final = "!$%&'()*+,/:;=?@[]~"  # what stays as it is in an address that nobody encoded


def delete_users(body: Any, deliver: Deliver, profile: str = "production") -> Answer:
    """Return one result per request of `body`; the first result's status is the answer's.

    `body`: [{"destType": "custify", "userAttributes": [{"userId": ...}], "config": {"apiKey": ...}}].
    """
    if not isinstance(body, list) or not body:
        return failure(500, "Cannot read properties of undefined (reading 'statusCode')")
    if any(not isinstance(request, dict) for request in body):
        return failure(500, "Cannot destructure property 'destType' of 'object null' as it is null.")
    for request in body:
        kind = text(request.get("destType"))
        if kind.lower() != "custify":
            return Answer(404, API_VERSION, {"error": f"Unknown destination: {kind}"})
    results = [delete_people(request, deliver, profile) for request in body]
    return Answer(results[0]["statusCode"], API_VERSION, results)


def delete_people(request: dict[str, Any], deliver: Deliver, profile: str) -> dict[str, Any]:
    """Return the result of one request. A user without id does not stop the deletion of the others."""
    people = request.get("userAttributes")
    if not isinstance(people, list):
        return refused(400, "userAttributes is not an array")
    if not is_truthy(request.get("config")):
        return refused(400, "Config for deletion not present")
    destination = Destination.from_config(request["config"])
    if not isinstance(request["config"], dict) or not is_truthy(request["config"].get("apiKey")):
        return refused(400, "api key for deletion not present")
    ids = [person.get("userId") if isinstance(person, dict) else None for person in people]
    replies = [deliver(deletion(user_id, destination, profile)) for user_id in ids if is_truthy(user_id)]
    if not all(map(is_truthy, ids)):
        return refused(400, "User id for deletion not present")
    failed = next((reply for reply in replies if reply.status not in DELETED), None)
    return failed_result(failed) if failed else {"statusCode": 200, "status": "successful"}


def deletion(user_id: Any, destination: Destination, profile: str) -> HttpRequest:
    """Return the DELETE of one person; production does not encode the id, so an "&" in it cuts it short."""
    headers = {"Authorization": destination.authorization, "Accept": "application/json"}
    if profile == "documented":
        return HttpRequest("DELETE", PEOPLE, headers, {"user_id": text(user_id)}, None)
    cut = text(user_id).partition("#")[0]
    named = quote(cut, safe=UNQUOTED, errors="replace")
    return HttpRequest("DELETE", f"{PEOPLE}?user_id={named}", headers, {}, None)


def failed_result(reply: Reply) -> dict[str, Any]:
    """Return the result of a request of which one deletion failed."""
    if reply.code:
        return refused(*unreachable(reply.code))
    return refused(reply.status, data_text(reply.body))


def refused(status: int, error: str) -> dict[str, Any]:
    """Return a result that says why nothing, or not everything, was deleted."""
    return {"statusCode": status, "error": error}
