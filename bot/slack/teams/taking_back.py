"""Takes back what was sent: messages and files go, open modals say that it is shared no more."""

from collections.abc import Awaitable, Callable
from functools import partial

from slack_sdk.errors import SlackApiError

from bot.cards.teams.shared_no_more import shared_no_more_card, team_no_more_card
from bot.domain.teams.taken_back import TakenBack
from bot.slack.client import SlackClient
from bot.slack.refusals import CALL_FAILED, refusal_code
from bot.slack.reply.answering import notice_view
from bot.text.translator import Translator, Translators

# It is gone already, by whoever's act.
_GONE = frozenset(
    {
        *("message_not_found", "channel_not_found", "file_not_found", "file_deleted"),
        *("not_found", "view_not_found"),
    }
)
# What takes the place of a message that Slack does not let us delete.
_BLANK = "—"


async def take_back(client: SlackClient, what: TakenBack, translators: Translators) -> None:
    """Do it; twice is once. What cannot be taken back does not keep the rest from it.

    Raises:
        SlackApiError, OSError, aiohttp.ClientError: not all is taken back yet.
    """
    parts: list[Callable[[], Awaitable[None]]] = [
        partial(_close, client, view, translators.for_locale(tag), is_team=view in what.teams)
        for view, tag in what.views
    ]
    parts += [partial(_delete, client, channel, ts) for channel, ts in what.messages]
    parts += [partial(_delete_file, client, file) for file in what.files]
    failed: Exception | None = None
    for part in parts:
        try:
            await part()
        except CALL_FAILED as error:
            # Most modals were closed long ago, and some messages were deleted by others.
            if not (isinstance(error, SlackApiError) and refusal_code(error) in _GONE):
                failed = failed or error
    if failed is not None:
        raise failed


async def _close(client: SlackClient, view_id: str, tr: Translator, *, is_team: bool) -> None:
    view = notice_view(team_no_more_card(tr) if is_team else shared_no_more_card(tr), tr)
    await client.views_update(view_id=view_id, view=view)


async def _delete(client: SlackClient, channel: str, ts: str) -> None:
    try:
        await client.chat_delete(channel=channel, ts=ts)
    except SlackApiError as error:
        code = refusal_code(error)
        if code not in {"cant_delete_message", "compliance_exports_prevent_deletion"}:
            raise
        await client.chat_update(channel=channel, ts=ts, text=_BLANK, blocks=[])


async def _delete_file(client: SlackClient, file: str) -> None:
    await client.files_delete(file=file)
