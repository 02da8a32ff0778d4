"""Which prompt a nudge brings: the own ones first, none twice, then what the member wrote."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.framework import CellKey, Expectation, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.holdings import Growth, growth_of
from bot.domain.growth.written import NOTHING_WRITTEN, OwnWriting, Written
from bot.domain.guidance import Band, Guide
from bot.domain.nudges.history import NudgeHistory, RecentNudge
from bot.domain.nudges.prompts import has_news, near, next_prompt
from bot.domain.text import LocalText
from tests.prompted import prompted_catalogue
from tests.unit.cards.holders import NOW

CATALOGUE = prompted_catalogue(required=8)
OTHER = CellKey("role-1", "lead", "skill-3")
THREE = (RecentNudge(OTHER),) * 3


def texts(*texts: str) -> tuple[LocalText, ...]:
    return tuple(map(LocalText, texts))


def cell() -> Expectation:
    """Return a cell with two prompts of its own, two of its skill's band, and one for all."""
    found = CATALOGUE.content.expectations[0]
    guides = {
        Band.EARLY: Guide(texts("Read a runbook aloud.", "Pair with somebody on call.")),
        Band.LATER: Guide(texts("Rewrite the rota.")),
    }
    skill = replace(found.skill, guides=guides, prompts=texts("What surprised you?"))
    return replace(found, skill=skill, prompts=texts("Draw the queue.", "Time a release."))


def sent(*prompts: str, recent: tuple[RecentNudge, ...] = ()) -> NudgeHistory:
    """Return a history in which these were sent, one a week."""
    moments = {each: NOW + timedelta(weeks=week) for week, each in enumerate(prompts)}
    return NudgeHistory(prompts=moments, recent=recent)


def asked(history: NudgeHistory, growth: Growth | None = None) -> LocalText | Written | None:
    writing = OwnWriting(growth) if growth else NOTHING_WRITTEN
    return next_prompt(cell(), history, writing)


def mark(note: str, at: datetime = NOW) -> Assessment:
    return Assessment(key_of(cell()), Status.WORKING, at, note=note)


def piece(note: str, kind: EvidenceKind, at: datetime = NOW) -> Evidence:
    url = None if kind is EvidenceKind.NOTE else "https://example.com"
    return Evidence(1, kind, note, url, at, frozenset({key_of(cell())}))


EVERY = (
    *("Draw the queue.", "Time a release.", "Read a runbook aloud."),
    *("Pair with somebody on call.", "What surprised you?"),
)


def test_the_own_prompts_come_first_then_those_of_the_band_then_those_for_all() -> None:
    found = [asked(sent(*EVERY[:count])) for count in range(len(EVERY))]
    assert found == list(texts(*EVERY))
    assert cell().growth_prompts == texts(*EVERY)


def test_what_was_sent_about_something_else_does_not_come_again() -> None:
    history = replace(sent("Draw the queue, please."), recent=(RecentNudge(OTHER),))
    assert asked(history) == LocalText("Time a release.")


def test_once_all_are_used_the_one_longest_not_asked_comes() -> None:
    assert asked(sent(*EVERY[2:], *EVERY[:2])) == LocalText("Read a runbook aloud.")
    assert not has_news(cell(), sent(*EVERY), NOTHING_WRITTEN)


def test_prompts_that_differ_in_a_word_or_in_case_are_near() -> None:
    assert near("Draw the queue of a release.", "draw the queue of a RELEASE!")
    assert near("画出发布的队列和负责人", "画出发布的队列和负责人。")
    assert near("Ask a newcomer what surprised them here.", "Ask a newcomer what surprised them.")
    assert not near("Draw the queue.", "Draw the rota.")
    assert not near("???", "!!!")
    assert near("???", "???")


def test_then_the_last_note_is_followed_up() -> None:
    notes = [mark("Began.", NOW - timedelta(days=9)), mark(" Two teams use it. ")]
    growth = growth_of(notes, (piece("Older.", EvidenceKind.NOTE, NOW - timedelta(days=30)),))
    assert asked(sent(*EVERY, recent=THREE), growth) == Written("Two teams use it.", NOW)
    assert asked(sent(*EVERY[:4], recent=THREE), growth) == LocalText(EVERY[4])


def test_a_note_is_followed_up_once() -> None:
    growth = growth_of([mark("Two teams use it.")])
    history = replace(sent(*EVERY, recent=THREE), quoted=frozenset({(key_of(cell()), NOW)}))
    assert asked(history, growth) == LocalText(EVERY[0])
    newer = growth_of([mark("Two teams use it."), mark("Three.", NOW + timedelta(days=1))])
    assert asked(history, newer) == Written("Three.", NOW + timedelta(days=1))


def test_at_most_one_nudge_in_four_follows_up() -> None:
    growth = growth_of([mark("Two teams use it.")])
    follow_up = RecentNudge(OTHER, follow_up=True)
    plain = RecentNudge(OTHER)
    for recent in ((), (plain, plain), (plain, plain, follow_up), (follow_up, plain, plain)):
        assert asked(sent(*EVERY, recent=recent), growth) == LocalText(EVERY[0])
    assert isinstance(asked(sent(*EVERY, recent=(*THREE, follow_up)), growth), Written)


def test_only_what_the_member_wrote_about_this_is_followed_up() -> None:
    elsewhere = Assessment(OTHER, Status.WORKING, NOW, note="Elsewhere.")
    for growth in (
        growth_of([elsewhere]),
        growth_of([mark("  ")]),
        growth_of([], (piece("“Well done, all!”", EvidenceKind.SLACK_MESSAGE),)),
        growth_of([], (piece("", EvidenceKind.LINK),)),
    ):
        assert asked(sent(*EVERY, recent=THREE), growth) == LocalText(EVERY[0])
    linked = growth_of([], (piece("The report.", EvidenceKind.LINK),))
    assert asked(sent(*EVERY, recent=THREE), linked) == Written("The report.", NOW)


def test_without_any_prompt_there_is_a_follow_up_or_nothing() -> None:
    bare = replace(cell(), prompts=(), skill=replace(cell().skill, guides={}, prompts=()))
    assert next_prompt(bare, NudgeHistory(), NOTHING_WRITTEN) is None
    growth = growth_of([mark("Two teams use it.")])
    found = next_prompt(bare, NudgeHistory(recent=THREE), OwnWriting(growth))
    assert found == Written("Two teams use it.", NOW)
