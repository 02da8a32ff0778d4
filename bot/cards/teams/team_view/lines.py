"""What the modal and the messages about a team have in common."""

from collections.abc import Iterator, Sequence

from bot.cards import limits
from bot.cards.blocks import Block, context, section
from bot.cards.card import NAME
from bot.cards.mrkdwn import named, safe
from bot.cards.teams.share_words import person
from bot.domain.teams.team_view import OnlyOne, TeamPage, TeamPerson
from bot.text.team_words import (
    counts_text,
    goal_name,
    only_one_text,
    only_ones_text,
    person_counts,
    skill_counts,
)
from bot.text.translator import Translator

MOST_ONES = 20
MOST_SKILLS = 60


def person_text(one: TeamPerson, tr: Translator) -> str:
    """Say who somebody is, what their goal is for, and how they stand."""
    head = f"{person(one.slack_id)} · {safe(goal_name(one.goal, tr), NAME * 2)}"
    if not one.has_way:
        return f"{head}\n{tr('The framework has no way to this goal any more.')}"
    return f"{head}\n{counts_text(person_counts(one), tr)}"


def failure_blocks(page: TeamPage, tr: Translator) -> list[Block]:
    """Name the single points of failure, as far as this page can tell them."""
    found = [*page.only_ones()]
    blocks: list[Block] = []
    if found:
        head = tr("*Single points of failure*")
        blocks += line_blocks([head, *_failures(found[:MOST_ONES], page, tr)])
        rest = len(found) - MOST_ONES
        if rest > 0:
            blocks.append(context(tr.plural("and {count} more", "and {count} more", rest)))
    if page.untold:
        blocks.append(
            context(
                tr(
                    "Single points of failure are named where all who share a level stand on one "
                    "page. Choose a level to see them, or take the CSV file."
                )
            )
        )
    return blocks


def _failures(found: Sequence[OnlyOne], page: TeamPage, tr: Translator) -> Iterator[str]:
    """Give lines: a sentence for one of its kind, and for several one with their skills below."""
    kinds: dict[tuple[str, int], list[OnlyOne]] = {}
    for each in found:
        kinds.setdefault((each.level.key, each.asked), []).append(each)
    for first, *others in kinds.values():
        if not others:
            yield safe(only_one_text(first, page, tr), NAME * 4)
            continue
        yield safe(only_ones_text(first, page, tr), NAME * 4)
        yield from (f"• {safe(tr.of(each.skill.name), NAME)}" for each in (first, *others))


def skill_blocks(page: TeamPage, tr: Translator) -> list[Block]:
    """Say of each skill how many meet it."""
    if not page.skills:
        return []
    lines = [
        tr(
            "{name}: {counts}",
            name=named(tr.of(each.name), NAME),
            counts=skill_counts(page, each, tr),
        )
        for each in page.skills[:MOST_SKILLS]
    ]
    blocks = line_blocks([tr("*Skills that their goals require*"), *lines])
    rest = len(page.skills) - MOST_SKILLS
    if rest > 0:
        told = tr.plural("and {count} more", "and {count} more", rest)
        blocks.append(context(told))
    return blocks


def how_counted(tr: Translator) -> str:
    """Say what the figures are, and are not."""
    return tr(
        "By what they share: likely and begun ones are open, and so is what somebody said before "
        "they shared, unless they show it. In the order in which the shares began."
    )


def line_blocks(lines: Sequence[str]) -> list[Block]:
    """Put lines into as few sections as hold them."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if len("\n".join((*parts[-1], line))) > limits.SECTION:
            parts.append([])
        parts[-1].append(line)
    return [section("\n".join(part)) for part in parts if part]
