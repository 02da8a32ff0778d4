"""Differences between two contents: by stable keys, complete, and nothing where nothing differs."""

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue.diff import diff
from bot.domain.catalogue.differences import (
    Aspect,
    CatalogueDiff,
    Difference,
    Edit,
    Part,
    likely_rekeyed,
)
from bot.domain.framework import CatalogueContent, Expectation, Ladder, Requirement, Skill
from bot.domain.growth.goal_drift import MoveKind, moves
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from tests.factories import big_catalogue
from tests.properties import examples
from tests.strategies import POOLS, SHAPES, catalogues
from tests.unit.samples import (
    BASIC,
    DEEP,
    FORKED,
    GLUEING,
    JOINER,
    SANDING,
    SAWING,
    TOOLS,
    TURNER,
    workshop,
)

OLD = workshop().content
CONTENTS = catalogues(SHAPES, POOLS).map(lambda each: each.content)
WHOLE = (Edit.ADDED, Edit.REMOVED)
OPPOSITE = {
    Edit.ADDED: Edit.REMOVED,
    Edit.REMOVED: Edit.ADDED,
    Edit.RAISED: Edit.LOWERED,
    Edit.LOWERED: Edit.RAISED,
}


def with_skill(content: CatalogueContent, skill: Skill) -> CatalogueContent:
    """Return the content with the skill of this key replaced, also where it is referred to."""
    return replace(
        content,
        skills=tuple(skill if each.key == skill.key else each for each in content.skills),
        expectations=tuple(
            replace(each, skill=skill) if each.skill.key == skill.key else each
            for each in content.expectations
        ),
    )


def with_cell(content: CatalogueContent, at: int, new: Expectation) -> CatalogueContent:
    cells = content.expectations
    return replace(content, expectations=(*cells[:at], new, *cells[at + 1 :]))


def with_ladder(content: CatalogueContent, ladder: Ladder) -> CatalogueContent:
    """Return the content with the ladder replaced; its roles climb the new one."""
    roles = {
        role.key: replace(role, ladder=ladder) if role.ladder.key == ladder.key else role
        for role in content.roles
    }
    cells = []
    for each in content.expectations:
        role = roles[each.role.key]
        level = role.ladder.level(each.level.key)
        if level is not None:
            cells.append(replace(each, role=role, level=level))
    return replace(
        content,
        ladders=tuple(ladder if each.key == ladder.key else each for each in content.ladders),
        roles=tuple(roles.values()),
        expectations=tuple(cells),
    )


def edits(found: CatalogueDiff) -> list[tuple[Part, tuple[str, ...], Edit, Aspect | None]]:
    return [(each.part, each.path, each.edit, each.aspect) for each in found.differences]


def only(found: CatalogueDiff) -> Difference:
    (difference,) = found.differences
    return difference


def test_a_renamed_skill_is_neither_added_nor_removed() -> None:
    found = diff(OLD, with_skill(OLD, replace(SAWING, name=LocalText("Cutting wood"))))
    assert edits(found) == [(Part.SKILL, ("sawing",), Edit.RENAMED, Aspect.NAME)]
    assert (only(found).before, only(found).after) == (SAWING.name, LocalText("Cutting wood"))


def test_a_changed_key_is_told_with_what_it_probably_was() -> None:
    new = replace(
        OLD,
        skills=(*OLD.skills[:3], replace(OLD.skills[3], key="idle")),
    )
    found = diff(OLD, new)
    assert {each.edit for each in found.differences} == {*WHOLE}
    ((removed, added),) = likely_rekeyed(found)
    assert (removed.path, added.path) == (("unused",), ("idle",))


def test_requirement_and_proficiency_are_raised_and_lowered() -> None:
    softer = replace(
        OLD.expectations[1], requirement=Requirement.OPTIONAL, proficiency=BASIC, text=None
    )
    found = diff(OLD, with_cell(OLD, 1, softer))
    path = ("joiner", "adept", "sawing")
    assert edits(found) == [
        (Part.EXPECTATION, path, Edit.LOWERED, Aspect.REQUIREMENT),
        (Part.EXPECTATION, path, Edit.LOWERED, Aspect.PROFICIENCY),
        (Part.EXPECTATION, path, Edit.REWORDED, Aspect.TEXT),
    ]
    assert found.counts[Part.EXPECTATION, Edit.LOWERED] == 1
    assert {each.edit for each in diff(found.new, OLD).differences} == {Edit.RAISED, Edit.REWORDED}


def test_a_proficiency_that_was_not_stated_is_less_than_any() -> None:
    at = next(n for n, each in enumerate(OLD.expectations) if each.proficiency is None)
    stated = replace(OLD.expectations[at], proficiency=BASIC)
    assert only(diff(OLD, with_cell(OLD, at, stated))).edit is Edit.RAISED


def test_another_scale_of_equal_depth_is_no_raise() -> None:
    other = replace(BASIC, key="first", name=LocalText("First"))
    new = replace(
        OLD,
        proficiencies=(other, DEEP),
        expectations=tuple(
            replace(each, proficiency=other) if each.proficiency == BASIC else each
            for each in OLD.expectations
        ),
    )
    found = diff(OLD, new)
    assert found.count(Edit.RAISED) == found.count(Edit.LOWERED) == 0
    assert found.count(Edit.REWORDED, Part.EXPECTATION) == 2


def test_a_depth_is_raised_though_a_scale_without_its_lower_steps_gives_it_their_rank() -> None:
    only_deep = replace(DEEP, rank=1)
    new = replace(
        OLD,
        proficiencies=(only_deep,),
        expectations=tuple(
            replace(each, proficiency=only_deep) if each.proficiency else each
            for each in OLD.expectations
        ),
    )
    found = diff(OLD, new)
    shallow = [each for each in OLD.expectations if each.proficiency == BASIC]
    assert found.count(Edit.RAISED, Part.EXPECTATION) == len(shallow) > 0
    at, revision = shallow[0], workshop().revision
    told = moves(workshop(), Catalogue(revision, new), role=at.role.key, level=at.level.key)
    assert {each.kind for each in told} == {MoveKind.RAISED}


def test_a_reworded_depth_reaches_every_expectation_that_shows_it() -> None:
    new = with_skill(OLD, replace(SANDING, depths={"deep": LocalText("Another depth")}))
    assert edits(diff(OLD, new)) == [
        (Part.SKILL, ("sanding",), Edit.REWORDED, Aspect.DEPTH),
        (Part.EXPECTATION, ("joiner", "staff", "sanding"), Edit.REWORDED, Aspect.TEXT),
    ]


def test_a_translation_alone_rewords_nothing() -> None:
    named = replace(SAWING, name=LocalText("Sawing", {"zh": "锯木"}))
    assert only(diff(OLD, with_skill(OLD, named))).edit is Edit.TRANSLATED


def test_aliases_and_dates_are_amendments() -> None:
    new = with_skill(OLD, replace(GLUEING, aliases=("gluing",), updated_on=date(2026, 3, 2)))
    assert [(each.edit, each.aspect) for each in diff(OLD, new).differences] == [
        (Edit.AMENDED, Aspect.ALIASES),
        (Edit.AMENDED, Aspect.UPDATED),
    ]


def test_a_skill_moves_to_another_group() -> None:
    empty = OLD.groups[1]
    difference = only(diff(OLD, with_skill(OLD, replace(GLUEING, group=empty))))
    assert (difference.edit, difference.before, difference.after) == (Edit.MOVED, TOOLS, empty)


def test_one_skill_put_first_moves_alone() -> None:
    *rest, last = OLD.skills
    found = diff(OLD, replace(OLD, skills=(last, *rest)))
    assert edits(found) == [(Part.SKILL, (last.key,), Edit.MOVED, Aspect.ORDER)]


def test_a_level_put_in_between_moves_no_other() -> None:
    levels = [replace(each, rank=each.rank + (each.rank > 1)) for each in FORKED.levels]
    between = replace(levels[0], key="able", name=LocalText("Able"), rank=2)
    new = with_ladder(OLD, replace(FORKED, levels=(levels[0], between, *levels[1:])))
    assert edits(diff(OLD, new)) == [(Part.LEVEL, ("forked", "able"), Edit.ADDED, None)]


def test_a_level_of_one_track_set_beside_another_rank_moves() -> None:
    levels = tuple(
        replace(each, rank=5) if each.key == "director" else each for each in FORKED.levels
    )
    difference = only(diff(OLD, with_ladder(OLD, replace(FORKED, levels=levels))))
    assert (difference.aspect, difference.before, difference.after) == (Aspect.RANK, 4, 5)


def test_levels_of_one_rank_in_another_order_have_moved_in_the_order() -> None:
    beside = [each for each in FORKED.levels if each.rank == FORKED.levels[-1].rank]
    assert len(beside) == 2
    levels = (*FORKED.levels[:-2], *reversed(FORKED.levels[-2:]))
    difference = only(diff(OLD, with_ladder(OLD, replace(FORKED, levels=levels))))
    assert (difference.edit, difference.aspect) == (Edit.MOVED, Aspect.ORDER)


def test_a_removed_role_takes_its_expectations_with_it() -> None:
    kept = tuple(each for each in OLD.expectations if each.role is not TURNER)
    found = diff(OLD, replace(OLD, roles=(JOINER, OLD.roles[2]), expectations=kept))
    assert found.counts == {
        (Part.ROLE, Edit.REMOVED): 1,
        (Part.EXPECTATION, Edit.REMOVED): 3,
    }


@examples(40)
@given(CONTENTS)
def test_nothing_differs_from_itself(content: CatalogueContent) -> None:
    assert not diff(content, content)
    copied = replace(
        content,
        skills=tuple(replace(each) for each in content.skills),
        expectations=tuple(replace(each) for each in content.expectations),
    )
    assert not diff(content, copied)


def _keys(content: CatalogueContent) -> dict[Part, set[tuple[str, ...]]]:
    return {
        Part.SKILL: {(each.key,) for each in content.skills},
        Part.ROLE: {(each.key,) for each in content.roles},
        Part.GROUP: {(each.key,) for each in content.groups},
        Part.LEVEL: {
            (ladder.key, each.key) for ladder in content.ladders for each in ladder.levels
        },
        Part.EXPECTATION: {
            (each.role.key, each.level.key, each.skill.key) for each in content.expectations
        },
    }


@examples(40)
@given(CONTENTS, CONTENTS)
def test_what_came_and_went_is_what_the_keys_say(
    old: CatalogueContent, new: CatalogueContent
) -> None:
    found = diff(old, new)
    before, after = _keys(old), _keys(new)
    for part, keys in before.items():
        told = {
            edit: {e.path for e in found.differences if (e.part, e.edit) == (part, edit)}
            for edit in Edit
        }
        assert told[Edit.REMOVED] == keys - after[part]
        assert told[Edit.ADDED] == after[part] - keys
        for edit in set(Edit) - set(WHOLE):
            assert told[edit] <= keys & after[part]


@examples(40)
@given(CONTENTS, CONTENTS)
def test_the_way_back_is_the_way_there_reversed(
    old: CatalogueContent, new: CatalogueContent
) -> None:
    """Order aside: which of two things changed places is a matter of where one stands."""

    def facts(found: CatalogueDiff, *, reverse: bool) -> set[tuple[object, ...]]:
        return {
            (e.part, e.path, OPPOSITE.get(e.edit, e.edit) if reverse else e.edit, e.aspect)
            for e in found.differences
            if e.aspect not in (Aspect.ORDER, Aspect.RANK)
        }

    assert facts(diff(old, new), reverse=False) == facts(diff(new, old), reverse=True)


@examples(40)
@given(CONTENTS, st.randoms(use_true_random=False))
def test_any_new_order_is_told_by_the_fewest_moves(content: CatalogueContent, rng: Random) -> None:
    skills = list(content.skills)
    rng.shuffle(skills)
    moved = diff(content, replace(content, skills=tuple(skills))).differences
    assert {each.aspect for each in moved} <= {Aspect.ORDER}
    for group in content.groups:
        before = [each.key for each in content.skills if each.group.key == group.key]
        after = [each.key for each in skills if each.group.key == group.key]
        displaced = {each.path[0] for each in moved}
        assert [key for key in before if key not in displaced] == [
            key for key in after if key not in displaced
        ]
        assert (before == after) == (not displaced & set(before))


def test_every_expectation_of_a_large_catalogue_is_compared() -> None:
    content = big_catalogue(skills=400, roles=40, expectations=8_000)
    reworded = tuple(
        replace(each, text=LocalText("Something else")) for each in content.expectations
    )
    found = diff(content, replace(content, expectations=reworded))
    assert found.count(Edit.REWORDED) == len(reworded)
