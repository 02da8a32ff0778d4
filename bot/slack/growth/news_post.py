"""Draws and posts what a revision changed in members' goals."""

from bot.cards.growth.news_card import news_card
from bot.domain.answers import GoalReport
from bot.domain.tenancy import Tenant
from bot.services.nudges.ports import Posted
from bot.slack.auth import Workspaces
from bot.slack.reply.answering import message
from bot.slack.reply.posting import DirectMessages
from bot.text.translator import Translators


class SlackGoalNewsPost:
    """Posts with the token of the member's workspace; see `GoalNewsPost`."""

    def __init__(self, workspaces: Workspaces, translators: Translators) -> None:
        self._messages = DirectMessages(workspaces)
        self._translators = translators

    async def post_goal_news(
        self, tenant: Tenant, slack_id: str, report: GoalReport, *, language: str, id_: int
    ) -> Posted:
        """Post a direct message once."""
        drawn = message(news_card(report, self._translators.for_locale(language)))
        return await self._messages.post(
            tenant, slack_id, drawn, event="nextrung_goal_news", id_=id_
        )
