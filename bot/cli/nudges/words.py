"""Decisions about nudges in an operator's words: never a member's skill, level or prompt."""

from bot.domain.nudges.choice import Choice
from bot.domain.nudges.decision import Decision, PutBack, Withheld
from bot.domain.nudges.message import AllDone, Digest, LessOften, OneNudge

_WITHHELD = {
    Withheld.STOPPED: "the member stopped nudges",
    Withheld.PAUSED: "the member paused nudges",
    Withheld.BARRED: "the account can get none",
    Withheld.NO_GOAL: "there is no active goal",
    Withheld.NO_WAY: "the catalogue has no way to the goal any more",
    Withheld.WEEKLY_CAP: "the workspace's weekly cap is reached",
    Withheld.ALL_DONE: "everything is met or put aside, and that was said",
    Withheld.WAITING: "what is left was put off, or was asked the last time",
    Withheld.SETTLED: "what was put off needs no nudge any more",
    Withheld.QUIET: "the member answers nothing; a digest comes after a while",
    Withheld.COLLAPSED: "a later slot stands for this one",
}


def decision_text(decision: Decision) -> str:
    """Return what would be sent, and why; or why nothing would."""
    match decision:
        case OneNudge(choice):
            return _choice_text(choice)
        case Digest(choices):
            return f"A digest of {len(choices)} expectations, after a long absence"
        case LessOften():
            return 'The question "less often?": several nudges were not answered'
        case AllDone():
            return "The notice that all is done, with the next goal"
        case PutBack(until):
            return f"Waits for working hours, until {until:%Y-%m-%d %H:%M} UTC"
        case _:
            return f"Nothing: {_WITHHELD[decision]}"


def _choice_text(choice: Choice) -> str:
    why = ", ".join(each.value.replace("_", " ") for each in choice.reasons)
    about = "a follow-up of what the member wrote" if choice.wrote is not None else "one prompt"
    return f"One expectation, {about} [{why}]"
