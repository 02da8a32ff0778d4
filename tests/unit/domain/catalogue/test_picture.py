"""The small picture of a framework: its figures are those of the content, its samples say most."""

from dataclasses import replace

from hypothesis import given

from bot.domain.catalogue.picture import picture_of
from bot.domain.revision import Catalogue
from tests.strategies import SMALL, Shape, catalogue_of, catalogues


@given(catalogues(SMALL))
def test_the_figures_are_those_of_the_content(catalogue: Catalogue) -> None:
    content = catalogue.content
    picture = picture_of(content)
    assert picture.cells == len(content.expectations)
    assert [each.role for each in picture.roles] == list(content.roles)
    assert sum(count for each in picture.roles for _, count in each.counts) == picture.cells
    assert all(each.missing >= 0 for each in picture.roles)
    assert len(picture.samples) == min(2, len(content.expectations))
    assert {*map(id, picture.samples)} <= {*map(id, content.expectations)}


def test_a_cell_that_goes_is_missing() -> None:
    shape = Shape(
        skills=4, groups=1, domains=1, roles=2, ladders=1, levels=3, forked=False, depths=2,
        dense=True, long_keys=False, seed=1,
    )  # fmt: skip
    content = catalogue_of(shape, ("Name",)).content
    before = picture_of(content)
    at = content.expectations[5]
    others = [each for each in content.expectations if each is not at]
    after = picture_of(replace(content, expectations=tuple(others)))
    assert after.missing == before.missing + 1
    assert before.ladder == content.roles[0].ladder.levels
    assert {each.skill.key for each in before.samples} != {before.samples[0].skill.key}
