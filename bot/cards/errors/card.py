"""What a member sees when something did not work: what happened, and what to do."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from bot.cards.blocks import section
from bot.cards.card import TYPED, Card
from bot.cards.errors.asking_words import cannot_ask
from bot.cards.errors.sharing_words import cannot_share
from bot.cards.errors.stale_words import STALE_WORDS, another_version
from bot.cards.errors.words import Params, Words
from bot.cards.mrkdwn import safe
from bot.domain.errors import NextrungError
from bot.text.translator import Translator, Translators


def card_of(error: NextrungError, tr: Translator) -> Card:
    """Build the card of an error, with the names in it in the reader's language."""
    names = {each: tr.of(name) for each, name in error.names.items()}
    return error_card(error.code, {**error.params, **names}, tr)


def error_card(code: str, params: Params, tr: Translator) -> Card:
    """Build the card of a typed error; an unknown code reads as temporary trouble."""
    write = _TEXTS.get(code) or STALE_WORDS.get(code) or _CATALOGUE_TEXTS.get(code)
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


def _reason(params: Params) -> str:
    return f"`{safe(str(params.get('reason', '')), 60)}`"


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
            reason=_reason(params),
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
            reason=_reason(params),
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

# What owners of the catalogue may read.
_CATALOGUE_TEXTS: Mapping[str, Words] = MappingProxyType(
    {
        "not_catalogue_owner": lambda _, tr: tr(
            "Only owners of the catalogue can do this. An admin of your Slack workspace chooses "
            "them on the Home tab of Nextrung. Nothing was changed."
        ),
        "owner_not_vouched": lambda _, tr: tr(
            "Only owners of the catalogue can do this, and Slack does not tell me just now whether "
            "you are an admin of the workspace. Nothing was changed. Please try again in a moment."
        ),
        "not_organisation_owner": lambda _, tr: tr(
            "Only an owner or an admin of your organisation in Slack can pick its framework. "
            "Nothing was changed."
        ),
        "no_such_part": lambda _, tr: tr(
            "That framework is no longer among those that can be picked. Nothing was changed."
        ),
        "not_workspace_admin": lambda _, tr: tr(
            "Only an admin of your Slack workspace can choose who owns the catalogue. "
            "Nothing was changed."
        ),
        "name_not_typed": lambda params, tr: tr(
            "Roles go with this. Type the name as it stands: {name}",
            name=str(params.get("name", "")),
        ),
        "draft_closed": lambda _, tr: tr(
            "This draft waits no more: it is published, called off or gone. Nothing was changed."
        ),
        "no_second_owner": lambda _, tr: tr(
            "Choose somebody else who owns the catalogue; an admin names the owners under *Owners*."
        ),
        "nothing_to_wait_for": lambda _, tr: tr("Choose an owner, a day, or both."),
        "day_past": lambda _, tr: tr("Choose a moment from now on, within a year."),
        "unknown_going": lambda _, tr: tr(
            "What goes has changed since you opened this. Nothing was published; look at the "
            "preview again."
        ),
        "stale_preview": lambda _, tr: tr(
            "Somebody published another revision since this comparison, or the file has changed. "
            "Nothing was published. Compare again, and publish then."
        ),
        "stale_rollback": lambda _, tr: tr(
            "Somebody published another revision since you opened this form. Nothing was changed. "
            "Open *Roll Back* once more to see what there is now."
        ),
        "no_such_revision": lambda _, tr: tr(
            "The catalogue has no such revision. Nothing was changed."
        ),
        "draft_gone": lambda _, tr: tr(
            "The uploaded file is no longer in Slack, so nothing was published. "
            "Please upload it again."
        ),
        "upload_closed": lambda _, tr: tr(
            "This upload is closed: it was published, dropped, or you uploaded another file since. "
            "Nothing was changed. Home shows what there is now."
        ),
        "bad_note": lambda _, tr: tr("Please say in 1 to 500 characters what is new."),
        "upload_too_large": lambda params, tr: tr(
            "The file is too large: up to {limit} MB are read. "
            "Leave out what is no part of the catalogue, or save it as CSV or XLSX.",
            limit=params.get("limit", ""),
        ),
        "upload_not_allowed": lambda params, tr: tr(
            "I may not read files here. Ask your Slack admin to install Nextrung again with its "
            "newest permissions. Slack says: {reason}",
            reason=_reason(params),
        ),
        "upload_not_read": lambda params, tr: tr(
            "I could not get the file from Slack; it may have been deleted. "
            "Nothing was published. Please upload it again. Slack says: {reason}",
            reason=_reason(params),
        ),
        "invalid_content": lambda _, tr: tr(
            "The catalogue contradicts itself, so nothing was published. "
            "Ask your Nextrung admin to import it with `nextrung catalogue import`."
        ),
        "unstorable_text": lambda _, tr: tr(
            "A text in the file cannot be kept, so nothing was published. "
            "Look for unusual invisible characters, take them out, and upload the file again."
        ),
    }
)
