"""A team as a CSV file: a row for each person, a column for each skill."""

from collections.abc import Iterator
from datetime import date

from bot.documents.names import file_name
from bot.documents.safe_csv import csv_file
from bot.domain.document import Document
from bot.domain.teams.team_view import TeamCell, TeamPage, TeamPerson
from bot.text.translator import Translator

COLUMNS = ("slack_id", "name", "role", "level", "sharing_since", "statuses_since")
FIGURES = ("met", "open", "put_aside")
NOT_ASKED = ""


def team_csv(page: TeamPage, tr: Translator, *, on: date) -> Document:
    """Return the file: met, open or aside in each cell, empty where the goal does not ask for it.

    Two rows at the foot count who meets each skill and of whom it is open.
    """
    skills = [tr.of(each.name) for each in page.skills]
    head = (*COLUMNS, *FIGURES, *skills)
    rows = [*(_row(each, page, tr) for each in page.people), *_foot(page)]
    name = file_name("nextrung-team", on=on, ending="csv")
    return Document(name, csv_file(head, rows))


def _row(person: TeamPerson, page: TeamPage, tr: Translator) -> list[str]:
    goal, share = person.goal, person.goal.share
    rung = goal.rung
    cells = (person.cells.get(each.key) for each in page.skills)
    return [
        person.slack_id,
        person.name,
        tr.of(rung.role.name) if rung else goal.role,
        tr.of(rung.level.name) if rung else goal.level,
        share.accepted_at.date().isoformat() if share.accepted_at else "",
        share.shows_from.date().isoformat() if share.shows_from else "",
        *(str(person.count(each)) for each in TeamCell),
        *(each.value if each else NOT_ASKED for each in cells),
    ]


def _foot(page: TeamPage) -> Iterator[list[str]]:
    counts = [page.counts(each) for each in page.skills]
    blank = [""] * (len(COLUMNS) + len(FIGURES) - 1)
    for cell in (TeamCell.MET, TeamCell.OPEN):
        yield [f"*{cell.value}", *blank, *(str(each[cell]) for each in counts)]
