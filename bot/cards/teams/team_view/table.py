"""A team as a table: a row for each skill, a column for each person. Words in every cell."""

from collections.abc import Sequence

from bot.cards import limits
from bot.cards.blocks import Block, TableCell, data_table, table, text_cell
from bot.cards.mrkdwn import clip, unmarked
from bot.domain.teams.team_view import TeamCell, TeamPage
from bot.text.team_words import cell_name, person_name, shown_text
from bot.text.translator import Translator

_SKILL, _PERSON = 60, 30
# The head, and a row each for what is met and what is open.
_MORE_ROWS, _MORE_COLUMNS = 3, 3

Rows = Sequence[Sequence[str]]


def table_rows(page: TeamPage, tr: Translator) -> Rows | None:
    """Return the texts of the cells, the head first; None where Slack's tables are too small."""
    rows, columns = len(page.skills) + _MORE_ROWS, len(page.people) + _MORE_COLUMNS
    if rows > limits.TABLE_ROWS or columns > limits.TABLE_COLUMNS or not page.skills:
        return None
    met, still = (cell_name(each, tr) for each in (TeamCell.MET, TeamCell.OPEN))
    names = [clip(unmarked(person_name(each)), _PERSON) for each in page.people]
    found = [[tr("Skill"), *names, met, still]]
    for skill in page.skills:
        counts = page.counts(skill)
        cells = [cell_name(each.cells.get(skill.key), tr) for each in page.people]
        name = clip(unmarked(tr.of(skill.name)), _SKILL)
        figures = (tr.number(counts[each]) for each in (TeamCell.MET, TeamCell.OPEN))
        found.append([name, *cells, *figures])
    for label, cell in ((met, TeamCell.MET), (still, TeamCell.OPEN)):
        found.append([label, *(tr.number(each.count(cell)) for each in page.people), "", ""])
    size = sum(len(text) for row in found for text in row)
    return found if size <= limits.TABLE_CHARACTERS else None


def table_block(rows: Rows, page: TeamPage, tr: Translator, *, native: bool) -> Block:
    """Build the table: the newer kind of Slack's, or the one that every workspace has."""
    cells: list[list[TableCell]] = [[text_cell(text) for text in row] for row in rows]
    if native:
        return data_table(shown_text(page, tr), cells)
    return table(cells, wrapped=[True, *(False for _ in rows[0][1:])])
