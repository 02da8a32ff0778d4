"""Slack's answers to a direct message that did not work, by what must follow from each."""

from collections.abc import Mapping

from bot.services.nudges.ports import Refusal

REFUSED: Mapping[Refusal, tuple[str, ...]] = {
    Refusal.MEMBER: (
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "cannot_dm_bot",
        "restricted_action",
        "is_archived",
        "channel_not_found",
    ),
    Refusal.WORKSPACE: (
        "account_inactive",
        "token_revoked",
        "invalid_auth",
        "not_authed",
        "token_expired",
        # These two concern everybody, and one change of the app's settings mends them.
        "missing_scope",
        "messages_tab_disabled",
        "team_access_not_granted",
        "no_permission",
        "ekm_access_denied",
        "access_denied",
    ),
    Refusal.OURS: (
        "invalid_blocks",
        "msg_blocks_too_long",
        "no_text",
        "metadata_too_large",
        "invalid_arguments",
        "a_code_of_next_year",
    ),
    Refusal.LATER: (
        "ratelimited",
        "rate_limited",
        "message_limit_exceeded",
        "service_unavailable",
        "team_added_to_org",
        "org_login_required",
    ),
}
UNKNOWN = ("internal_error", "fatal_error", "request_timeout")
EVERY = {code: kind for kind, codes in REFUSED.items() for code in codes}
