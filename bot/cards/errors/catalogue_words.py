"""What owners of a catalogue may read of an error."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.cards.errors.words import Words, reason
from bot.text.translator import Translator


def _not_vouched(tr: Translator) -> str:
    return tr(
        "Slack does not tell me just now whether you are an admin, and without that I cannot let "
        "you do this. Nothing was changed. Please try again in a moment."
    )


CATALOGUE_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "not_catalogue_owner": lambda _, tr: tr(
            "Only owners of the catalogue can do this. An admin of your Slack workspace chooses "
            "them on the Home tab of Nextrung. Nothing was changed."
        ),
        "owner_not_vouched": lambda _, tr: _not_vouched(tr),
        "admin_not_vouched": lambda _, tr: _not_vouched(tr),
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
            reason=reason(params),
        ),
        "upload_not_read": lambda params, tr: tr(
            "I could not get the file from Slack; it may have been deleted. "
            "Nothing was published. Please upload it again. Slack says: {reason}",
            reason=reason(params),
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
