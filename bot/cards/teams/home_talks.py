"""Home: what counts with whom, and when the next talk is."""

from collections.abc import Sequence
from datetime import date

from bot.cards.blocks import Block, divider, section
from bot.cards.elements import button
from bot.cards.ids import Action, numbered
from bot.cards.nudges.cadence_words import moment
from bot.cards.teams.talk_links import Of, encode_of
from bot.domain.teams.rhythm import RhythmState
from bot.domain.teams.talk_page import HomeTalk
from bot.text.translator import Translator


def home_talks(found: Sequence[HomeTalk], today: date | None, tr: Translator) -> list[Block]:
    """Show a line for each share, with the way to all that the two have; nothing of none.

    What counted until a day before `today` counts no more.
    """
    if not found:
        return []
    blocks: list[Block] = [divider(), section(tr("*Agreed and talks*"))]
    for number, each in enumerate(found):
        value = encode_of(Of.SHARE, each.share_id)
        opened = button(numbered(Action.TALKS, number), tr("Agreed and Talks"), value)
        blocks.append(section(_line(each, today, tr), opened))
    return blocks


def _line(talk: HomeTalk, today: date | None, tr: Translator) -> str:
    person = f"<@{talk.other}>"
    parts, items = [], [each for each in talk.items if today is None or each.until >= today]
    if items:
        parts.append(
            tr.plural(
                "{count} counts, the first until {date}",
                "{count} count, the first until {date}",
                len(items),
                date=tr.date(items[0].until),
            )
        )
    if talk.asked:
        parts.append(tr.plural("{count} proposal for you", "{count} proposals for you", talk.asked))
    parts.append(_next(talk, tr))
    return tr("With {person}: {said}", person=person, said=" · ".join(parts))


def _next(talk: HomeTalk, tr: Translator) -> str:
    held = talk.rhythm
    if held is None or held.state is RhythmState.ENDED:
        return tr("no talks planned")
    if held.state is RhythmState.PAUSED or held.next_at is None:
        return tr("talks are paused")
    return tr("next talk {moment}", moment=moment(held.next_at, tr, zone=held.rhythm.zone))
