"""A team as a picture: a square for each skill and person, told apart by patterns."""

from datetime import date

from bot.documents.names import file_name
from bot.domain.document import Document
from bot.domain.teams.team_view import TeamCell, TeamPage
from bot.text.team_words import cell_name, person_name, picture_text
from bot.text.translator import Translator


def heat_map(page: TeamPage, tr: Translator, *, on: date) -> Document:
    """Return the picture as PNG. It takes some tenths of a second: call it in a thread.

    Rows and columns are numbered. Where this machine has no font for a name, its number stands
    alone: the message beside the picture says what it stands for.
    """
    from bot.documents.team.heat_drawing import heat_png

    picture = heat_png(
        [tr.of(each.name) for each in page.skills],
        [person_name(each) for each in page.people],
        [[each.cells.get(skill.key) for each in page.people] for skill in page.skills],
        {**{cell: cell_name(cell, tr) for cell in TeamCell}, None: tr("Not asked for")},
    )
    name = file_name("nextrung-team", on=on, ending="png")
    return Document(name, picture, picture_text(page, tr))
