"""Rules about names: skills that are probably one, and spellings that stand for several things."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from bot.domain.catalogue.lint.finding import LintFinding, LintPlace, LintRule, LintSeverity, quoted
from bot.domain.catalogue.lint.survey import Survey
from bot.domain.catalogue.lint.texts.wording import Phrases
from bot.domain.framework import CatalogueContent, Skill
from bot.domain.lookup.names.lexicon import squeeze, words_of
from bot.domain.said import Said, listed, said, together
from bot.domain.text import LocalText
from bot.domain.typed_words import TypedWords

LONG_NAME = 8
"""From so many letters on, one letter less or other is probably a slip."""
SHARED_SENTENCES = 3
_BOILERPLATE = 8

Pair = tuple[str, str]

_HAVE_ONE_NAME = said("have the same name")
_DIFFER_LITTLE = said("differ in one letter")
_SAY_THE_SAME = said("say mostly the same")
_KINDS = {
    "skill": said("skill"),
    "group": said("group"),
    "role": said("role"),
    "domain": said("domain"),
    "level": said("level"),
}


def similar_skills(survey: Survey, phrases: Phrases, typed: TypedWords) -> Iterator[LintFinding]:
    """Skills with the same name, nearly the same name, or mostly the same texts."""
    skills = {each.key: each for each in survey.content.skills}
    told: set[Pair] = set()
    for reason, pairs in (
        (_HAVE_ONE_NAME, _same_names(skills.values(), typed)),
        (_DIFFER_LITTLE, _near_names(skills.values(), typed)),
        (_SAY_THE_SAME, _same_texts(phrases)),
    ):
        for one, other in pairs:
            if (one, other) not in told:
                told.add((one, other))
                yield _similar(skills[one], skills[other], reason)


def _similar(one: Skill, other: Skill, reason: Said) -> LintFinding:
    names = said(
        "{one} ({key}) and {other} ({other_key})",
        one=quoted(one.name.base),
        key=one.key,
        other=quoted(other.name.base),
        other_key=other.key,
    )
    return LintFinding(
        LintRule.SIMILAR_SKILLS,
        LintSeverity.WARNING,
        LintPlace(skill=other.key),
        said(
            "{names} {reason}. Make them one skill, or names and texts that tell them apart.",
            names=names,
            reason=reason,
        ),
    )


def _same_names(skills: Iterable[Skill], typed: TypedWords) -> Iterator[Pair]:
    """Pairs whose names have the same words, in any order and spelling."""
    found: dict[tuple[str, ...], list[str]] = {}
    for skill in skills:
        words = words_of(skill.name.base, typed)
        keys = {(squeeze(words),), tuple(sorted(word.key for word in words))}
        for key in keys:
            found.setdefault(key, []).append(skill.key)
    for alike in found.values():
        yield from combinations(alike, 2)


def _near_names(skills: Iterable[Skill], typed: TypedWords) -> Iterator[Pair]:
    """Pairs of long names one insertion, deletion or substitution apart; digits are no slip.

    Two such names become equal when the right letter is left out of each: no name need be compared
    with every other one.
    """
    shorter: dict[str, list[tuple[str, str]]] = {}
    for skill in skills:
        name = squeeze(words_of(skill.name.base, typed))
        if len(name) >= LONG_NAME:
            cut = {name[:at] + name[at + 1 :] for at in range(len(name))}
            for variant in (name, *sorted(cut)):
                shorter.setdefault(variant, []).append((skill.key, name))
    told: set[Pair] = set()
    for alike in shorter.values():
        for (one, name), (other, second) in combinations(alike, 2):
            if (one, other) not in told and name != second and _digits(name) == _digits(second):
                told.add((one, other))
                yield one, other


def _digits(name: str) -> str:
    return "".join(each for each in name if each.isdigit())


def _same_texts(phrases: Phrases) -> Iterator[Pair]:
    """Pairs that share at least three sentences and half of those of the smaller skill."""
    shared: dict[Pair, int] = {}
    for _, skills in phrases.sentences.values():
        # What stands in many skills is boilerplate, which is reported by itself.
        if len(skills) <= _BOILERPLATE:
            for one, other in combinations(skills, 2):
                shared[one.key, other.key] = shared.get((one.key, other.key), 0) + 1
    for (first, second), count in shared.items():
        smaller = min(phrases.sizes[first], phrases.sizes[second])
        if count >= SHARED_SENTENCES and 2 * count >= smaller:
            yield first, second


_Thing = tuple[str, str]
"""A kind such as "skill", and a key."""


def name_clashes(survey: Survey, typed: TypedWords) -> Iterator[LintFinding]:
    """Spellings, compared as typed text is, that stand for several things.

    Two skills of one name are `similar_skills`' business. It is only worth knowing where no alias
    is involved and the kinds differ (a skill named like its group), where roles share an alias of
    theirs (both are offered), and where it means one level only on each ladder.
    """
    meant: dict[str, dict[_Thing, tuple[str, bool]]] = {}
    for thing, spelling, is_alias in _spellings(survey.content):
        key = squeeze(words_of(spelling, typed))
        if key:
            meant.setdefault(key, {}).setdefault(thing, (spelling, is_alias))
    unclear = _unclear_on_a_ladder(survey.content, typed)
    for key, things in meant.items():
        if len(things) > 1:
            yield from _clash(things, clear_levels=key not in unclear)


def _unclear_on_a_ladder(content: CatalogueContent, typed: TypedWords) -> set[str]:
    """Return the spellings, as they are compared, that two levels of one ladder have."""
    unclear: set[str] = set()
    for ladder in content.ladders:
        meant: dict[str, str] = {}
        for level in ladder.levels:
            for _, spelling, _ in _of("level", level.key, level.name, level.aliases):
                key = squeeze(words_of(spelling, typed))
                if meant.setdefault(key, level.key) != level.key:
                    unclear.add(key)
    return unclear


_Spelt = Mapping[_Thing, tuple[str, bool]]
"""What a spelling stands for: how it is written there, and whether it is an alias."""


def _clash(things: _Spelt, *, clear_levels: bool) -> Iterator[LintFinding]:
    if {kind for kind, _ in things} == {"skill"} and not _by_alias(things):
        return
    (kind, key), (spelling, _) = next(iter(things.items()))
    names = listed([said("the {kind} {key}", kind=_KINDS[kind], key=key) for kind, key in things])
    harmless = _harmless(things, clear_levels=clear_levels)
    advice = harmless or said("Take it from all but one, so that typing it needs no choice.")
    yield LintFinding(
        LintRule.NAME_CLASH,
        LintSeverity.INFO if harmless else LintSeverity.WARNING,
        _place(kind, key),
        together(
            said("{spelling} stands for {things}.", spelling=quoted(spelling), things=names), advice
        ),
    )


def _by_alias(things: _Spelt) -> bool:
    return any(is_alias for _, is_alias in things.values())


def _harmless(things: _Spelt, *, clear_levels: bool) -> Said | None:
    """Return why several things of one spelling are no fault, or None where they are."""
    kinds = [kind for kind, _ in things]
    if set(kinds) == {"level"} and clear_levels:
        return said("On each ladder it means one of them: the role tells which.")
    if set(kinds) == {"role"} and all(is_alias for _, is_alias in things.values()):
        return said("Who types it chooses. That is fine where all are meant, or keep it for one.")
    if not _by_alias(things) and len(set(kinds)) == len(kinds):
        return said(
            "Who types it gets the {kind}. That is fine, or name them apart.", kind=_KINDS[kinds[0]]
        )
    return None


def _place(kind: str, key: str) -> LintPlace:
    match kind:
        case "skill":
            return LintPlace(skill=key)
        case "group":
            return LintPlace(group=key)
        case "role":
            return LintPlace(role=key)
        case "domain":
            return LintPlace(domain=key)
        case _:
            return LintPlace(level=key)


def _spellings(content: CatalogueContent) -> Iterator[tuple[_Thing, str, bool]]:
    """Yield (thing, spelling, whether it is an alias). Levels of one key are one on any ladder.

    The kinds come in the order in which a typed text is understood.
    """
    for skill in content.skills:
        yield from _of("skill", skill.key, skill.name, skill.aliases)
    for group in content.groups:
        yield from _of("group", group.key, group.name, group.aliases)
    for role in content.roles:
        yield from _of("role", role.key, role.name, role.aliases)
    for domain in content.domains:
        yield from _of("domain", domain.key, domain.name, ())
    for ladder in content.ladders:
        for level in ladder.levels:
            yield from _of("level", level.key, level.name, level.aliases)


def _of(
    kind: str, key: str, name: LocalText, aliases: Iterable[str]
) -> Iterator[tuple[_Thing, str, bool]]:
    for spelling in (key, *name.all_languages()):
        yield (kind, key), spelling, False
    for alias in aliases:
        yield (kind, key), alias, True
