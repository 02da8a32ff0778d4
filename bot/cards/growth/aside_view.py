"""The form that asks why something required is put aside."""

from bot.cards.blocks import View, section
from bot.cards.card import NAME, Card
from bot.cards.forms import input_block, text_input
from bot.cards.ids import Action, Callback
from bot.cards.modals import form_view
from bot.cards.mrkdwn import named
from bot.domain.framework import Expectation
from bot.domain.growth.evidence import MAX_NOTE
from bot.text.translator import Translator

REASON = "aside.reason"


def aside_card(expectation: Expectation, tr: Translator) -> Card:
    """Build the message that confirms it where the card behind the form cannot be redrawn."""
    text = tr("*{skill}* is put aside.", skill=named(tr.of(expectation.skill.name), NAME))
    return Card(text=text.replace("*", ""), blocks=[section(text)])


def aside_view(expectation: Expectation, tr: Translator, *, metadata: str) -> View:
    """Build the modal; `metadata` comes back with it. The reason may be left out."""
    told = tr(
        "*{skill}* is required. Put aside, it leaves what is open, and stands beside your progress "
        "by name.",
        skill=named(tr.of(expectation.skill.name), NAME),
    )
    reason = input_block(
        REASON,
        tr("Why is it not relevant to you?"),
        text_input(Action.ASIDE_REASON, multiline=True, most=MAX_NOTE),
        hint=tr("Only you see it, and whoever you give your packet to."),
        optional=True,
    )
    return form_view(
        Callback.ASIDE,
        tr,
        title=tr("Not relevant"),
        submit=tr("Put Aside"),
        blocks=[section(told), reason],
        metadata=metadata,
    )
