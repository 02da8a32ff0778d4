"""Evidence in short: as lines on Home, in Details and in the list of all of it."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.cards.blocks import Block, Section, actions, context, section
from bot.cards.elements import Button, button, labelled
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import clip, escape, safe
from bot.cards.standing_lines import day
from bot.domain.framework import CellKey
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.requests import AddEvidence, EditEvidence, ShowEvidence
from bot.domain.home_page import HomePage
from bot.domain.lookup.requests import ShowCard
from bot.text.translator import Translator

NOTE = 200
_LABEL = 60
_LINE = 120
# A longer address is shown as text; it can be copied from the form.
_LIVE_LINK = 1200


def evidence_lines(pieces: Sequence[Evidence], tr: Translator) -> list[Block]:
    """Show each piece with a button that opens it."""
    return [
        section(evidence_text(piece, tr), edit_button(piece, number, tr))
        for number, piece in enumerate(pieces)
    ]


def home_evidence(page: HomePage, tr: Translator) -> list[Block]:
    """Show what is to be placed, else the newest, with the way to add one and to all of them."""
    if not page.pieces:
        told = tr(
            "Nothing kept yet. Add a note or a link here, or use *Save as growth evidence* in the "
            "menu of any message."
        )
        return [section(tr("*Your evidence*")), context(told), actions([add_button(tr)])]
    head = _to_place(page, tr) if page.unplaced else section(tr("*Recent evidence*"))
    shown = [_in_a_line(each, tr) for each in (page.to_place or page.evidence)]
    row = actions([add_button(tr), all_button(page.pieces, tr)])
    return [head, context("\n".join(shown)), row]


def _to_place(page: HomePage, tr: Translator) -> Section:
    """Say how much is tied to no expectation yet, with the way to do that."""
    title = tr.plural(
        "*{count} piece of evidence to place*",
        "*{count} pieces of evidence to place*",
        page.unplaced,
    )
    text = f"{title}\n{tr('Kept, but not yet tied to an expectation.')}"
    if page.unplaced == 1:
        value = encode(EditEvidence(page.to_place[0].id))
        return section(text, button(numbered(Action.EDIT_EVIDENCE, 0), tr("Place It"), value))
    place = button(numbered(Action.LIST_EVIDENCE, 1), tr("Place Them"), encode(ShowEvidence()))
    return section(text, place)


def _in_a_line(piece: Evidence, tr: Translator) -> str:
    """Return the beginning of its note, its link, and its date."""
    parts = []
    if piece.note:
        parts.append(tr("“{note}”", note=safe(" ".join(piece.note.split()), _LINE)))
    if piece.url:
        parts.append(_link(piece.url, piece.kind, tr))
    return " · ".join([*parts, day(piece.added_at, tr)])


def evidence_text(piece: Evidence, tr: Translator, *, most: int = NOTE) -> str:
    """Return a piece as mrkdwn: at most `most` characters of its note, its link, and its date."""
    parts = [*([_link(piece.url, piece.kind, tr)] if piece.url else []), day(piece.added_at, tr)]
    lines = [safe(piece.note, most), " · ".join(parts)]
    return "\n".join(each for each in lines if each)


def pieces_within(
    pieces: Sequence[Evidence], most: int, tr: Translator, *, note: int = NOTE
) -> list[str]:
    """Return the first pieces as mrkdwn, as many as `most` characters take: links may be long."""
    found: list[str] = []
    for piece in pieces:
        told = evidence_text(piece, tr, most=note)
        most -= len(told) + 1
        if most < 0:
            break
        found.append(told)
    return found


def _link(url: str, kind: EvidenceKind, tr: Translator) -> str:
    """Return a link that the member wrote as one to press; its label says where it leads."""
    escaped = url.replace("&", "&amp;")
    if len(escaped) > _LIVE_LINK or set("<>|") & set(url):
        return safe(url, NOTE)
    if kind is EvidenceKind.SLACK_MESSAGE:
        return f"<{escaped}|{escape(tr('Slack message'))}>"
    parts = urlsplit(url)
    # No "|" ends up in a label: it would end the address.
    label = clip(f"{parts.hostname or ''}{parts.path.rstrip('/')}", _LABEL).replace("|", "/")
    return f"<{escaped}|{escape(label)}>"


def edit_button(piece: Evidence, number: int, tr: Translator) -> Button:
    """Build the button that opens a piece in the form."""
    built = button(
        numbered(Action.EDIT_EVIDENCE, number), tr("Edit"), encode(EditEvidence(piece.id))
    )
    return labelled(built, tr("Edit: {evidence}", evidence=clip(piece.note or piece.url or "", 60)))


def add_button(
    tr: Translator,
    cell: CellKey | None = None,
    *,
    back: ShowCard | None = None,
    number: int = 0,
    primary: bool = False,
) -> Button:
    """Build the button that adds evidence, for `cell` if given; `back` is the card to redraw."""
    value = encode(AddEvidence(cell, back))
    return button(numbered(Action.ADD_EVIDENCE, number), tr("Add Evidence"), value, primary=primary)


def all_button(total: int, tr: Translator) -> Button:
    """Build the button that lists all `total` pieces."""
    label = tr("All Evidence ({count})", count=tr.number(total))
    return button(numbered(Action.LIST_EVIDENCE, 0), label, encode(ShowEvidence()))
