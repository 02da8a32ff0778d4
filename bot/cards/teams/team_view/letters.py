"""Messages that show a team: as a table, as a picture, as a file, or in words."""

from bot.cards.blocks import Block, context, section
from bot.cards.card import NAME, Card
from bot.cards.mrkdwn import named
from bot.cards.teams.share_words import person
from bot.cards.teams.team_view.lines import (
    failure_blocks,
    how_counted,
    line_blocks,
    person_text,
    skill_blocks,
)
from bot.cards.teams.team_view.table import Rows, table_block
from bot.domain.teams.team_view import TeamPage
from bot.text.team_words import NOT_ASKED, counts_text, person_counts, shown_text
from bot.text.translator import Translator


def table_card(page: TeamPage, rows: Rows, tr: Translator, *, native: bool) -> Card:
    """Show a page as a table."""
    block = table_block(rows, page, tr, native=native)
    dash = tr("{dash} is not asked for by that person's goal.", dash=NOT_ASKED)
    return _card(page, [block, *failure_blocks(page, tr)], tr, dash)


def words_card(page: TeamPage, tr: Translator) -> Card:
    """Show a page in words, where no table can be shown; the file beside it has every cell."""
    people = line_blocks([person_text(each, tr) for each in page.people])
    told = tr("As a table this does not fit here: the file has every cell.")
    blocks = [context(told), *people, *failure_blocks(page, tr), *skill_blocks(page, tr)]
    return _card(page, blocks, tr)


def picture_card(page: TeamPage, tr: Translator) -> Card:
    """Say what the numbers in the picture beside it stand for, and in words what it shows."""
    people = [
        f"{number}. {person(each.slack_id)} · {counts_text(person_counts(each), tr)}"
        for number, each in enumerate(page.people, 1)
    ]
    skills = [
        f"{number}. {named(tr.of(each.name), NAME)}" for number, each in enumerate(page.skills, 1)
    ]
    blocks = [*line_blocks([tr("*Columns*"), *people]), *line_blocks([tr("*Rows*"), *skills])]
    return _card(page, [*blocks, *failure_blocks(page, tr)], tr)


def file_card(page: TeamPage, tr: Translator) -> Card:
    """Announce the file, with what it tells in a few words."""
    return _card(page, failure_blocks(page, tr), tr, _unknown(page, tr))


def _unknown(page: TeamPage, tr: Translator) -> str:
    if not page.unknown:
        return ""
    return tr.plural(
        "{count} person is not in it: Slack does not say who they are just now.",
        "{count} people are not in it: Slack does not say who they are just now.",
        page.unknown,
    )


def _card(page: TeamPage, blocks: list[Block], tr: Translator, more: str = "") -> Card:
    told = tr("Your team: {shown}", shown=shown_text(page, tr))
    kept = tr(
        "Each of them sees that you got this. It is deleted as soon as one of them stops sharing, "
        "but not a file that you saved."
    )
    foot = "\n".join(filter(None, (more, how_counted(tr), kept)))
    return Card(told, [section(told), *blocks, context(foot)])
