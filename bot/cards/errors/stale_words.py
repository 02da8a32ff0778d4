"""Why a press on an old card led to nothing: for each reason its own words, and one way on."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.cards.card import NAME
from bot.cards.errors.words import Params, Words
from bot.cards.mrkdwn import safe
from bot.text.translator import Translator


def another_version(tr: Translator) -> str:
    """Say that a control does not fit this version of the program."""
    return tr(
        "This control is from another version of Nextrung and no longer works. Nothing was "
        "changed. Type `/growth` for a fresh start."
    )


def _left(params: Params, tr: Translator) -> str:
    """Say what exactly the catalogue has no longer."""
    named = {name: safe(str(params.get(name, "")), NAME) for name in ("key", "role", "level")}
    match params.get("kind"):
        case "skill":
            return tr(
                "The catalogue has changed: it no longer has the skill “{key}”. "
                "Type `/skill` to see what there is.",
                **named,
            )
        case "group":
            return tr(
                "The catalogue has changed: it no longer has the skill group “{key}”. "
                "Type `/skill` to see what there is.",
                **named,
            )
        case "domain":
            return tr(
                "The catalogue has changed: it no longer has the domain “{key}”. "
                "Type `/skill` to see what there is.",
                **named,
            )
        case "role":
            return tr(
                "The catalogue has changed: it no longer has the role “{key}”. "
                "Type `/promote-gap` to choose another.",
                **named,
            )
        case "level":
            return tr(
                "The catalogue has changed: {role} no longer has the level “{key}”. "
                "Type `/promote-gap` to choose another.",
                **named,
            )
        case "goal":
            return tr(
                "The catalogue has changed: it no longer has {role}, {level}, your goal. Your "
                "marks stay. Type `/growth` to see what is nearest to it.",
                **named,
            )
        case "expectation":
            return tr(
                "The catalogue has changed: {role}, {level} no longer asks for {key}. "
                "Type `/growth` to see what is asked now.",
                **named,
            )
        case _:
            return tr(
                "The catalogue has changed: nothing is asked for at {role}, {level} any more. "
                "Type `/promote-gap` to choose another level.",
                **named,
            )


def _trigger(params: Params, tr: Translator) -> str:
    """Say why no form opened."""
    match params.get("reason"):
        case "expired_trigger_id":
            return tr(
                "Slack opens a form only within three seconds, and this took longer. "
                "Nothing was changed. Please do it once more."
            )
        case "exchanged_trigger_id":
            return tr(
                "This press has opened its form already. If you do not see it, press once more."
            )
        case "missing":
            return tr(
                "Slack let no form open from there. Nothing was changed. "
                "Type `/growth` for the same choices."
            )
        case _:
            return tr(
                "Slack did not let a form open this time. Nothing was changed. "
                "Please do it once more."
            )


def _no_goal_there(params: Params, tr: Translator) -> str:
    """Say why there is no way to a goal."""
    match params.get("why"):
        case "not_above":
            return tr(
                "That level is not above yours, so it cannot be a goal. "
                "Type `/growth goal` to choose another."
            )
        case "foot":
            return tr(
                "That is the first level of its ladder, so nothing leads up to it. "
                "Type `/growth goal` to choose another."
            )
        case "top":
            return tr(
                "You are at the top of that ladder, so there is no level to aim for. "
                "Type `/growth goal` to choose another role."
            )
        case _:
            return tr("That names no level to aim for. Type `/growth goal` to choose one.")


STALE_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "outdated_card": lambda _, tr: another_version(tr),
        "left_catalogue": _left,
        "done_but_left": lambda _, tr: tr(
            "That is done, and kept. The catalogue has changed meanwhile and no longer has what "
            "this shows, so it stays as it was. Type `/growth` to see where you stand."
        ),
        "trigger_past": _trigger,
        "no_goal_there": _no_goal_there,
        "modal_closed": lambda _, tr: tr(
            "That form was closed before I could bring it up to date. What was saved stays saved. "
            "Type `/growth` to see it."
        ),
        "data_forgotten": lambda _, tr: tr(
            "I keep nothing of what this is about: everything held about you was deleted. "
            "Type `/growth` to begin anew."
        ),
        "goal_dropped": lambda _, tr: tr(
            "You have no goal any more: it was dropped. Your marks stay. "
            "Type `/growth goal` to choose one."
        ),
        "goal_reached": lambda _, tr: tr(
            "You have reached that goal, so there is nothing left to change in it. "
            "Type `/growth goal` to choose the next one."
        ),
        "nudge_past": lambda _, tr: tr(
            "This question belongs to an earlier goal of yours, so nothing was changed. "
            "Type `/growth` to see what comes next now."
        ),
        "evidence_gone": lambda _, tr: tr(
            "This piece of evidence was deleted meanwhile. Type `/growth` to see what you keep."
        ),
        "no_longer_shared": lambda _, tr: tr(
            "This is no longer shared. Home says what is, in both directions."
        ),
        "no_longer_asked": lambda _, tr: tr(
            "This ask is over: it was answered, taken back, or has waited too long. Nothing was "
            "changed."
        ),
        "action_gone": lambda _, tr: tr(
            "This action is done or dropped by now. Nothing was changed. "
            "Your Home shows what is planned."
        ),
        "marked_since": lambda _, tr: tr(
            "You have marked this again since, and the newer mark stays. "
            "Type `/growth` to see where you stand."
        ),
    }
)
