"""Names that begin with, contain or resemble what a member types into a select."""

from bot.domain.answers import Offer
from bot.domain.framework import Skill
from bot.domain.lookup.names.lexicon import Kind, Lexicon, Ref, squeeze, words_of
from bot.domain.lookup.names.query import Query
from bot.domain.lookup.requests import ShowGap
from bot.domain.revision import Catalogue
from bot.services.lookup.lookups import name_of, request_for
from bot.services.lookup.matching import nearest
from bot.services.lookup.shelves import Shelf

MAX_SUGGESTED = 30
SUBJECTS = (Kind.SKILL, Kind.GROUP, Kind.ROLE)


def suggest_subjects(shelf: Shelf, typed: str) -> tuple[Offer, ...]:
    """Return skills, groups and roles for a typed text, best first, at most `MAX_SUGGESTED`."""
    return _offers(shelf, _search(shelf, typed, SUBJECTS))


def suggest_roles(shelf: Shelf, typed: str) -> tuple[Offer, ...]:
    """Return roles for a typed text, best first."""
    return _offers(shelf, _search(shelf, typed, (Kind.ROLE,)))


def suggest_targets(shelf: Shelf, typed: str) -> tuple[Offer, ...]:
    """Return roles as targets of a promotion gap, best first."""
    refs = _search(shelf, typed, (Kind.ROLE,))
    return tuple(Offer(ref.kind, name_of(shelf.catalogue, ref), ShowGap(ref.key)) for ref in refs)


def suggest_skills(shelf: Shelf, typed: str) -> tuple[Offer, ...]:
    """Return skills for a typed text, best first; a group's name stands for its skills."""
    return _offers(shelf, tuple(Ref(Kind.SKILL, each.key) for each in skills_for(shelf, typed)))


def skills_for(shelf: Shelf, typed: str) -> tuple[Skill, ...]:
    """Return the skills that a typed text may mean, by their own name or that of their group."""
    found: dict[str, Skill] = {}
    for ref in _search(shelf, typed, (Kind.SKILL, Kind.GROUP)):
        for skill in skills_meant(shelf.catalogue, ref):
            found.setdefault(skill.key, skill)
    return tuple(found.values())[:MAX_SUGGESTED]


def skills_meant(catalogue: Catalogue, ref: Ref) -> tuple[Skill, ...]:
    """Return the skill that `ref` names, or those of the group that it names; else none."""
    if ref.kind is Kind.SKILL:
        skill = catalogue.skill(ref.key)
        return (skill,) if skill else ()
    group = catalogue.group(ref.key) if ref.kind is Kind.GROUP else None
    return catalogue.skills_of(group) if group else ()


def _offers(shelf: Shelf, refs: tuple[Ref, ...]) -> tuple[Offer, ...]:
    return tuple(
        Offer(ref.kind, name_of(shelf.catalogue, ref), request_for(ref, Query())) for ref in refs
    )


def _search(shelf: Shelf, typed: str, kinds: tuple[Kind, ...]) -> tuple[Ref, ...]:
    lexicon = shelf.lexicon
    words = words_of(typed[:200], lexicon.typed)
    names = [name for kind in kinds for name in lexicon.names[kind]]
    if not words:
        return _refs(names, lexicon, kinds)
    start = squeeze(words)
    inside = names
    for word in words:
        inside = [name for name in inside if word.key in name]
    # A name that is shown before an alias: who types "data" sees why each is there.
    own = lexicon.own
    inside.sort(key=lambda name: (not name.startswith(start), name not in own, len(name)))
    found = inside or [name for name, _ in nearest(start, names, max(1, len(start) // 3))]
    return _refs(found, lexicon, kinds)


def _refs(names: list[str], lexicon: Lexicon, kinds: tuple[Kind, ...]) -> tuple[Ref, ...]:
    refs: dict[Ref, None] = {}
    for name in names:
        for ref in lexicon.exact[name]:
            if ref.kind in kinds:
                refs[ref] = None
        if len(refs) >= MAX_SUGGESTED:
            break
    return tuple(refs)[:MAX_SUGGESTED]
