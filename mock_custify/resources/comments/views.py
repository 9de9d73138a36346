"""The calls about comments."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.paging import LARGEST_OF_OTHERS, SortOrderQuery
from mock_custify.resources.comments import rules
from mock_custify.resources.comments.model import CommentAnswer, CommentPost
from mock_custify.workspace import Workspace

comments = Blueprint("comments", __name__)


class CommentsPage(Struct, kw_only=True):
    """One page of comments, and the number of all comments."""

    comments: list[CommentAnswer]
    total: int


@comments.post("/comment/<entity_model>/<entity>")
@call(statuses=(400,), example={"text": "They will renew", "createdBy": "jane@example.com"})
def write_comment(workspace: Workspace, entity_model: str, entity: str, body: CommentPost) -> CommentAnswer:
    """Write a comment on a note or a task, or update the one that the body names."""
    model = rules.read_model(entity_model)
    return rules.comment_answer(rules.write_comment(workspace, model, entity, body))


@comments.get("/comment/<entity_model>/<entity>")
@call(statuses=(400,))
def list_comments(
    workspace: Workspace, entity_model: str, entity: str, query: SortOrderQuery
) -> CommentsPage:
    """List the comments on a note or a task, oldest first; an unknown record has none."""
    model = rules.read_model(entity_model)
    found = rules.find_comments(workspace, model, entity, query.asked_sorting())
    page = query.cut(found, LARGEST_OF_OTHERS)
    return CommentsPage(comments=[rules.comment_answer(one) for one in page], total=len(found))
