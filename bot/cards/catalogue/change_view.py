"""The modal that lists every change of a preview: filtered, and a page at a time."""

import json
from dataclasses import replace

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, section
from bot.cards.catalogue.change_words import change_text
from bot.cards.catalogue.links import draft_of, draft_parts, packed
from bot.cards.catalogue.reach_lines import going_lines
from bot.cards.elements import Button, button, option, plain, select
from bot.cards.ids import Action, numbered
from bot.domain.catalogue.change_list import ChangeFilter, ChangePage
from bot.domain.catalogue.goings import Goings
from bot.domain.catalogue.workspace_catalogue import UploadedDraft
from bot.domain.errors import OutdatedCard
from bot.text.changes import filter_name
from bot.text.translator import Translator
from bot.values import dataclass

PAGE = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """Which changes somebody reads: of which draft, filtered by what, on which page."""

    draft: UploadedDraft
    chosen: ChangeFilter = ChangeFilter.ALL
    page: int = 1

    def filtered(self, chosen: str) -> "Reading":
        """Return the first page of another filter.

        Raises:
            OutdatedCard: there is no such filter.
        """
        if chosen not in {each.value for each in ChangeFilter}:
            raise OutdatedCard
        return replace(self, chosen=ChangeFilter(chosen), page=1)


def encode_reading(reading: Reading) -> str:
    """Return what the modal carries."""
    return packed([draft_parts(reading.draft), reading.chosen.value, reading.page])


def decode_reading(text: str) -> Reading:
    """Return what `encode_reading` wrote.

    Raises:
        OutdatedCard: the text is none.
    """
    try:
        draft, chosen, page = json.loads(text)
        return Reading(draft_of(draft), ChangeFilter(chosen), int(page))
    except (ValueError, TypeError, RecursionError):
        raise OutdatedCard from None


def changes_view(page: ChangePage, goings: Goings, reading: Reading, tr: Translator) -> View:
    """Build a page. What goes at all stands above every one of them."""
    blocks: list[Block] = []
    if goings:
        blocks.append(section(":warning: " + "\n".join(going_lines(goings, tr))))
    chooser = select(
        Action.CATALOGUE_FILTER,
        tr("Show"),
        [
            option(f"{filter_name(each, tr)} ({tr.number(page.counts[each])})", each.value)
            for each in ChangeFilter
            if page.counts[each] or each is ChangeFilter.ALL
        ],
        page.chosen.value,
    )
    blocks.append(actions([chooser]))
    blocks += [section(change_text(each, tr)[: limits.SECTION]) for each in page.changes]
    if not page.changes:
        blocks.append(section(tr("Nothing that a member would notice.")))
    if page.pages > 1:
        at = tr("Page {page} of {pages}", page=tr.number(page.number), pages=tr.number(page.pages))
        blocks += [context(at), actions(_turning(page, tr))]
    return {
        "type": "modal",
        "callback_id": "",
        "title": plain(tr("Every change"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": encode_reading(replace(reading, page=page.number)),
        "blocks": blocks,
    }


def _turning(page: ChangePage, tr: Translator) -> list[Button]:
    built = []
    if page.number > 1:
        number = str(page.number - 1)
        built.append(button(numbered(Action.CATALOGUE_PAGE, 0), tr("Previous Page"), number))
    if page.number < page.pages:
        number = str(page.number + 1)
        built.append(button(numbered(Action.CATALOGUE_PAGE, 1), tr("Next Page"), number))
    return built
