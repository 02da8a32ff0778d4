"""Forget me: asked once, with all that will go; then what went."""

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, section
from bot.cards.card import Card
from bot.cards.elements import button, plain
from bot.cards.ids import Action, Callback
from bot.domain.members.personal_data import Forgotten
from bot.text.translator import Translator


def forget_view(held: Forgotten, tr: Translator) -> View:
    """Build the modal that asks. `held` counts what would be deleted."""
    lines = [
        tr("*This deletes everything that Nextrung holds about you:*"),
        *(f"• {each}" for each in _listed(held, tr)),
        tr("It cannot be undone."),
    ]
    kept = tr(
        "Other messages and files that I sent you stay in Slack until you delete them there. "
        "If you use Nextrung again, it starts anew."
    )
    nameless = tr("What you said about unclear texts has no name on it, and stays.")
    blocks: list[Block] = [
        section("\n".join(lines)),
        actions([button(Action.EXPORT_DATA, tr("Export My Data First"), "export")]),
        context(f"{kept} {nameless}"),
    ]
    return {
        "type": "modal",
        "callback_id": Callback.FORGET_ME,
        "title": plain(tr("Forget me"), limits.VIEW_TITLE),
        "submit": plain(tr("Delete Everything"), limits.VIEW_TITLE),
        "close": plain(tr("Keep It"), limits.VIEW_TITLE),
        "private_metadata": "",
        "blocks": blocks,
    }


def forgotten_card(gone: Forgotten, tr: Translator) -> Card:
    """Build what tells what was deleted; nothing at all is said as calmly."""
    if not (gone.members or gone.drafts):
        text = tr("There is nothing left: Nextrung holds nothing about you.")
    else:
        lines = [
            tr("*Deleted. Nextrung holds nothing about you any more.* Gone are:"),
            *(f"• {each}" for each in _listed(gone, tr)),
        ]
        text = "\n".join(lines)
    return Card(text=text.replace("*", ""), blocks=[section(text)])


def _listed(held: Forgotten, tr: Translator) -> list[str]:
    """Return a line for each kind of thing that there is any of."""
    lines = [tr("your profile: role, level, language and time zone")]
    if held.assessments:
        lines.append(tr.plural("{count} assessment", "{count} assessments", held.assessments))
    if held.evidence:
        lines.append(
            tr.plural("{count} piece of evidence", "{count} pieces of evidence", held.evidence)
        )
    if held.goals:
        lines.append(tr.plural("{count} goal", "{count} goals", held.goals))
    if held.drafts:
        lines.append(
            tr.plural(
                "{count} draft of the catalogue", "{count} drafts of the catalogue", held.drafts
            )
        )
    if held.shares:
        lines.append(
            tr.plural(
                "{count} share by or with you, and the messages about it",
                "{count} shares by or with you, and the messages about them",
                held.shares,
            )
        )
    return [*lines, tr("your nudges, your answers to them, and when they come")]
