"""What a nudge says of an expectation, in words: why it was chosen, and what is asked."""

from bot.cards.card import NAME
from bot.cards.mrkdwn import clip, safe
from bot.domain.growth.written import Written
from bot.domain.local_time import local_day
from bot.domain.nudges.choice import Choice, Reason
from bot.text.translator import Translator

QUOTED = 200
"""So many characters of a note are quoted."""
_STOPS = ".。 "


def reasons_text(choice: Choice, tr: Translator) -> str:
    """Return "required for Lead · largest step in your gap · not asked since March 2026": mrkdwn.

    Empty where nothing is known of the reasons any more.
    """
    told = (_reason(each, choice, tr) for each in choice.reasons)
    return " · ".join(each for each in told if each)


def _reason(reason: Reason, choice: Choice, tr: Translator) -> str:
    level = safe(tr.of(choice.gap.target.level.name), NAME)
    match reason:
        case Reason.AGREED:
            return _agreed(choice, tr)
        case Reason.REQUIRED:
            return tr("required for {level}", level=level)
        case Reason.OPTIONAL:
            return tr("optional for {level}", level=level)
        case Reason.LARGEST_STEP:
            return tr("largest step in your gap")
        case Reason.LATER_IS_NOW:
            return tr("you put it off until now")
        case Reason.FRESH_LOOK:
            return tr("met before, due for a fresh look")
        case Reason.ASKED_LONG_AGO if choice.asked:
            month = tr.month(local_day(choice.asked.last, "UTC"))
            return tr("not asked since {month}", month=month)
        case Reason.NEVER_ASKED | Reason.ASKED_LONG_AGO:
            return tr("never asked before")


def _agreed(choice: Choice, tr: Translator) -> str:
    """Say with whom it was agreed; nothing where it counts no more."""
    if choice.agreed is None:
        return ""
    person, until = f"<@{choice.agreed.with_whom}>", tr.date(choice.agreed.until)
    return tr("agreed with {person} until {date}", person=person, date=until)


def prompt_text(choice: Choice, tr: Translator) -> str:
    """Return the prompt as plain text; a general one where the catalogue brings none.

    It may quote what the member wrote, which only they see.
    """
    if choice.wrote is not None:
        return _follow_up(choice.wrote, tr)
    if choice.prompt is not None:
        return tr.of(choice.prompt)
    if Reason.FRESH_LOOK in choice.reasons:
        return tr("Is this still so? Name something recent that shows it.")
    return tr("What is one thing you can do this week that others will see?")


def _follow_up(wrote: Written, tr: Translator) -> str:
    """Come back to what the member wrote; without its words where these were deleted."""
    words = clip(" ".join(wrote.text.split()).rstrip(_STOPS), QUOTED)
    if not words:
        return tr("You wrote about this before. What has changed since?")
    return tr("You wrote “{words}”. What has changed since?", words=words)
