"""What lint finds is said in Chinese too: whole sentences, nothing of ours left in English."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.catalogue.lint.finding import LintFinding, LintRule
from bot.domain.catalogue.lint.linter import lint
from bot.domain.catalogue.lint.settings import LintSettings, Spelling
from bot.domain.framework import CatalogueContent
from bot.domain.said import Said, listed, said, together
from bot.domain.text import LocalText
from bot.text.translator import load_translators
from tests.factories import big_catalogue
from tests.unit.formats.imports.importing import part_of_built_in
from tests.unit.samples import ALL_WORDS, TERMS, workshop

CHINESE = load_translators().for_locale("zh")
LATIN = re.compile(r"[A-Za-z]")
VAGUE = "Is a team player with deep knowledge of things, and so on. It is good. It is very good."


def contents() -> Iterator[CatalogueContent]:
    small = workshop().content
    yield small
    yield replace(small, expectations=(*small.expectations, small.expectations[0]), groups=())
    yield replace(small, skills=(*small.skills, replace(small.skills[0], key="sawing-2")))
    yield big_catalogue(skills=40, roles=3, expectations=300)
    own = part_of_built_in()
    yield own
    cells = tuple(
        replace(each, text=LocalText(VAGUE if at % 2 else "Color " * 900, {"zh": VAGUE}))
        for at, each in enumerate(own.expectations)
    )
    ladders = tuple(
        replace(each, levels=(replace(each.levels[0], scope=None), *each.levels[1:]))
        for each in own.ladders
    )
    yield replace(own, expectations=cells, ladders=ladders)


def findings() -> Iterator[LintFinding]:
    british = LintSettings(spelling=Spelling.BRITISH)
    for content in contents():
        seen: Counter[LintRule] = Counter()
        for each in lint(content, ALL_WORDS, TERMS, british):
            seen[each.rule] += 1
            if seen[each.rule] < 30:
                yield each


def blanked(message: str) -> str:
    """Return a sentence with a sign for each name and text that an owner wrote."""
    if not isinstance(message, Said) or message.template == "{name}":
        return "〇"
    filled = {
        name: blanked(each) if isinstance(each, str) else each
        for name, each in message.params.items()
    }
    return Said(str(message), message.template, filled)


def test_every_sentence_is_chinese() -> None:
    rules = set()
    for each in findings():
        rules.add(each.rule)
        told = CHINESE.said(blanked(each.message))
        assert not LATIN.search(told), (each.message, told)
    assert len(rules) >= 24, set(LintRule) - rules


def test_lists_are_put_together_in_either_language() -> None:
    names = ["a", "b", "c", "d", "e", "f"]
    assert listed(names[:3]) == "a, b and c"
    assert CHINESE.said(listed(names[:3])) == "a、b 和 c"
    assert listed(names) == "a, b, c, d and 2 more"
    assert CHINESE.said(listed(names)) == "a、b、c、d等，另有 2 项"
    assert (listed(["level"]), CHINESE.said(listed(["level"]))) == ("level", "level")
    assert CHINESE.said(listed([said("level")])) != "level"
    assert listed([]) == ""
    assert together(said("level"), said("role")) == "level role"
