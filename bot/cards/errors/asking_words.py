"""Why a colleague cannot be asked now: each reason its own words, and one way on."""

from datetime import date

from bot.cards.errors.words import Params
from bot.text.translator import Translator


def cannot_ask(params: Params, tr: Translator) -> str:
    """Say why, kindly, and what to do."""
    until = tr.date(date.fromisoformat(str(params["until"]))) if params.get("until") else ""
    match params.get("why"):
        case "nobody":
            return tr("Choose one person to ask.")
        case "self":
            return tr("Choose somebody else: what you say yourself goes into your status.")
        case "too_many":
            return tr(
                "Three of your asks wait for an answer, the most at a time. Withdraw one in its "
                "Details, or wait: the first is over on {date}.",
                date=until,
            )
        case "same_person":
            return tr(
                "You asked this person less than a week ago. From {date} you can ask them again; "
                "somebody else you can ask today.",
                date=until,
            )
        case "same_ask":
            return tr(
                "You asked this person about this lately. From {date} you can ask them about it "
                "again; somebody else you can ask today.",
                date=until,
            )
        case "no_sentence":
            return tr("Say in a sentence what they saw: they cannot guess it.")
        case "deactivated":
            return tr("This account is deactivated. Choose somebody who is here.")
        case "bot":
            return tr("This is an app, not a person. Choose a colleague.")
        case "guest" | "external" | "refused":
            return tr("Guests and people of other workspaces cannot be asked. Choose a colleague.")
        case _:
            return tr(
                "Slack does not tell me who this is right now, so I ask nobody. "
                "Please try again in a moment."
            )
