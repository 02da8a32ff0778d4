"""The figures at the head of a card."""

from datetime import date

from bot.domain.lookup.profiles import Figures
from bot.text.translator import Translator


def skill_figures(figures: Figures, updated_on: date | None, tr: Translator) -> list[str]:
    """Return a skill's figures as mrkdwn fields: roles, levels, mandatory and optional, date."""
    built = [
        f"{_roles(figures, tr)}\n{tr('where it appears')}",
        f"{_levels(figures, tr)}\n{tr('a structured growth path')}",
        "\n".join(_requirements(figures, tr).values()),
    ]
    if updated_on:
        built.append(f"*{tr.date(updated_on)}*\n{tr('last updated')}")
    return built


def group_figures(figures: Figures, tr: Translator) -> str:
    """Return the figures of several skills as one line of mrkdwn."""
    skills = tr.plural("*{count}* skill", "*{count}* skills", figures.skills)
    requirements = tr("{mandatory}, {optional}", **_requirements(figures, tr))
    return " · ".join((skills, _roles(figures, tr), _levels(figures, tr), requirements))


def role_figures(figures: Figures, tr: Translator) -> str:
    """Return the figures of one role as one line of mrkdwn."""
    skills = tr.plural("*{count}* skill", "*{count}* skills", figures.skills)
    requirements = tr("{mandatory}, {optional}", **_requirements(figures, tr))
    return " · ".join((skills, _levels(figures, tr), requirements))


def _roles(figures: Figures, tr: Translator) -> str:
    return tr.plural("*{count}* role", "*{count}* roles", figures.roles)


def _levels(figures: Figures, tr: Translator) -> str:
    return tr.plural("*{count}* level", "*{count}* levels", figures.levels)


def _requirements(figures: Figures, tr: Translator) -> dict[str, str]:
    """Return the two counts by the names that a sentence has for them."""
    mandatory = tr.plural("*{count}* mandatory", "*{count}* mandatory", figures.required)
    optional = tr.plural("other {count} optional", "other {count} optional", figures.optional)
    return {"mandatory": mandatory, "optional": optional}


def updated(day: date | None, tr: Translator) -> list[str]:
    """Return the date of the last update as a list of one, or of none where it is not known."""
    return [tr("updated {date}", date=tr.date(day))] if day else []
