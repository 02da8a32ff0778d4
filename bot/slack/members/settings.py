"""The member's settings."""

from bot.cards.ids import Action
from bot.cards.members.settings_view import AS_IN_SLACK
from bot.domain.errors import OutdatedCard
from bot.slack.context import Here
from bot.slack.members.settings_view import settings_of
from bot.slack.press import Press, as_it_is
from bot.slack.reply.forms import open_modal, turn, with_member
from bot.slack.reply.home import refresh_home
from bot.slack.routes import Routes


def register(on: Routes) -> None:
    """Register what the settings modal does."""
    on.press(Action.SETTINGS, as_it_is, open_settings)
    on.press(Action.LANGUAGE, as_it_is, choose_language)


async def open_settings(press: Press[str], here: Here) -> None:
    """Open the settings."""
    await open_modal(here, press, settings_of(here))


async def choose_language(press: Press[str], here: Here) -> None:
    """Speak the chosen language from now on, beginning with this modal."""
    view, chosen = press.surface, press.chosen
    if chosen != AS_IN_SLACK and chosen not in here.services.translators.locales:
        raise OutdatedCard
    language = None if chosen == AS_IN_SLACK else chosen
    member = await here.services.members.choose_language(here.member, language)
    here = await with_member(here, member)
    refresh_home(here)
    await turn(here, view, settings_of(here))
