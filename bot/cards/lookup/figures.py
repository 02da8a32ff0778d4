"""The figures at the head of a card."""

from datetime import date

from bot.domain.lookup.profiles import Figures
from bot.text.translator import Translator


def skill_figures(figures: Figures, tr: Translator) -> str:
    """Return a skill's figures on one line: roles, levels, mandatory and optional."""
    roles, levels = roles_count(figures.roles, tr), levels_count(figures.levels, tr)
    return f"{roles} · {levels} · {_requirements(figures, tr)}"


def group_figures(figures: Figures, tr: Translator) -> str:
    """Return the figures of several skills on one line."""
    return f"{skills_count(figures.skills, tr)} · {skill_figures(figures, tr)}"


def skills_count(count: int, tr: Translator) -> str:
    """Return "25 skills"."""
    return tr.plural("{count} skill", "{count} skills", count)


def roles_count(count: int, tr: Translator) -> str:
    """Return "2 roles"."""
    return tr.plural("{count} role", "{count} roles", count)


def levels_count(count: int, tr: Translator) -> str:
    """Return "5 levels"."""
    return tr.plural("{count} level", "{count} levels", count)


def _requirements(figures: Figures, tr: Translator) -> str:
    mandatory = tr.plural("{count} mandatory", "{count} mandatory", figures.required)
    optional = tr.plural(
        "the other {count} optional", "the other {count} optional", figures.optional
    )
    return tr("{mandatory}, {optional}", mandatory=mandatory, optional=optional)


def updated(day: date | None, tr: Translator) -> list[str]:
    """Return the date of the last update as a list of one, or of none where it is not known."""
    return [tr("updated {date}", date=tr.date(day))] if day else []
