"""What a typed order for nudges came to, in a line above what is set: mrkdwn."""

from bot.cards.card import TYPED, sentences
from bot.cards.mrkdwn import safe
from bot.domain.nudges.command import ChangeNudges, Problem, Unclear
from bot.domain.nudges.outlook import NudgeOutlook
from bot.domain.nudges.typed_pause import NoPause, PauseProblem
from bot.text.translator import Translator


def taken_note(
    order: ChangeNudges, before: NudgeOutlook, tr: Translator, *, paused: bool = False
) -> str:
    """Say that the settings are kept, what that ended, and for what misspelt words were taken.

    `before` is what was set until then, `paused` tells that it was a pause.
    """
    done = [tr("*Saved.*")]
    if before.settings.stopped:
        done.append(tr("With that, nudges are no longer stopped."))
    elif paused:
        done.append(tr("With that, your pause is over."))
    return " ".join([*done, *(slip_note(*each, tr) for each in order.corrected)])


def slip_note(typed: str, word: str, tr: Translator) -> str:
    """Say for what a misspelt word was taken."""
    return tr("Taken “{typed}” for `{topic}`.", typed=safe(typed, TYPED), topic=word)


def unclear_note(problem: Unclear | NoPause, tr: Translator) -> str:
    """Say what was not understood, and how it can be said. Nothing has changed."""
    words = f"“{safe(problem.words, TYPED)}”"
    return sentences([_what(problem, words, tr), tr("Nothing has changed.")], tr)


def _what(problem: Unclear | NoPause, words: str, tr: Translator) -> str:
    match problem.problem:
        case Problem.UNKNOWN:
            return tr(
                "I did not understand {words}. Say how often, on which day and at what time.",
                words=words,
            )
        case Problem.TWICE:
            return tr("{words} names two times, rhythms or time zones.", words=words)
        case Problem.NO_SUCH_TIME:
            return tr("No clock shows {words}.", words=words)
        case Problem.DAILY_HAS_NO_DAYS:
            return tr(
                "{words}: daily nudges come on every working day. For chosen days say weekly.",
                words=words,
            )
        case PauseProblem.NO_LENGTH:
            return tr("For how long? Choose it below, or type `/growth pause 2w`.")
        case PauseProblem.UNCLEAR:
            return tr(
                "I did not understand {words}. Say it like `2w`, `1 month` or `until 7 December`.",
                words=words,
            )
        case PauseProblem.NOT_AHEAD:
            return tr("A pause ends on a day after today.")
        case PauseProblem.TOO_LONG:
            return tr("A pause lasts a year at most. `/growth stop` ends nudges.")
