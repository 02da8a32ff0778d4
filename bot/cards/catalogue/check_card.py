"""The check of a catalogue as its owner reads it: what members find unclear, then rule by rule."""

from collections import Counter

from bot.cards.blocks import Block, actions, context, divider, section
from bot.cards.card import Card
from bot.cards.catalogue.lint_place import place_name
from bot.cards.elements import Button, StaticSelect, button, option, select
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import safe
from bot.domain.catalogue.checked import UNCLEAR, Checked, CheckedItem, CheckedPage
from bot.domain.catalogue.lint.finding import LintRule, LintSeverity
from bot.domain.catalogue.unclear import UnclearText
from bot.domain.errors import OutdatedCard
from bot.domain.lookup.requests import ShowDetails
from bot.text.lint_rules import rule_meaning
from bot.text.translator import Translator

SIZE = 8
_MESSAGE = 600
_SENTENCE = 300
_SENTENCES = 5
_LONGEST_NUMBER = 6


def checking_card(tr: Translator) -> Card:
    """Build what stands while the check runs."""
    text = tr("Checking every text…")
    return Card(text=text, blocks=[section(text)])


def check_card(page: CheckedPage, tr: Translator) -> Card:
    """Build a page of the check."""
    checked = page.checked
    text = _counts(checked, tr)
    blocks: list[Block] = [section(text)]
    if checked.choices:
        blocks += [actions([_chooser(page, tr)]), divider()]
        blocks += [_item(item, checked, at, tr) for at, item in enumerate(page.items)]
        blocks += _pager(page, tr)
    return Card(text=text, blocks=blocks)


def decode_page(text: str) -> tuple[str, int]:
    """Return the rule and the number that a button to a page carries.

    Raises:
        OutdatedCard: the text is no such page.
    """
    chosen, _, number = text.partition(":")
    if not (number.isdecimal() and number.isascii() and len(number) <= _LONGEST_NUMBER):
        raise OutdatedCard
    return chosen, int(number)


def _counts(checked: Checked, tr: Translator) -> str:
    if not checked.choices:
        return tr("A check of its words found nothing.")
    counts = Counter(each.severity for each in checked.findings)
    said = tr.plural(
        "{count} text that members find unclear",
        "{count} texts that members find unclear",
        len(checked.unclear),
    )
    return " · ".join(
        (
            said,
            tr.plural("{count} error", "{count} errors", counts[LintSeverity.ERROR]),
            tr.plural("{count} warning", "{count} warnings", counts[LintSeverity.WARNING]),
            tr.plural("{count} note", "{count} notes", counts[LintSeverity.INFO]),
        )
    )


def _chooser(page: CheckedPage, tr: Translator) -> StaticSelect:
    options = [
        option(f"{tr.number(count)} · {_choice(name, tr)}", name)
        for name, count in page.checked.choices
    ]
    return select(Action.CHECK_RULE, tr("Choose what to see"), options, page.chosen)


def _choice(name: str, tr: Translator) -> str:
    return tr("Unclear to members") if name == UNCLEAR else rule_meaning(LintRule(name), tr)


def _item(item: CheckedItem, checked: Checked, number: int, tr: Translator) -> Block:
    lines = [f"*{place_name(item.place, checked.catalogue.content, tr)}*"]
    if item.unclear:
        lines += _said(item.unclear, tr)
    elif item.finding:
        lines.append(safe(tr.said(item.finding.message), _MESSAGE))
    return section("\n".join(lines), _details(item, number, tr))


def _said(text: UnclearText, tr: Translator) -> list[str]:
    lines = [tr.plural("Said {count} time", "Said {count} times", text.times)]
    lines += [f"> {safe(each, _SENTENCE)}" for each in text.sentences[:_SENTENCES]]
    rest = len(text.sentences) - _SENTENCES
    if rest > 0:
        lines.append(tr.plural("and {count} more", "and {count} more", rest))
    return lines


def _details(item: CheckedItem, number: int, tr: Translator) -> Button | None:
    """Lead to the place, where there is a view of it."""
    if item.cell is None:
        return None
    link = encode(ShowDetails(item.cell.skill, item.cell.role, item.cell.level))
    return button(numbered(Action.DETAILS, number), tr("Details"), link)


def _pager(page: CheckedPage, tr: Translator) -> list[Block]:
    if page.pages == 1:
        return []
    steps = []
    if page.number > 1:
        steps.append(_step(tr("Previous Page"), page, page.number - 1))
    if page.number < page.pages:
        steps.append(_step(tr("Next Page"), page, page.number + 1))
    number, pages = tr.number(page.number), tr.number(page.pages)
    where = tr("Page {page} of {pages}", page=number, pages=pages)
    return [context(where), actions(steps)]


def _step(label: str, page: CheckedPage, number: int) -> Button:
    action = numbered(Action.CHECK_PAGE, int(number > page.number))
    return button(action, label, f"{page.chosen}:{number}")
