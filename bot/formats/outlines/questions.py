"""Says what cannot be told from the places of texts: a question with each part as a choice."""

from collections.abc import Mapping, Sequence

from bot.domain.said import Said, said
from bot.formats.mapping.fields import Field
from bot.formats.outlines.dimensions import Dimension
from bot.formats.outlines.understand import Understanding
from bot.formats.problems import shortened
from bot.formats.proposing.questions import Choice, Question, answered

_SHOWN = 4
_NAMED = 8
_GROUPS = "groups"
_WANTED = {
    Field.LEVEL: said(
        "nothing here reads like the names of levels; add them, or say in a mapping what names them"
    ),
    Field.SKILL: said(
        "nothing here reads like the names of skills; add them, or say in a mapping what names them"
    ),
}
_ASKED = {
    Field.LEVEL: said("nothing here reads like the names of levels: what names them?"),
    Field.SKILL: said("nothing here reads like the names of skills: what names them?"),
}


def question(found: Understanding, *, item: str = "") -> Question | Said:
    """Return what is asked, each part as a choice; an error where there is none.

    `item` is the column of single items, where texts have such.
    """
    field = found.asks or Field.LEVEL
    if field is Field.ROLE:
        return _roles_or_groups(found.open[0])
    choices = [_choice(field, part) for part in found.open]
    if field is Field.SKILL and item:
        choices.append(Choice(item, said("each item of a list"), f"{field}: {item}"))
    if not choices:
        return _WANTED.get(field, _WANTED[Field.LEVEL])
    return Question(field.value, _ASKED.get(field, _ASKED[Field.LEVEL]), tuple(choices))


def columns_of(answers: Mapping[str, str], columns: Sequence[str]) -> dict[Field, str]:
    """Return the columns that answers to earlier questions name; "" for a role that none names."""
    known = {answered(column): column for column in columns} | {_GROUPS: ""}
    return {
        field: known[answers[field]]
        for field in (*_WANTED, Field.ROLE)
        if field.value in answers and answers[field.value] in known
    }


def _roles_or_groups(part: Dimension) -> Question:
    return Question(
        Field.ROLE.value,
        said(
            "Nothing says what {names} are: roles, or groups of skills?",
            names=", ".join(f"'{shortened(value)}'" for value in part.distinct[:_NAMED]),
        ),
        (
            Choice(answered(part.column), said("each names a role"), f"role: {part.column}"),
            Choice(
                _GROUPS, said("each names a group of skills, of one role"), f"group: {part.column}"
            ),
        ),
    )


def _choice(field: Field, part: Dimension) -> Choice:
    values = [f"'{shortened(value)}'" for value in part.distinct[:_SHOWN]]
    more = "…" if len(part.distinct) > _SHOWN else ""
    text = said("{column}: {values}", column=part.column, values=", ".join(values) + more)
    return Choice(answered(part.column), text, f"{field}: {part.column}")
