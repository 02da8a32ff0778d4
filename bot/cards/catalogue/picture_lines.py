"""A small picture of what was understood of a file, and two of its cells read back."""

from bot.cards import limits
from bot.cards.blocks import Block, context, section
from bot.cards.card import NAME
from bot.cards.mrkdwn import named, safe
from bot.domain.catalogue.picture import Picture, RolePicture
from bot.domain.framework import Expectation, Level
from bot.text.translator import Translator
from bot.text.words import depth_name, requirement_name

_ROLES = 6
_LEVELS = 12
_NAME = 40
_TEXT = 300


def picture_blocks(picture: Picture, tr: Translator) -> list[Block]:
    """Build the figures, the levels in their order, the roles, and the sample cells."""
    blocks: list[Block] = [section(_figures(picture, tr)[: limits.SECTION])]
    if picture.samples:
        blocks.append(context(tr("Two of its cells, as members will read them:")))
        blocks += [section(_sample(each, tr)) for each in picture.samples]
    return blocks


def picture_line(picture: Picture, tr: Translator) -> str:
    """Return the picture in a line; see `picture_words`."""
    return picture_words(len(picture.roles), picture.levels, picture.skills, picture.missing, tr)


def picture_words(roles: int, levels: int, skills: int, missing: int, tr: Translator) -> str:
    """Return sizes in a line: "3 roles, 5 levels, 42 skills; 17 cells are missing"."""
    return tr(
        "{roles}, {levels}, {skills}; {missing}",
        roles=tr.plural("{count} role", "{count} roles", roles),
        levels=tr.plural("{count} level", "{count} levels", levels),
        skills=tr.plural("{count} skill", "{count} skills", skills),
        missing=missing_words(missing, tr),
    )


def missing_words(missing: int, tr: Translator) -> str:
    """Say how many cells are missing."""
    if not missing:
        return tr("no cell is missing")
    return tr.plural("{count} cell is missing", "{count} cells are missing", missing)


def levels_line(picture: Picture, tr: Translator) -> str:
    """Return the levels in their order, where all roles share them; else nothing."""
    if not picture.ladder:
        return ""
    names = " → ".join(_level(each, tr) for each in picture.ladder[:_LEVELS])
    return tr("Levels, lowest first: {names}", names=names)


def _figures(picture: Picture, tr: Translator) -> str:
    lines = [f"*{picture_line(picture, tr)}*"]
    if picture.ladder:
        lines.append(levels_line(picture, tr))
    lines += [f"• {_role(each, tr)}" for each in picture.roles[:_ROLES]]
    rest = len(picture.roles) - _ROLES
    if rest > 0:
        lines.append(tr.plural("and {count} more role", "and {count} more roles", rest))
    if picture.missing:
        lines.append(tr("A missing cell is shown as *not defined*, never as not required."))
    return "\n".join(lines)


def _role(role: RolePicture, tr: Translator) -> str:
    """Return a role with how many skills each of its levels has."""
    levels = " → ".join(
        f"{_level(level, tr)} {tr.number(count)}" for level, count in role.counts[:_LEVELS]
    )
    return f"{named(tr.of(role.role.name), NAME)}: {levels}"


def _level(level: Level, tr: Translator) -> str:
    return named(tr.of(level.name), _NAME)


def _sample(cell: Expectation, tr: Translator) -> str:
    place = tr(
        "{role}, {level}",
        role=named(tr.of(cell.role.name), _NAME),
        level=named(tr.of(cell.level.name), _NAME),
    )
    depth = depth_name(cell, tr)
    marks = [requirement_name(cell.requirement, tr), *([safe(depth, _NAME)] if depth else [])]
    lines = [f"*{named(tr.of(cell.skill.name), NAME)}*", f"{place} · {' · '.join(marks)}"]
    if cell.wording is not None:
        lines.append(f"> {safe(' '.join(tr.of(cell.wording).split()), _TEXT)}")
    else:
        lines.append(f"> {tr('No text is written for it.')}")
    return "\n".join(lines)
