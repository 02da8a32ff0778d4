"""What a member sees when something did not work: what happened, and what to do."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from bot.cards.blocks import section
from bot.cards.card import TYPED, Card
from bot.cards.errors.asking_words import cannot_ask
from bot.cards.errors.catalogue_words import CATALOGUE_WORDS
from bot.cards.errors.sharing_words import cannot_share
from bot.cards.errors.stale_words import STALE_WORDS, another_version
from bot.cards.errors.words import Params, Words, reason
from bot.cards.mrkdwn import safe
from bot.domain.errors import NextrungError
from bot.text.translator import Translator, Translators


def card_of(error: NextrungError, tr: Translator) -> Card:
    """Build the card of an error, with the names in it in the reader's language."""
    names = {each: tr.of(name) for each, name in error.names.items()}
    return error_card(error.code, {**error.params, **names}, tr)


def error_card(code: str, params: Params, tr: Translator) -> Card:
    """Build the card of a typed error; an unknown code reads as temporary trouble."""
    write = _TEXTS.get(code) or STALE_WORDS.get(code) or CATALOGUE_WORDS.get(code)
    return _card(write(params, tr) if write else _trouble(tr))


def incident_card(incident: str, tr: Translator) -> Card:
    """Build the card of an unexpected error. `incident` is what the operator finds in the log."""
    text = tr(
        "Sorry, that did not work, and it is our fault. Nothing of yours was lost. "
        "If it happens again, tell your Nextrung admin this number: {incident}",
        incident=f"`{safe(incident, 40)}`",
    )
    return _card(text)


def unknown_action_card(tr: Translator) -> Card:
    """Build the answer to a control that this version does not know."""
    return _card(another_version(tr))


def unknown_command_card(tr: Translator) -> Card:
    """Build the answer to a command that this version does not have."""
    return _card(
        tr(
            "This version of Nextrung does not have that command. Nothing was changed. "
            "Type `/skill` to look something up, or `/growth` for your own growth."
        )
    )


def not_installed_text(translators: Translators) -> str:
    """Return the answer to a workspace we know nothing of, its language included: in each."""
    languages = (translators.for_locale(locale) for locale in translators.locales)
    return " / ".join(tr("Nextrung is not installed in this workspace.") for tr in languages)


def _trouble(tr: Translator) -> str:
    return tr(
        "I cannot reach my database right now. Nothing was lost; please try again in a moment."
    )


def _card(text: str) -> Card:
    return Card(text=text.replace("`", ""), blocks=[section(text)])


def _patience(params: Params, tr: Translator) -> str:
    seconds = int(str(params.get("seconds", 1)))
    if params.get("shared"):
        return tr.plural(
            "Very many people here ask me something just now. Please try again in {count} second.",
            "Very many people here ask me something just now. Please try again in {count} seconds.",
            seconds,
        )
    return tr.plural(
        "That was a lot at once, so I left this one out. Please try again in {count} second.",
        "That was a lot at once, so I left this one out. Please try again in {count} seconds.",
        seconds,
    )


def _day(params: Params, tr: Translator) -> str:
    """Say why nothing can be planned for a day."""
    named, why = str(params.get("day", "")), params.get("why")
    if why not in ("past", "far"):
        words = f"“{safe(named, TYPED)}”"
        return tr(
            "I could not read {words} as a day, so nothing was changed. "
            "Write it like `2027-03-31`.",
            words=words,
        )
    day = tr.date(date.fromisoformat(named))
    if why == "past":
        return tr(
            "{date} has passed, so nothing was changed. Choose today or a later day.", date=day
        )
    return tr(
        "{date} is more than five years away, so nothing was changed. Choose a nearer day.",
        date=day,
    )


def _disagreed(params: Params, tr: Translator) -> str:
    """Say why nothing was agreed."""
    match params.get("why"):
        case "too_many":
            return tr(
                "Five expectations count or are proposed already, the most there can be. "
                "Take one off first."
            )
        case "not_asked":
            return tr("The goal asks for no such expectation, so nothing was changed.")
        case "answered":
            return tr("This proposal is answered or withdrawn by now. Nothing was changed.")
    return tr("That holds, or is proposed, already. Nothing was changed.")


def _not_noted(params: Params, tr: Translator) -> str:
    """Say why no point was kept."""
    match params.get("why"):
        case "too_many":
            return tr("Please note ten points at most at a time, one a line.")
        case "full":
            return tr("Fifty points are open, the most there can be. Mark some as done first.")
    return tr("Please note at least one point, one a line.")


_TEXTS: Mapping[str, Words] = MappingProxyType(
    {
        "query_too_long": lambda params, tr: tr(
            "That is longer than any name here: please use at most {limit} characters, "
            "such as “mlops senior”.",
            limit=params.get("limit", ""),
        ),
        "catalogue_unavailable": lambda _, tr: tr(
            "The skills catalogue is still loading. Please try again in a few seconds."
        ),
        "store_unavailable": lambda _, tr: _trouble(tr),
        "not_delivered": lambda _, tr: tr(
            "Slack did not take the files, so they may not have arrived. "
            "Nothing of yours was lost; please try again in a moment."
        ),
        "files_not_allowed": lambda params, tr: tr(
            "I may not send you files here. Ask your Slack admin to install Nextrung again with "
            "its newest permissions, and to allow files in direct messages. Slack says: {reason}",
            reason=reason(params),
        ),
        "not_shown": lambda _, tr: tr(
            "Slack did not take my answer. Please try again in a moment."
        ),
        "unusable_link": lambda _, tr: tr(
            "No browser can open this. Please paste the whole address, "
            "such as https://example.com/page."
        ),
        "not_for_guests": lambda _, tr: tr(
            "Offers of help are between members of this workspace. Slack calls your account a "
            "guest's, so there is nothing here for it."
        ),
        "account_unknown": lambda _, tr: tr(
            "Slack does not tell me just now whether you are a member or a guest here. Nothing was "
            "changed; please try again in a moment."
        ),
        "too_many_offers": lambda params, tr: tr(
            "There are {limit} skills already, the most there can be. Take one back first; Home "
            "lists them.",
            limit=params.get("limit", ""),
        ),
        "empty_evidence": lambda _, tr: tr(
            "Please write a note or paste a link. One of them is enough."
        ),
        "text_too_long": lambda params, tr: tr(
            "That is too long: please use at most {limit} characters.",
            limit=params.get("limit", ""),
        ),
        "too_much_evidence": lambda params, tr: tr(
            "You keep {limit} pieces of evidence, the most there can be. "
            "Delete some that you no longer need, then save this one.",
            limit=params.get("limit", ""),
        ),
        "slack_silent": lambda _, tr: tr(
            "Slack could not do its part just now, so this is not finished. "
            "Please try again in a moment."
        ),
        "slack_forbids": lambda params, tr: tr(
            "Slack does not allow me to do this here. Ask your Slack admin to install Nextrung "
            "again with its newest permissions. Slack says: {reason}",
            reason=reason(params),
        ),
        "too_much_at_once": _patience,
        "cannot_share": cannot_share,
        "cannot_ask": cannot_ask,
        "unusable_day": _day,
        "empty_action": lambda _, tr: tr("Please say in a few words what you will do."),
        "cannot_agree": _disagreed,
        "cannot_note": _not_noted,
        "too_many_actions": lambda params, tr: tr(
            "You have {limit} open actions, the most there can be. "
            "End some of them under *All Actions*, then plan this one.",
            limit=params.get("limit", ""),
        ),
        "workspace_moving": lambda _, tr: tr(
            "Your workspace is moving into an organisation in Slack. I wait until that is over, so "
            "that nothing you tell me is lost, and what you told me before is kept. "
            "Please try again later."
        ),
        "workspace_refused": lambda _, tr: tr(
            "Your organisation does not let Nextrung be used in this workspace any more. "
            "What you told me is kept, and is there in your other workspaces that have Nextrung."
        ),
        "not_of_this_workspace": lambda _, tr: tr(
            "Nextrung is here for the members of the workspace that installed it, and you belong "
            "to another one. I keep nothing about you. "
            "An admin of your own workspace can install Nextrung there."
        ),
        "too_slow": lambda _, tr: tr(
            "That took too long, so I stopped. Please try again in a moment."
        ),
    }
)
