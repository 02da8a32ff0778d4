"""Letters about marks, drawn as things stand when they are sent."""

from dataclasses import replace

from bot.cards.teams.own_column import marks_letter, reply_letter
from bot.domain.errors import OutdatedCard
from bot.domain.teams.letter import Letter
from bot.slack.context import Here
from bot.slack.teams.letter_post import DrawnLetter


async def draw_marks(here: Here, letter: Letter) -> DrawnLetter | None:
    """Tell the member that marks came; nothing where none holds any more."""
    try:
        column = await here.services.shared_goals.own_column(here.member, letter.subject)
    except OutdatedCard:
        return None
    return DrawnLetter(marks_letter(column, here.tr)) if column.items else None


async def draw_reply(here: Here, letter: Letter) -> DrawnLetter | None:
    """Tell the other what the member answered; nothing where the mark was replaced since."""
    try:
        goal = await here.services.shared_goals.seen(here.member, letter.share_id or 0)
    except OutdatedCard:
        return None
    for item in goal.items:
        mark = item.marked.sent
        if mark is not None and mark.id == letter.subject:
            # Each letter has the answer that it was written with, also where another one followed.
            said = replace(mark, replies=tuple(one for one in mark.replies if one.at <= letter.at))
            return DrawnLetter(reply_letter(goal, item, said, here.tr))
    return None
