"""The form for a role and a level: one for the member's own, one for a goal."""

from datetime import date

from bot.cards import limits
from bot.cards.blocks import Block, View, section
from bot.cards.card import level_options
from bot.cards.elements import option, select
from bot.cards.forms import date_picker, input_block, radio
from bot.cards.ids import Action, Callback
from bot.cards.modals import form_view
from bot.cards.role_select import role_finder
from bot.domain.framework import Level, Role
from bot.text.translator import Translator
from bot.values import dataclass

ROLE_BLOCK = "role"
LEVEL_BLOCK = "level"
DAY_BLOCK = "goal_day"
NO_DAY_BLOCK = "goal_no_day"


@dataclass(frozen=True, slots=True)
class RungForm:
    """What the form shows. `levels` are those to choose from, empty until a role is chosen.

    `origin` is carried along: where the form was opened. `by` is the day of the goal that it shows.
    """

    roles: tuple[Role, ...]
    role: Role | None = None
    levels: tuple[Level, ...] = ()
    level: Level | None = None
    origin: str = ""
    by: date | None = None


def role_view(form: RungForm, tr: Translator) -> View:
    """Build the modal in which members say what their role and level are."""
    hint = tr("As it is today. What you look up starts from here.")
    return _view(Callback.ROLE, tr("Role and level"), form, hint, "", tr)


def goal_view(form: RungForm, tr: Translator) -> View:
    """Build the modal that sets a goal."""
    hint = tr("Your goal keeps the catalogue as it is today, until you adopt a newer version.")
    nothing = tr("There is no level above yours on this ladder. Choose another role.")
    view = _view(Callback.GOAL, tr("Your goal"), form, hint, nothing, tr)
    if form.levels:
        view["blocks"] = [*view["blocks"], *_days(form.by, tr)]
    return view


def _days(by: date | None, tr: Translator) -> list[Block]:
    """Ask for a day; where there is one, offer to do without: Slack's picker cannot be emptied."""
    hint = tr("No day is needed. It stands beside your goal; nothing happens when it passes.")
    picker = date_picker(Action.GOAL_DAY, by)
    blocks: list[Block] = [input_block(DAY_BLOCK, tr("By"), picker, hint=hint, optional=True)]
    if by:
        none = radio(Action.GOAL_NO_DAY, [option(tr("Without a day"), "none")])
        blocks.append(input_block(NO_DAY_BLOCK, tr("Or"), none, optional=True))
    return blocks


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
    return form_view(
        callback,
        tr,
        title=title,
        submit=tr("Save"),
        blocks=blocks,
        metadata=form.origin,
    )
