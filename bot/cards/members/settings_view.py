"""The settings modal: language, the way to nudges, and what becomes of the member's data."""

from collections.abc import Mapping

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, divider, section
from bot.cards.elements import button, option, plain, select
from bot.cards.ids import Action, Callback
from bot.text.translator import Translator

# Stands for "as in Slack": a value that is no language's tag.
AS_IN_SLACK = "slack"


def settings_view(
    chosen: str | None, slack_language: str, languages: Mapping[str, str], tr: Translator
) -> View:
    """Build the modal. Each control acts at once, so there is nothing to submit.

    Args:
        chosen: the tag of the member's own choice, None where there is none.
        slack_language: the tag of the language that is spoken without a choice.
        languages: the name of each language to choose, in that language, by tag.
        tr: the language to write in.
    """
    same = tr("As in Slack ({language})", language=languages[slack_language])
    options = [
        option(same, AS_IN_SLACK),
        *(option(name, tag) for tag, name in languages.items()),
    ]
    picker = select(Action.LANGUAGE, tr("Language"), options, chosen or AS_IN_SLACK)
    nudges = button(Action.NUDGE_SETTINGS, tr("Nudge Settings"), "nudges")
    blocks: list[Block] = [
        section(tr("*Language*")),
        actions([picker]),
        divider(),
        section(tr("*Nudges*")),
        actions([nudges]),
        divider(),
        *_data(tr),
    ]
    return {
        "type": "modal",
        "callback_id": Callback.SETTINGS,
        "title": plain(tr("Settings"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": "",
        "blocks": blocks,
    }


def _data(tr: Translator) -> list[Block]:
    told = tr("*Your data*\nNobody but you sees it. Take it along, or have all of it deleted.")
    forget = button(Action.FORGET_ME, tr("Forget Me"), "forget")
    forget["style"] = "danger"
    return [
        section(told),
        actions([button(Action.EXPORT_DATA, tr("Export My Data"), "export"), forget]),
    ]
