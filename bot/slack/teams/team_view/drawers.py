"""Letters that show a team, drawn from what is shared when they are sent."""

from collections.abc import Callable, Sequence
from functools import partial

from bot.cards import limits
from bot.cards.card import Card
from bot.cards.teams.team_view.letters import file_card, picture_card, table_card, words_card
from bot.cards.teams.team_view.table import table_rows
from bot.domain.document import Document
from bot.domain.local_time import local_day
from bot.domain.teams.letter import Letter
from bot.domain.teams.team_view import TeamPage
from bot.slack.context import Here
from bot.slack.teams.letter_post import DrawnLetter

Files = Callable[[], Sequence[Document]]


async def draw_table(here: Here, letter: Letter) -> DrawnLetter | None:
    """Draw the newer table where Slack may take it, else the older; where neither fits, words."""
    page = await here.services.team.of_letter(here.member, letter)
    if page is None:
        return None
    words = DrawnLetter(words_card(page, here.tr), _csv_of(here, page))
    rows = table_rows(page, here.tr)
    if rows is None:
        return words
    older = DrawnLetter(table_card(page, rows, here.tr, native=False), instead=words)
    tables, tenant = here.services.native_tables, here.member.tenant
    if not await tables.may_try(tenant):
        return older
    newer = table_card(page, rows, here.tr, native=True)
    # A large one may be refused for its size: that tells nothing about the workspace.
    refused = partial(tables.refused, tenant) if _is_small(newer) else None
    return DrawnLetter(newer, instead=older, refused=refused)


async def draw_picture(here: Here, letter: Letter) -> DrawnLetter | None:
    """Draw the picture, and say what its numbers stand for."""
    page = await here.services.team.of_letter(here.member, letter)
    if page is None:
        return None
    return DrawnLetter(picture_card(page, here.tr), _picture_of(here, page))


async def draw_file(here: Here, letter: Letter) -> DrawnLetter | None:
    """Write the file."""
    page = await here.services.team.of_letter(here.member, letter)
    if page is None:
        return None
    return DrawnLetter(file_card(page, here.tr), _csv_of(here, page))


def _is_small(card: Card) -> bool:
    return card.fits(limits.CARD_JSON)


def _csv_of(here: Here, page: TeamPage) -> Files:
    day = local_day(here.services.clock.now(), here.member.time_zone)

    def write() -> Sequence[Document]:
        from bot.documents.team.matrix import team_csv

        return (team_csv(page, here.tr, on=day),)

    return write


def _picture_of(here: Here, page: TeamPage) -> Files:
    day = local_day(here.services.clock.now(), here.member.time_zone)

    def draw() -> Sequence[Document]:
        from bot.documents.team.heat_map import heat_map

        return (heat_map(page, here.tr, on=day),)

    return draw
