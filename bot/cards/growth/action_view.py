"""The form of a dated action: what is to be done, and on which day."""

from datetime import date

from bot.cards.blocks import View, context
from bot.cards.card import NAME
from bot.cards.forms import date_picker, input_block, text_input
from bot.cards.ids import Action, Callback
from bot.cards.modals import form_view
from bot.cards.mrkdwn import bold
from bot.domain.framework import Skill
from bot.domain.growth.planned.action import MAX_TEXT
from bot.text.translator import Translator
from bot.values import dataclass

TEXT, DAY = "action.text", "action.day"


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """What the form begins with. `moved`: it is an action of before, which gets another day."""

    skill: Skill | None
    day: date
    text: str = ""
    moved: bool = False


def action_view(draft: ActionDraft, tr: Translator, *, metadata: str) -> View:
    """Build the form; `metadata` comes back with it."""
    title = tr("Another day") if draft.moved else tr("Plan an action")
    words = text_input(Action.ACTION_TEXT, value=draft.text, most=MAX_TEXT, focus=not draft.moved)
    hint = tr("Something that can be done, such as “run the design review”. Only you see it.")
    told = tr("I remind you once, on that day, in working hours.")
    return form_view(
        Callback.ACTION,
        tr,
        title=title,
        submit=tr("Save"),
        blocks=[
            *([context(bold(tr.of(draft.skill.name), NAME))] if draft.skill else []),
            input_block(TEXT, tr("What will you do?"), words, hint=hint),
            input_block(DAY, tr("Day"), date_picker(Action.ACTION_DAY, draft.day), hint=told),
        ],
        metadata=metadata,
    )
