"""The settings of a member, as a modal."""

from bot.cards.blocks import View
from bot.cards.members.settings_view import settings_view
from bot.slack.context import Here


def settings_of(here: Here) -> View:
    """Build the settings modal as everything stands now."""
    translators, member = here.services.translators, here.member
    known = member.language if member.language in translators.locales else None
    slacks = translators.for_locale(member.locale).locale
    return settings_view(known, slacks, translators.own_names, here.tr)
