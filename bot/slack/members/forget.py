"""Forget me: the modal that asks."""

from bot.cards.members.forget_view import forget_view
from bot.domain.members.personal_data import DraftPart, Forgotten
from bot.slack.context import Here
from bot.slack.press import Asked
from bot.slack.reply.forms import open_modal


async def open_forget(here: Here, asked: Asked) -> None:
    """Ask once, with all that would be deleted; from within a modal, on top of it.

    Raises:
        StoreUnavailable: the store does not answer.
    """
    record = await here.services.records.everything(here.member)
    held = Forgotten(
        members=1,
        assessments=len(record.assessments),
        evidence=len(record.evidence),
        goals=len(record.goals),
        drafts=sum(each.part is DraftPart.AUTHOR for each in record.drafts),
        shares=len(record.shares),
    )
    await open_modal(here, asked, forget_view(held, here.tr))
