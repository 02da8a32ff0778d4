"""The form for a role and a level: one for the member's own, one for a goal."""

from dataclasses import dataclass

from bot.cards import limits
from bot.cards.blocks import Block, View, section
from bot.cards.card import level_options
from bot.cards.elements import plain, select
from bot.cards.forms import input_block
from bot.cards.ids import Action, Callback
from bot.cards.role_select import role_finder
from bot.domain.framework import Level, Role
from bot.text.translator import Translator

ROLE_BLOCK = "role"
LEVEL_BLOCK = "level"


@dataclass(frozen=True, slots=True)
class RungForm:
    """What the form shows. `levels` are those to choose from, empty until a role is chosen.

    `origin` is carried along: where the form was opened.
    """

    roles: tuple[Role, ...]
    role: Role | None = None
    levels: tuple[Level, ...] = ()
    level: Level | None = None
    origin: str = ""


def role_view(form: RungForm, tr: Translator) -> View:
    """Build the modal in which members say what their role and level are."""
    hint = tr("As it is today. What you look up starts from here.")
    return _view(Callback.ROLE, tr("Role and level"), form, hint, "", tr)


def goal_view(form: RungForm, tr: Translator) -> View:
    """Build the modal that sets a goal."""
    hint = tr("Your goal keeps the catalogue as it is today, until you adopt a newer version.")
    nothing = tr("There is no level above yours on this ladder. Choose another role.")
    return _view(Callback.GOAL, tr("Your goal"), form, hint, nothing, tr)


def level_block(role: Role) -> str:
    """Return the id of the level's block.

    Another role's levels are another question, so that Slack does not keep the old answer.
    """
    return f"{LEVEL_BLOCK}.{role.key}"[: limits.BLOCK_ID]


def _view(
    callback: Callback, title: str, form: RungForm, hint: str, nothing: str, tr: Translator
) -> View:
    finder = role_finder(form.roles, form.role, tr, action=Action.RUNG_ROLE)
    blocks: list[Block] = [input_block(ROLE_BLOCK, tr("Role"), finder, dispatch=True)]
    if form.role and form.levels:
        chosen = form.level.key if form.level else None
        levels = select(
            Action.RUNG_LEVEL, tr("Choose a level"), level_options(form.levels, tr), chosen
        )
        blocks.append(input_block(level_block(form.role), tr("Level"), levels, hint=hint))
    elif form.role and nothing:
        blocks.append(section(nothing))
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, limits.VIEW_TITLE),
        "submit": plain(tr("Save"), limits.VIEW_TITLE),
        "close": plain(tr("Cancel"), limits.VIEW_TITLE),
        "private_metadata": form.origin,
        "blocks": blocks,
    }
