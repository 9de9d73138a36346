"""The rules about comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast, get_args

from msgspec import UNSET, structs

from mock_custify.api.lists import field_reader, ordered
from mock_custify.errors import InvalidRequestError
from mock_custify.resources import checked
from mock_custify.resources.adding import place
from mock_custify.resources.comments.model import COMMENTS, Comment, CommentAnswer, CommentedModel
from mock_custify.resources.notes.model import NOTES
from mock_custify.resources.tasks.model import TASKS
from mock_custify.resources.users import find_user

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_custify.api.filters.model import Sorting
    from mock_custify.resources.checked import Check
    from mock_custify.resources.comments.model import CommentPost
    from mock_custify.workspace.section import Section
    from mock_custify.workspace.workspace import Workspace

CHECKS: Final[Mapping[str, Check]] = {"createdBy": checked.user}
SECTIONS: Final[Mapping[CommentedModel, Section[Any]]] = {"Note": NOTES, "Task": TASKS}


def read_model(text: str) -> CommentedModel:
    """Return what a path says is commented on; raise InvalidRequestError."""
    if text not in SECTIONS:
        raise InvalidRequestError(
            f"entityModel {text!r} is not known: use {' or '.join(get_args(CommentedModel))}"
        )
    return cast("CommentedModel", text)


def write_comment(workspace: Workspace, model: CommentedModel, entity: str, request: CommentPost) -> Comment:
    """Create a comment on a note or a task, or update the one that the body names.

    Raises InvalidRequestError. Source: POST /comment/{entityModel}/{entity}.
    """
    if workspace.records[SECTIONS[model]].get(entity) is None:
        raise InvalidRequestError(f"there is no {model} with the id {entity!r}")
    sent = checked.checked(workspace, request, CHECKS)
    if request.id is UNSET:
        return add_comment(workspace, Comment(**sent, entity=entity, entityModel=model))
    known = workspace.records[COMMENTS].get(request.id)
    if known is None or (known.entity, known.entityModel) != (entity, model):
        raise InvalidRequestError(f"id: there is no comment {request.id!r} on the {model} {entity!r}")
    comment = structs.replace(known, **sent, updated_at=workspace.clock.stamp())
    workspace.records[COMMENTS].put(comment)
    return comment


@COMMENTS.adds
def add_comment(workspace: Workspace, comment: Comment) -> Comment:
    """Store a comment, its user by internal id."""
    user = find_user(workspace, comment.createdBy)
    return place(workspace, COMMENTS, structs.replace(comment, createdBy=user.id) if user else comment)


def find_comments(
    workspace: Workspace, model: CommentedModel, entity: str, sorting: Sorting | None
) -> list[Comment]:
    """Return the comments on a note or a task, oldest first unless an order is requested."""
    held = workspace.records[COMMENTS]
    found = [one for one in held if (one.entity, one.entityModel) == (entity, model)]
    return ordered(found, sorting, field_reader(Comment)(sorting.field if sorting else ""))


def comment_answer(comment: Comment) -> CommentAnswer:
    """Return a comment as an answer shows it."""
    return CommentAnswer(**structs.asdict(comment))


def forget_comments_on(workspace: Workspace, entity: str) -> None:
    """Delete the comments on a note or a task that is deleted."""
    held = workspace.records[COMMENTS]
    for comment in [one for one in held if one.entity == entity]:
        held.remove(comment)
