"""Draws and posts what became of a draft on its day."""

from bot.cards.card import Card
from bot.cards.catalogue.draft_cards import stopped_card
from bot.cards.catalogue.outcomes import published_card
from bot.domain.catalogue.draft import Draft
from bot.domain.catalogue.workspace_catalogue import Receipt
from bot.domain.tenancy import Tenant
from bot.services.nudges.ports import Posted
from bot.slack.auth import Workspaces
from bot.slack.reply.answering import message
from bot.slack.reply.posting import DirectMessages
from bot.text.translator import Translators


class SlackDraftPost:
    """Posts with the token of the owner's workspace; see `DraftPost`."""

    def __init__(self, workspaces: Workspaces, translators: Translators) -> None:
        self._messages = DirectMessages(workspaces)
        self._translators = translators

    async def post_published(
        self, tenant: Tenant, slack_id: str, receipt: Receipt, *, language: str, id_: int
    ) -> Posted:
        """Post the receipt."""
        tr = self._translators.for_locale(language)
        card = published_card(receipt.published, tr, receipt.back_to)
        return await self._post(tenant, slack_id, card, id_)

    async def post_stopped(
        self, tenant: Tenant, slack_id: str, draft: Draft, why: str, *, language: str
    ) -> Posted:
        """Post that nothing was published."""
        card = stopped_card(draft, why, self._translators.for_locale(language))
        return await self._post(tenant, slack_id, card, draft.id)

    async def _post(self, tenant: Tenant, slack_id: str, card: Card, id_: int) -> Posted:
        drawn = message(card)
        return await self._messages.post(tenant, slack_id, drawn, event="nextrung_draft", id_=id_)
