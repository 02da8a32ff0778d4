"""Home's part about sharing: who sees what and when they looked, and who shares with the member."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from bot.cards.blocks import Block, actions, section
from bot.cards.card import joined
from bot.cards.elements import Button, button
from bot.cards.forms import confirmed
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.standing_lines import day
from bot.cards.teams.share_words import person, scope_text
from bot.cards.teams.talk_links import Of, encode_of
from bot.cards.unshared_lines import unshared_text
from bot.domain.growth.goal import Unshared
from bot.domain.teams.home import LOOKS, MINE, OwnShare, SharingSeen
from bot.domain.teams.requests import OfShare, TeamAsk
from bot.domain.teams.share import Look, LookKind, Share
from bot.text.translator import Translator

TEAM_FROM = 2
"""So many people who share make a team."""
TOLD_FOR = timedelta(days=14)
"""So long Home says what ended with a goal."""


def sharing_blocks(
    seen: SharingSeen,
    tr: Translator,
    *,
    has_goal: bool,
    talks: Collection[int] = (),
    today: date | None = None,
) -> list[Block]:
    """Build it; nothing where nothing is shared and there is nothing to share.

    `talks` are the shares whose talks Home names by themselves. `today` is the member's local day.
    """
    over = _over(seen.over, today, tr, has_goal=has_goal)
    own = _mine(seen.mine, tr, talks=talks, over=over) if has_goal else over
    return [*own, *_theirs(seen, tr)]


def _over(ended: Unshared, today: date | None, tr: Translator, *, has_goal: bool) -> list[Block]:
    """Say for a while what ended with a goal: nothing else tells of a goal ended on Home."""
    if ended.at is None or today is None or abs(today - ended.at.date()) > TOLD_FOR:
        return []
    return [section(unshared_text(ended, tr, has_goal=has_goal))]


def _mine(
    mine: Sequence[OwnShare], tr: Translator, *, talks: Collection[int], over: list[Block]
) -> list[Block]:
    share = button(Action.SHARE_GOAL, tr("Share My Goal…"), "share")
    if not mine:
        told = tr("*Who sees my goal*\nNobody but you. Share it with one person at a time.")
        return [section(told, share), *over]
    blocks: list[Block] = [section(tr("*Who sees my goal*"), share)]
    blocks += own_lines(mine[:MINE], tr, talks=talks)
    if len(mine) > MINE:
        label = tr("All {count}…", count=tr.number(len(mine)))
        blocks.append(actions([button(Action.SHARE_MINE, label, "0")]))
    return blocks


def own_lines(
    shares: Sequence[OwnShare], tr: Translator, *, talks: Collection[int] = ()
) -> list[Block]:
    """Build what the member shares with each person, who looked when, and all that changes it."""
    blocks: list[Block] = []
    for number, each in enumerate(shares):
        told = f"{_own_line(each.share, tr)}\n{_looked(each, tr)}"
        with_talks = each.share.accepted and each.share.id not in talks
        blocks += [section(told), actions(_controls(each, number, tr, with_talks=with_talks))]
    return blocks


def _own_line(share: Share, tr: Translator) -> str:
    scope, who = scope_text(share, tr), person(share.other)
    if share.accepted:
        return tr("{person} sees {scope}", person=who, scope=scope)
    return tr("{person} was asked, and sees nothing yet: {scope}", person=who, scope=scope)


def _controls(one: OwnShare, number: int, tr: Translator, *, with_talks: bool) -> list[Button]:
    value = encode(OfShare(one.share.id))
    change = button(numbered(Action.SHARE_CHANGE, number), tr("Change…"), value)
    stop = confirmed(
        button(numbered(Action.SHARE_STOP, number), tr("Stop Sharing"), value),
        title=tr("Stop sharing?"),
        text=tr(
            "They see nothing of it any more, at once, and what I sent them is deleted. Your talks "
            "about it, and what you agreed on, end too."
        ),
        confirm=tr("Stop Sharing"),
        deny=tr("Keep It"),
    )
    found = []
    if one.marked:
        found.append(button(numbered(Action.MARKS_SHOW, number), tr("Their Marks"), value))
    if with_talks:
        talks = encode_of(Of.SHARE, one.share.id)
        found.append(button(numbered(Action.TALKS, number), tr("Agreed and Talks"), talks))
    return [*found, change, stop]


def _looked(one: OwnShare, tr: Translator) -> str:
    """Say when they looked, the last time first."""
    if not one.share.accepted:
        return tr("Asked {date}", date=day(one.share.asked_at, tr))
    if not one.looks:
        return tr("Has not looked yet")
    shown = joined([_look(each, tr) for each in one.looks[:LOOKS]], tr)
    if len(one.looks) > LOOKS:
        return tr("Looked {dates}, and before", dates=shown)
    return tr("Looked {dates}", dates=shown)


def _look(look: Look, tr: Translator) -> str:
    """Return the moment as Slack shows it where the reader is."""
    at = look.at
    fallback = f"{tr.date(at.date())} {at:%H:%M}"
    moment = f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"
    match look.kind:
        case LookKind.GOAL | LookKind.TALKS:
            return moment
        case LookKind.TEAM:
            return tr("{moment} (beside others)", moment=moment)
        case LookKind.TEAM_FILE:
            return tr("{moment} (took a CSV file)", moment=moment)


def _theirs(seen: SharingSeen, tr: Translator) -> list[Block]:
    if not seen.asked and not seen.theirs:
        return []
    blocks: list[Block] = [section(tr("*People who share with you*"))]
    for number, share in enumerate(seen.asked):
        blocks += _asked(share, number, tr)
    blocks += their_lines(seen.theirs, tr)
    more: list[Button] = []
    if seen.people > len(seen.theirs):
        label = tr("All {count}…", count=tr.number(seen.people))
        more.append(button(Action.SHARE_LIST, label, "0"))
    if seen.people >= TEAM_FROM:
        more.append(button(Action.TEAM, tr("Team View"), encode(TeamAsk())))
    return [*blocks, actions(more)] if more else blocks


def _asked(share: Share, number: int, tr: Translator) -> list[Block]:
    value = encode(OfShare(share.id))
    told = tr("{person} asks whether you want to see a growth goal", person=person(share.owner))
    row = actions(
        [
            button(numbered(Action.SHARE_ACCEPT, number), tr("Accept"), value),
            button(numbered(Action.SHARE_DECLINE, number), tr("Decline"), value),
        ]
    )
    return [section(f"{told}\n{scope_text(share, tr)}"), row]


def their_lines(shares: Sequence[Share], tr: Translator) -> list[Block]:
    """Build a line for each person who shares, with the button that opens what they share."""
    return [
        section(
            f"{person(each.owner)}\n{scope_text(each, tr)}",
            button(numbered(Action.SHARE_OPEN, number), tr("Open"), encode(OfShare(each.id))),
        )
        for number, each in enumerate(shares)
    ]
