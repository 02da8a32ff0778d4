"""Ids that come back from Slack, in one place: what a listener waits for, a card must use."""

from enum import StrEnum


class Action(StrEnum):
    """Action ids. Where a card has several of one kind, a dot and a number follow."""

    SHOW = "show"
    LEVEL = "level"
    FIND = "find"
    FIND_ROLE = "find_role"
    FIND_TARGET = "find_target"
    DETAILS = "details"
    DETAILS_LEVEL = "details_level"
    DETAILS_ROLE = "details_role"
    SHARE = "share"


class Callback(StrEnum):
    """Callback ids of views."""

    DETAILS = "details"


def numbered(action: Action, number: int) -> str:
    """Return an action id that is unique within its block."""
    return f"{action}.{number}"
