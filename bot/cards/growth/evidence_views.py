"""The modals of evidence: the form to add or change a piece, the list of all, and what was done."""

from collections.abc import Sequence

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, divider, section
from bot.cards.card import NAME, Card, page_of
from bot.cards.elements import Button, InputElement, MultiExternalSelect, button, plain, typeahead
from bot.cards.evidence_lines import add_button, all_button, edit_button, evidence_text
from bot.cards.forms import confirmed, input_block, text_input
from bot.cards.growth.cell_options import cell_name, cell_option
from bot.cards.ids import Action, Callback, numbered
from bot.cards.links import encode
from bot.cards.lookup.details.guides import could_show_context
from bot.cards.modals import form_view
from bot.cards.mrkdwn import bold, safe
from bot.cards.standing_lines import day
from bot.domain.framework import CellKey, Expectation
from bot.domain.growth.evidence import MAX_NOTE, MAX_SUPPORTED, Evidence
from bot.domain.growth.requests import EditEvidence, ShowEvidence
from bot.text.translator import Translator
from bot.values import dataclass

# The ids of the inputs, which errors are told at.
NOTE, LINK, CELLS = "evidence.note", "evidence.link", "evidence.cells"
PAGE = 10
LISTED_NOTE = 400
_NAMED = 6
_QUESTION = 600

Supported = tuple[CellKey, Expectation | None]
"""A cell, and its expectation where a catalogue still has it."""


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """What the form begins with.

    `piece` is the one to change, None for a new one. `quoted`: the note is a Slack message; `cut`:
    it is longer than a note can be. `question` is what a nudge asked, and what this answers.
    """

    note: str = ""
    link: str = ""
    supports: tuple[Supported, ...] = ()
    piece: Evidence | None = None
    quoted: bool = False
    cut: bool = False
    question: str = ""


def evidence_form(draft: EvidenceDraft, tr: Translator, *, metadata: str) -> View:
    """Build the form; `metadata` comes back with it."""
    title = tr("Edit evidence") if draft.piece else tr("Add evidence")
    return form_view(
        Callback.EVIDENCE,
        tr,
        title=title,
        submit=tr("Save"),
        blocks=[
            *_lead(draft, tr),
            *_examples(draft, tr),
            *_inputs(draft, tr),
            *_foot(draft, tr),
        ],
        metadata=metadata,
    )


def _lead(draft: EvidenceDraft, tr: Translator) -> list[Block]:
    if draft.question:
        # Under the modal, nobody sees the message that asked.
        return [section(bold(draft.question, _QUESTION)), context(_nothing_typed(tr))]
    if not draft.cut:
        return []
    text = tr(
        "The message is longer than a note can be, so only its beginning is here. The link leads "
        "to all of it."
    )
    return [context(text)]


def _examples(draft: EvidenceDraft, tr: Translator) -> list[Block]:
    """Say what could show it, where the form was opened for one expectation."""
    if len(draft.supports) != 1:
        return []
    expectation = draft.supports[0][1]
    return could_show_context(expectation, tr) if expectation else []


def _nothing_typed(tr: Translator) -> str:
    return tr("Nothing at hand that shows it? Save the empty form, and it is marked as met.")


def _inputs(draft: EvidenceDraft, tr: Translator) -> list[Block]:
    note: InputElement = text_input(
        Action.EVIDENCE_NOTE, value=draft.note, multiline=True, most=MAX_NOTE, focus=True
    )
    link = text_input(Action.EVIDENCE_LINK, value=draft.link)
    return [
        input_block(NOTE, tr("Note"), note, hint=_note_hint(draft, tr), optional=True),
        input_block(
            LINK,
            tr("Link"),
            link,
            hint=tr("A document, a change, a message: whatever others can open."),
            optional=True,
        ),
        input_block(
            CELLS,
            tr("What it shows"),
            _finder(draft.supports, tr),
            hint=tr("Type a skill to find more, such as “mlops senior”. You can add this later."),
            optional=True,
        ),
    ]


def _note_hint(draft: EvidenceDraft, tr: Translator) -> str:
    if draft.quoted:
        return tr("Add what your part was. Only you see what you keep here.")
    return tr("What you did, and what came of it. A link alone will do, too. Only you see it.")


def _finder(supports: Sequence[Supported], tr: Translator) -> MultiExternalSelect:
    built: MultiExternalSelect = {
        "type": "multi_external_select",
        "action_id": Action.EVIDENCE_CELLS,
        "placeholder": plain(tr("Choose expectations"), limits.PLACEHOLDER),
        "min_query_length": 0,
        "max_selected_items": MAX_SUPPORTED,
    }
    if supports:
        built["initial_options"] = [cell_option(cell, each, tr) for cell, each in supports]
    return built


def _foot(draft: EvidenceDraft, tr: Translator) -> list[Block]:
    if draft.piece is None:
        return []
    added = tr("Added {date}", date=day(draft.piece.added_at, tr))
    return [divider(), context(added), actions([_delete_button(draft.piece, tr)])]


def _delete_button(piece: Evidence, tr: Translator) -> Button:
    return confirmed(
        button(Action.DELETE_EVIDENCE, tr("Delete"), encode(EditEvidence(piece.id))),
        title=tr("Delete this evidence?"),
        text=tr("It is gone for good, from every expectation that it supports."),
        confirm=tr("Delete"),
        deny=tr("Keep It"),
        danger=True,
    )


def evidence_list(
    pieces: Sequence[tuple[Evidence, tuple[Supported, ...]]], page: int, tr: Translator
) -> View:
    """Build a page of all that a member keeps; `pieces` is all of it, newest first."""
    at, pages = page_of(len(pieces), page, PAGE)
    blocks: list[Block] = [
        section(_counted(len(pieces), tr)),
        actions([add_button(tr, primary=not pieces)]),
    ]
    if pieces:
        blocks.append(divider())
    for number, (piece, supports) in enumerate(pieces[at * PAGE : (at + 1) * PAGE]):
        text = f"{evidence_text(piece, tr, most=LISTED_NOTE)}\n{_shows(supports, tr)}"
        blocks.append(section(text, edit_button(piece, number, tr)))
    if pages > 1:
        blocks += [context(_position(at, pages, tr)), actions(_page_buttons(at, pages, tr))]
    return {
        "type": "modal",
        "callback_id": Callback.EVIDENCE_LIST,
        "title": plain(tr("Your evidence"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": encode(ShowEvidence(at)),
        "blocks": blocks,
    }


def _counted(total: int, tr: Translator) -> str:
    if not total:
        return tr(
            "Nothing kept yet. What shows your growth belongs here: a note on what you did, a link "
            "to a document, or any Slack message, kept with *Save as growth evidence* in its menu."
        )
    return tr.plural(
        "*{count} piece of evidence*. Only you see this.",
        "*{count} pieces of evidence*, newest first. Only you see this.",
        total,
    )


def _position(page: int, pages: int, tr: Translator) -> str:
    return tr("Page {page} of {pages}", page=tr.number(page + 1), pages=tr.number(pages))


def _page_buttons(page: int, pages: int, tr: Translator) -> list[Button]:
    built = []
    if page > 0:
        built.append(_page_button(tr("Previous Page"), page - 1, 90))
    if page < pages - 1:
        built.append(_page_button(tr("Next Page"), page + 1, 91))
    return built


def _page_button(label: str, page: int, number: int) -> Button:
    return button(numbered(Action.LIST_EVIDENCE, number), label, encode(ShowEvidence(page)))


def _shows(supports: tuple[Supported, ...], tr: Translator) -> str:
    """Name what a piece supports: in one line, or in one line each."""
    if not supports:
        return tr("_Not linked to an expectation yet_")
    names = [safe(cell_name(cell, each, tr), NAME) for cell, each in supports[:_NAMED]]
    if len(names) == 1:
        return tr("Shows: {name}", name=names[0])
    rest = len(supports) - len(names)
    more = [tr.plural("and {count} more", "and {count} more", rest)] if rest else []
    return "\n".join([tr("Shows:"), *(f"• {each}" for each in [*names, *more])])


def kept_view(
    piece: Evidence | None, supports: tuple[Supported, ...], total: int, tr: Translator
) -> View:
    """Build what stands in place of the form where nothing else shows that a piece was kept.

    `piece` is what was kept; None where it was deleted again meanwhile.
    """
    blocks: list[Block] = [section(tr("*Kept.* Only you see it."))]
    if piece:
        text = f"{evidence_text(piece, tr)}\n{_shows(supports, tr)}"
        blocks.append(section(text, edit_button(piece, 0, tr)))
        if not supports:
            blocks.append(_place(piece, tr))
    blocks.append(actions([all_button(total, tr)]))
    return _notice(tr("Your evidence"), blocks, tr)


def kept_card(tr: Translator) -> Card:
    """Build the message that tells the same where the card behind the form cannot be redrawn."""
    text = tr("*Kept.* Only you see it.")
    return Card(text=text.replace("*", ""), blocks=[section(text)])


def _place(piece: Evidence, tr: Translator) -> Block:
    """Offer to say at once which expectation a piece shows; the block carries the piece."""
    finder = typeahead(Action.PLACE_EVIDENCE, tr("Choose an expectation"), min_query_length=0)
    return {
        **section(tr("Which expectation does it show?"), finder),
        "block_id": encode(EditEvidence(piece.id)),
    }


def deleted_view(tr: Translator) -> View:
    """Build what stands in place of the form of a piece that was deleted."""
    return _notice(tr("Your evidence"), [section(tr("This piece of evidence is deleted."))], tr)


def gone_view(tr: Translator) -> View:
    """Build what opens in place of a piece that the member does not have (any more)."""
    text = tr("This piece of evidence is no longer there. It may have been deleted meanwhile.")
    return _notice(tr("Your evidence"), [section(text)], tr)


def gone_text(tr: Translator) -> str:
    """Say at the form that the piece it would change was deleted meanwhile: plain text."""
    return tr(
        "This piece was deleted meanwhile, so nothing was saved. Copy what you typed, close this "
        "form and add it anew."
    )


def vanished_text(tr: Translator) -> str:
    """Say at the form that what was chosen cannot be found: plain text."""
    return tr("I cannot find what you chose any more. Please choose again.")


def _notice(title: str, blocks: list[Block], tr: Translator) -> View:
    return {
        "type": "modal",
        "callback_id": Callback.EVIDENCE_LIST,
        "title": plain(title, limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": "",
        "blocks": blocks,
    }
