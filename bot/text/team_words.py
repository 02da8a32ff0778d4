"""Words for a team as its manager sees it: plain text, the same on cards, in files and pictures."""

from collections.abc import Mapping

from bot.domain.teams.team_view import (
    OnlyOne,
    TeamCell,
    TeamGoal,
    TeamLevel,
    TeamPage,
    TeamPerson,
    TeamSkill,
)
from bot.text.translator import Translator

NOT_ASKED = "–"
_NAMED = 12
_DESCRIPTION = 1000


def cell_name(cell: TeamCell | None, tr: Translator) -> str:
    """Return "Met", "Open", "Put aside", or a dash where the goal does not ask for the skill."""
    match cell:
        case TeamCell.MET:
            return tr("Met")
        case TeamCell.OPEN:
            # "Open" alone is what a button says; the shared goal says it so.
            return tr("*Open*").strip("*")
        case TeamCell.ASIDE:
            return tr("Put aside")
        case None:
            return NOT_ASKED


def counts_text(counts: Mapping[TeamCell, int], tr: Translator) -> str:
    """Return "3 met · 2 open · 1 put aside"; the last only where there is any."""
    parts = [
        tr.plural("{count} met", "{count} met", counts.get(TeamCell.MET, 0)),
        tr.plural("{count} open", "{count} open", counts.get(TeamCell.OPEN, 0)),
    ]
    aside = counts.get(TeamCell.ASIDE, 0)
    if aside:
        parts.append(tr.plural("{count} put aside", "{count} put aside", aside))
    return " · ".join(parts)


def person_counts(person: TeamPerson) -> Mapping[TeamCell, int]:
    """Return how many skills stand how with somebody."""
    return {cell: person.count(cell) for cell in TeamCell}


def person_name(person: TeamPerson) -> str:
    """Return what Slack calls somebody; their id where it does not say."""
    return person.name or person.slack_id


def goal_name(goal: TeamGoal, tr: Translator) -> str:
    """Return "LLM Engineer, Lead"; its keys where the framework has no such level any more."""
    if goal.rung is None:
        return tr("{role}, {level}", role=goal.role, level=goal.level)
    role, level = goal.rung.role.name, goal.rung.level.name
    return tr("{role}, {level}", role=tr.of(role), level=tr.of(level))


def level_name(level: TeamLevel, page: TeamPage, tr: Translator) -> str:
    """Return a level's name, with its ladder's where another level there is called the same."""
    name = tr.of(level.name)
    same = [each for each, _ in page.levels if tr.of(each.name) == name]
    if same in ([], [level]):
        return name
    return tr("{level} ({ladder})", level=name, ladder=tr.of(level.ladder_name))


def only_one_text(one: OnlyOne, page: TeamPage, tr: Translator) -> str:
    """Say a single point of failure in a sentence."""
    values = {"skill": tr.of(one.skill.name), "level": level_name(one.level, page, tr)}
    count = tr.number(one.asked)
    if one.asked == one.sharing:
        return tr(
            "Only one of the {count} who share a goal at {level} with you meets {skill}.",
            count=count,
            **values,
        )
    return tr(
        "Only one of the {count} whose goal at {level} asks for it meets {skill}.",
        count=count,
        **values,
    )


def only_ones_text(one: OnlyOne, page: TeamPage, tr: Translator) -> str:
    """Say what stands above several single points of failure that so many are asked for."""
    values = {"count": tr.number(one.asked), "level": level_name(one.level, page, tr)}
    if one.asked == one.sharing:
        return tr(
            "Only one of the {count} who share a goal at {level} with you meets each of these:",
            **values,
        )
    return tr(
        "Only one of the {count} whose goals at {level} ask for it meets each of these:", **values
    )


def shown_text(page: TeamPage, tr: Translator) -> str:
    """Say who is shown: "12 people who share a growth goal with you"."""
    return tr.plural(
        "{count} person who shares a growth goal with you",
        "{count} people who share a growth goal with you",
        len(page.people),
    )


def picture_text(page: TeamPage, tr: Translator) -> str:
    """Say in words what the picture shows, for those who do not see it.

    As much of it as Slack keeps with a picture, in whole lines; the message beside it says it all.
    """
    lines = [
        tr(
            "A grid of {skills} skills and {people} people: a full square is met, an empty one "
            "open, a striped one put aside, a dot not asked for.",
            skills=tr.number(len(page.skills)),
            people=tr.number(len(page.people)),
        )
    ]
    lines += [
        tr("{name}: {counts}", name=person_name(each), counts=counts_text(person_counts(each), tr))
        for each in page.people
    ]
    lines += [only_one_text(each, page, tr) for each in [*page.only_ones()][:_NAMED]]
    while len("\n".join(lines)) > _DESCRIPTION:
        lines.pop()
    return "\n".join(lines)


def skill_counts(page: TeamPage, skill: TeamSkill, tr: Translator) -> str:
    """Return how the people on the page stand with a skill: "met by 3 · open for 2"."""
    counts = page.counts(skill)
    parts = [
        tr("met by {count}", count=tr.number(counts[TeamCell.MET])),
        tr("open for {count}", count=tr.number(counts[TeamCell.OPEN])),
    ]
    if counts[TeamCell.ASIDE]:
        parts.append(tr("put aside by {count}", count=tr.number(counts[TeamCell.ASIDE])))
    return " · ".join(parts)
