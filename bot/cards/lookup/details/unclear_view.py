"""“This text is unclear”: the form, and what is said when it was sent."""

from bot.cards import limits
from bot.cards.blocks import View, context, section
from bot.cards.card import NAME
from bot.cards.elements import plain
from bot.cards.excerpt import behaviour
from bot.cards.forms import input_block, text_input
from bot.cards.ids import Action, Callback
from bot.cards.modals import form_view
from bot.cards.mrkdwn import bold, named
from bot.domain.catalogue.unclear import MOST_SENTENCE
from bot.domain.framework import Expectation
from bot.text.translator import Translator

SENTENCE = "unclear.sentence"
_QUOTED = 1200


def unclear_view(expectation: Expectation, tr: Translator, *, metadata: str) -> View:
    """Build the form; `metadata` comes back with it. The sentence may be left out."""
    where = " · ".join(
        (
            bold(tr.of(expectation.skill.name), NAME),
            named(tr.of(expectation.role.name), NAME),
            named(tr.of(expectation.level.name), NAME),
        )
    )
    anonymous = tr(
        "Your name is not kept, only that one more person finds this text unclear. The owners of "
        "the catalogue and whoever runs Nextrung read the count, and your sentence if you write "
        "one."
    )
    sentence = input_block(
        SENTENCE,
        tr("What is unclear about it?"),
        text_input(Action.UNCLEAR_SENTENCE, most=MOST_SENTENCE),
        hint=tr("It is read word for word: leave out what would tell who you are."),
        optional=True,
    )
    return form_view(
        Callback.UNCLEAR,
        tr,
        title=tr("Unclear text"),
        submit=tr("Send"),
        blocks=[
            section(f"{where}\n{behaviour(expectation, _QUOTED, tr)}"),
            context(anonymous),
            sentence,
        ],
        metadata=metadata,
    )


def said_view(counted: bool, tr: Translator) -> View:
    """Build what takes the form's place; `counted` is False where it had been said before."""
    if counted:
        text = tr("Thank you. The owners of the catalogue see the count, and not who you are.")
    else:
        text = tr(
            "You said so already, and it counts once until the catalogue is published anew. "
            "Nothing more was kept."
        )
    return {
        "type": "modal",
        "callback_id": "",
        "title": plain(tr("Unclear text"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": "",
        "blocks": [section(text)],
    }
