"""What a member sees when something did not work: what happened, and what to do."""

from collections.abc import Mapping

from bot.cards.blocks import section
from bot.cards.card import Card
from bot.cards.mrkdwn import safe
from bot.text.translator import Translator, Translators


def error_card(code: str, params: Mapping[str, str | int], tr: Translator) -> Card:
    """Build the card of a typed error; an unknown code reads as temporary trouble."""
    return _card(_texts(params, tr).get(code) or _trouble(tr))


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
    text = tr(
        "This control is from another version of Nextrung and no longer works. "
        "Type `/skill` or `/promote-gap` for a fresh card."
    )
    return _card(text)


def not_installed_text(translators: Translators) -> str:
    """Return the answer to a workspace we know nothing of, its language included: in each."""
    languages = (translators.for_locale(locale) for locale in translators.locales)
    return " / ".join(tr("Nextrung is not installed in this workspace.") for tr in languages)


def _texts(params: Mapping[str, str | int], tr: Translator) -> dict[str, str]:
    return {
        "query_too_long": tr(
            "That is longer than any name here: please use at most {limit} characters, "
            "for example `/skill mlops senior`.",
            limit=params.get("limit", ""),
        ),
        "outdated_card": tr(
            "The catalogue has changed since this card was made. "
            "Type `/skill` or `/promote-gap` for a fresh one."
        ),
        "catalogue_unavailable": tr(
            "The skills catalogue is still loading. Please try again in a few seconds."
        ),
        "store_unavailable": _trouble(tr),
        "not_delivered": tr(
            "Slack did not take the files, so they may not have arrived. "
            "Nothing of yours was lost; please try again in a moment."
        ),
        "files_not_allowed": tr(
            "I may not send you files here. Ask your Slack admin to install Nextrung again with "
            "its newest permissions, and to allow files in direct messages. Slack says: {reason}",
            reason=f"`{safe(str(params.get('reason', '')), 60)}`",
        ),
        "not_shown": tr("Slack did not take my answer. Please try again in a moment."),
        "no_goal_there": tr(
            "There is no way to that goal: it is not above your level, or the catalogue does not "
            "have it any more. Type `/growth goal` to choose another."
        ),
        "unusable_link": tr(
            "No browser can open this. Please paste the whole address, "
            "such as https://example.com/page."
        ),
        "empty_evidence": tr("Please write a note or paste a link. One of them is enough."),
        "text_too_long": tr(
            "That is too long: please use at most {limit} characters.",
            limit=params.get("limit", ""),
        ),
        "too_much_evidence": tr(
            "You keep {limit} pieces of evidence, the most there can be. "
            "Delete some that you no longer need, then save this one.",
            limit=params.get("limit", ""),
        ),
        **_catalogue_texts(params, tr),
        "too_slow": tr("That took too long, so I stopped. Please try again in a moment."),
    }


def _catalogue_texts(params: Mapping[str, str | int], tr: Translator) -> dict[str, str]:
    """Return what owners of the catalogue may read."""
    reason = f"`{safe(str(params.get('reason', '')), 60)}`"
    return {
        "not_catalogue_owner": tr(
            "Only owners of the catalogue can do this. An admin of your Slack workspace chooses "
            "them on the Home tab of Nextrung. Nothing was changed."
        ),
        "not_workspace_admin": tr(
            "Only an admin of your Slack workspace can choose who owns the catalogue. "
            "Nothing was changed."
        ),
        "stale_preview": tr(
            "Somebody published another revision since this comparison, or the file has changed. "
            "Nothing was published. Compare again, and publish then."
        ),
        "no_such_revision": tr("The catalogue has no such revision. Nothing was changed."),
        "bad_note": tr("Please say in 1 to 500 characters what is new."),
        "upload_too_large": tr(
            "The file is too large: up to {limit} MB are read. "
            "Leave out what is no part of the catalogue, or save it as CSV or XLSX.",
            limit=params.get("limit", ""),
        ),
        "upload_not_allowed": tr(
            "I may not read files here. Ask your Slack admin to install Nextrung again with its "
            "newest permissions. Slack says: {reason}",
            reason=reason,
        ),
        "upload_not_read": tr(
            "I could not get the file from Slack; it may have been deleted. "
            "Nothing was published. Please upload it again. Slack says: {reason}",
            reason=reason,
        ),
        "invalid_content": tr(
            "The catalogue contradicts itself, so nothing was published. "
            "Ask your Nextrung admin to import it with `nextrung catalogue import`."
        ),
        "unstorable_text": tr(
            "A text in the file cannot be kept, so nothing was published. "
            "Look for unusual invisible characters, take them out, and upload the file again."
        ),
    }


def _trouble(tr: Translator) -> str:
    return tr(
        "I cannot reach my database right now. Nothing was lost; please try again in a moment."
    )


def _card(text: str) -> Card:
    return Card(text=text.replace("`", ""), blocks=[section(text)])
