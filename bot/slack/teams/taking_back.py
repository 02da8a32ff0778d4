"""Takes back what was sent: messages and files go, open modals say that it is shared no more."""

from slack_sdk.errors import SlackApiError

from bot.cards.teams.shared_no_more import shared_no_more_card
from bot.domain.teams.taken_back import TakenBack
from bot.slack.client import SlackClient
from bot.slack.refusals import refusal_code
from bot.slack.reply.answering import notice_view
from bot.text.translator import Translators

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
    """Do it; twice is once.

    Raises:
        SlackApiError, OSError, aiohttp.ClientError: not all is taken back yet.
    """
    for view_id, language in what.views:
        tr = translators.for_locale(language)
        try:
            view = notice_view(shared_no_more_card(tr), tr)
            await client.views_update(view_id=view_id, view=view)
        except SlackApiError as error:
            # Most were closed long ago.
            if refusal_code(error) not in _GONE:
                raise
    for channel, ts in what.messages:
        await _delete(client, channel, ts)
    for file in what.files:
        try:
            await client.files_delete(file=file)
        except SlackApiError as error:
            if refusal_code(error) not in _GONE:
                raise


async def _delete(client: SlackClient, channel: str, ts: str) -> None:
    try:
        await client.chat_delete(channel=channel, ts=ts)
    except SlackApiError as error:
        code = refusal_code(error)
        if code in _GONE:
            return
        if code not in {"cant_delete_message", "compliance_exports_prevent_deletion"}:
            raise
        await client.chat_update(channel=channel, ts=ts, text=_BLANK, blocks=[])
