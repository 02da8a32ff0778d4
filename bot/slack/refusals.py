"""How a call of Slack's Web API fails, and what follows from each of Slack's error codes."""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError, SlackRequestError

from bot.domain.errors import NextrungError
from bot.services.nudges.ports import Refusal

# Without an answer that anybody could read: Slack may have done it, or not.
UNANSWERED = (SlackRequestError, aiohttp.ClientError, OSError)
# The same without what may also be a fault of this machine, such as a full disk.
SILENT = (SlackRequestError, aiohttp.ClientError, TimeoutError, ConnectionError)
# Refused, or without an answer. A TimeoutError is an OSError.
CALL_FAILED = (SlackClientError, aiohttp.ClientError, OSError)
# What may go wrong where something is shown beside the answer, so that it is only logged.
NOT_SHOWN = (NextrungError, *CALL_FAILED)

UNREADABLE = "unreadable"
# A block is not what Slack takes there: a fault of ours, or one that the workspace does not have.
INVALID_BLOCKS = "invalid_blocks"
BLOCKS_REFUSED = frozenset({INVALID_BLOCKS, "msg_blocks_too_long"})


class WhyRefused(Enum):
    """Why Slack refuses a call, by what can be done about it."""

    MEMBER = auto()  # this member cannot be written to
    TOKEN = auto()  # the token is wrong or withdrawn
    TOKEN_TYPE = auto()  # another kind of token is needed, so the app has to be installed again
    SCOPE = auto()  # the app lacks a permission, so it has to be installed again
    WORKSPACE = auto()  # the workspace or the app's settings do not allow it
    FILES = auto()  # the workspace does not take such files
    LATER = auto()  # it works later
    LIMITED = auto()  # too many calls; the first code comes with a 429, the second without
    UNKNOWN = auto()  # Slack may have done it before it said so
    PAST = auto()  # the trigger is past: nothing opens from that press any more
    CLOSED = auto()  # the modal is closed
    TWICE = auto()  # the modal was turned twice at once, and shows the later turn


CODES: Mapping[WhyRefused, frozenset[str]] = MappingProxyType(
    {
        WhyRefused.MEMBER: frozenset(
            {
                "user_disabled",
                "user_not_found",
                "user_not_visible",
                "cannot_dm_bot",
                "restricted_action",
                "is_archived",
                "channel_not_found",
            }
        ),
        WhyRefused.TOKEN: frozenset(
            {"account_inactive", "token_revoked", "invalid_auth", "not_authed", "token_expired"}
        ),
        WhyRefused.TOKEN_TYPE: frozenset({"not_allowed_token_type"}),
        WhyRefused.SCOPE: frozenset({"missing_scope", "no_permission"}),
        WhyRefused.WORKSPACE: frozenset(
            {
                "messages_tab_disabled",
                "team_access_not_granted",
                "ekm_access_denied",
                "access_denied",
            }
        ),
        WhyRefused.FILES: frozenset(
            {
                "file_uploads_disabled",
                "file_uploads_except_images_disabled",
                "file_upload_size_restricted",
                "storage_limit_reached",
            }
        ),
        WhyRefused.LATER: frozenset(
            {
                "message_limit_exceeded",
                "service_unavailable",
                "team_added_to_org",
                "org_login_required",
            }
        ),
        WhyRefused.LIMITED: frozenset({"ratelimited", "rate_limited"}),
        WhyRefused.UNKNOWN: frozenset({"internal_error", "fatal_error", "request_timeout"}),
        WhyRefused.PAST: frozenset(
            {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"}
        ),
        WhyRefused.CLOSED: frozenset({"not_found"}),
        WhyRefused.TWICE: frozenset({"hash_conflict"}),
    }
)
# What follows from each, by what was asked of Slack. Whatever stands in no list is a fault of ours.
FOR_NUDGES: Mapping[WhyRefused, Refusal] = MappingProxyType(
    {
        WhyRefused.MEMBER: Refusal.MEMBER,
        # One look at the app's settings or a new installation mends it for everybody.
        WhyRefused.TOKEN: Refusal.WORKSPACE,
        WhyRefused.TOKEN_TYPE: Refusal.WORKSPACE,
        WhyRefused.SCOPE: Refusal.WORKSPACE,
        WhyRefused.WORKSPACE: Refusal.WORKSPACE,
        WhyRefused.LATER: Refusal.LATER,
    }
)
# The app may not send files there, which trying again does not change.
FILES_NOT_ALLOWED = frozenset(
    {
        WhyRefused.MEMBER,
        WhyRefused.TOKEN_TYPE,
        WhyRefused.SCOPE,
        WhyRefused.WORKSPACE,
        WhyRefused.FILES,
    }
)
# The app may not read what was uploaded.
UPLOADS_NOT_ALLOWED = frozenset({WhyRefused.SCOPE, WhyRefused.TOKEN_TYPE})
_PASSES = frozenset(
    {
        WhyRefused.LATER,
        WhyRefused.LIMITED,
        WhyRefused.UNKNOWN,
        WhyRefused.TOKEN,
        WhyRefused.WORKSPACE,
    }
)
_BY_CODE = MappingProxyType({code: why for why, codes in CODES.items() for code in codes})


def why_refused(error: Exception | str) -> WhyRefused | None:
    """Return why Slack refused, by its code; None for a code of no list, which is a fault of ours.

    Also None for what is no refusal at all.
    """
    if isinstance(error, Exception):
        return _BY_CODE.get(refusal_code(error)) if isinstance(error, SlackApiError) else None
    return _BY_CODE.get(error)


def passes(error: Exception) -> bool:
    """Tell whether the very same call may well work later, without anybody's doing in between.

    Also where the workspace is not connected just now: whoever installs the app again mends it.
    """
    if not isinstance(error, SlackApiError):
        return isinstance(error, (NextrungError, *UNANSWERED))
    status = getattr(error.response, "status_code", 200)
    return status == 429 or status >= 500 or why_refused(error) in _PASSES


def reason_of(error: Exception) -> str:
    """Return why something could not be shown, for a log: a code, never what was to be shown."""
    if isinstance(error, NextrungError):
        return error.code
    return refusal_code(error) if isinstance(error, SlackApiError) else type(error).__name__


def refusal_code(error: SlackApiError) -> str:
    """Return Slack's error code; "unreadable" where a gateway answered in its place."""
    data = error.response.data if hasattr(error.response, "data") else error.response
    return str(data.get("error", "unknown")) if isinstance(data, dict) else UNREADABLE


def known_code(error: SlackApiError) -> str:
    """Return Slack's code where it is one of those that something follows from, else "other"."""
    code = refusal_code(error)
    return code if code in _BY_CODE or code == UNREADABLE else "other"


def retry_after(error: Exception) -> float | None:
    """Return the seconds that Slack asks to wait; None where it does not say."""
    if not isinstance(error, SlackApiError):
        return None
    headers = getattr(error.response, "headers", None) or {}
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        return max(0.0, float(given))
    except (TypeError, ValueError):
        return None
