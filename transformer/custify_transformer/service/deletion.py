"""POST /deleteUsers: delete people. Source: recorded behaviour, section 9; data plane, "User deletion"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.destination import Destination
from custify_transformer.javascript import UNDEFINED, is_truthy, text
from custify_transformer.profiles import PROFILES
from custify_transformer.service.exchange import API_VERSION, ServiceResponse, failure
from custify_transformer.service.upstream import describe_failure

if TYPE_CHECKING:
    from custify_transformer.service.exchange import Deliver

DELETED: Final = (200, 404)  # an unknown person counts as deleted; every other status is an error


def delete_users(body: Any, deliver: Deliver, profile: str = "production") -> ServiceResponse:
    """Return one result per deletion request. The status of the first result is that of the response.

    `body`: [{"destType": "custify", "userAttributes": [{"userId": ...}], "config": {"apiKey": ...}}].
    """
    if not isinstance(body, list) or not body:
        return failure(500, "Cannot read properties of undefined (reading 'statusCode')")
    for request in body:
        kind = request.get("destType", UNDEFINED) if isinstance(request, dict) else UNDEFINED
        if not isinstance(kind, str) or kind.lower() != "custify":
            return ServiceResponse(404, API_VERSION, {"error": f"Unknown destination: {text(kind)}"})
    results = [delete_people(request, deliver, profile) for request in body]
    return ServiceResponse(results[0]["statusCode"], API_VERSION, results)


def delete_people(request: dict[str, Any], deliver: Deliver, profile: str) -> dict[str, Any]:
    """Return the result of one deletion request. A user without an id does not stop the other deletions."""
    people = request.get("userAttributes")
    if not isinstance(people, list):
        return build_error(400, "userAttributes is not an array")
    config = request.get("config")
    if not is_truthy(config):
        return build_error(400, "Config for deletion not present")
    if not isinstance(config, dict) or not is_truthy(config.get("apiKey")):
        return build_error(400, "api key for deletion not present")
    destination = Destination.from_config(config)
    build_request = PROFILES[profile].delete_person
    ids = [person.get("userId") if isinstance(person, dict) else None for person in people]
    missing = next((at for at, user_id in enumerate(ids) if not is_truthy(user_id)), None)
    responses = [deliver(build_request(user_id, destination)) for user_id in ids if is_truthy(user_id)]
    if missing is not None and people[missing] is None:
        return build_error(500, "Cannot read properties of null (reading 'userId')")
    if missing is not None:
        return build_error(400, "User id for deletion not present")
    failed = next((response for response in responses if response.status not in DELETED), None)
    return build_error(*describe_failure(failed)) if failed else {"statusCode": 200, "status": "successful"}


def build_error(status: int, error: str) -> dict[str, Any]:
    """Return the result of a deletion request that failed, if only for one person."""
    return {"statusCode": status, "error": error}
