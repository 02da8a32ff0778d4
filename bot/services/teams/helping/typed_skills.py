"""Which skill somebody typed to offer help with, or to learn."""

from bot.domain.answers import Answer, Unknown
from bot.domain.framework import Skill
from bot.domain.lookup.names.lexicon import Kind, Ref
from bot.domain.lookup.names.query import Choices, Grammar, NotFound, Query
from bot.domain.lookup.requests import Viewer
from bot.services.lookup.lookups import alias_in, named_corrections, named_formerly
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.typeahead import skills_meant
from bot.values import dataclass

_SKILLS = Grammar(frozenset({Kind.SKILL, Kind.GROUP}), narrowing_role=False)


@dataclass(frozen=True, slots=True)
class TypedSkill:
    """The one skill that was meant, or those that may have been; none where nothing is near.

    `explained` says what was understood differently from what was typed.
    """

    explained: Answer
    skill: Skill | None
    choices: tuple[Skill, ...] = ()


def skill_typed(shelf: Shelf, text: str, viewer: Viewer) -> TypedSkill:
    """Find the skill; a group stands for a choice of its skills.

    Raises:
        QueryTooLong: the text is longer than any name could be.
    """
    found = shelf.resolve(text, _SKILLS)
    match found:
        case Choices(typed, refs, query) | NotFound(typed, refs, query):
            return TypedSkill(_explained(shelf, typed, viewer, query), None, _skills(shelf, refs))
        case Query(subject=subject):
            refs = (subject,) if subject else ()
            skills = _skills(shelf, refs)
            one = skills[0] if subject and subject.kind is Kind.SKILL and skills else None
            return TypedSkill(_explained(shelf, text, viewer, found), one, skills)


def _skills(shelf: Shelf, refs: tuple[Ref, ...]) -> tuple[Skill, ...]:
    found = {skill.key: skill for ref in refs for skill in skills_meant(shelf.catalogue, ref)}
    return tuple(found.values())


def _explained(shelf: Shelf, typed: str, viewer: Viewer, query: Query) -> Answer:
    return Answer(
        Unknown(typed, ()),
        viewer,
        corrections=named_corrections(shelf.catalogue, query),
        former=named_formerly(shelf.catalogue, query),
        ignored=query.ignored,
        alias=alias_in(shelf, query),
    )
