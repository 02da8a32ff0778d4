"""The promotion gap card: both texts, one control an item, receipts in place."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from bot.cards.card import Card
from bot.cards.choosers import renewed
from bot.cards.limits import BLOCK_ID
from bot.cards.links import decode
from bot.cards.lookup.gap_items import PAGE, page_of_gap
from bot.cards.lookup.item import status_menu
from bot.cards.render import render
from bot.domain.answers import Answer, GapReport, Receipt
from bot.domain.framework import CellKey, key_of
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.holdings import Growth, growth_of
from bot.domain.growth.requests import MarkOtherwise
from bot.domain.growth.standing import Standings
from bot.domain.lookup.requests import ANYONE, ShowGap
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.services.growth.own_state import with_own_state
from bot.services.lookup.promotions import show_gap
from bot.text.translator import load_translators
from tests.properties import sampled
from tests.strategies import Shape, catalogue_of
from tests.unit.cards.holders import NOW, holding
from tests.unit.cards.surfaces import assert_slack_takes, controls, objects
from tests.unit.samples import built_in

TRANSLATORS = load_translators()
EN = TRANSLATORS.for_locale("en")
TO_LEAD = ShowGap("llm-engineer", ("lead",))
MOST_CONTROLS = 12


def answered(
    request: ShowGap,
    growth: Growth | None = None,
    receipt: Receipt | None = None,
    catalogue: Catalogue | None = None,
) -> Answer:
    """Return the answer to a request with the member's own state."""
    catalogue = catalogue or built_in().catalogue
    growth = growth or growth_of([])
    answer = show_gap(catalogue, request, ANYONE)
    body = with_own_state(answer.body, Standings(growth, catalogue, now=NOW), growth.active_goal)
    assert isinstance(body, GapReport)
    return replace(answer, body=replace(body, receipt=receipt))


def card_of(*args: Any, **named: Any) -> Card:
    return render(answered(*args, **named), EN)


def report_of(answer: Answer) -> GapReport:
    assert isinstance(answer.body, GapReport)
    return answer.body


def required_on_the_way() -> int:
    """Return how much is required on the way from Senior to Lead: all of it is new or deeper."""
    required = sum(each.target.required for each in report_of(answered(TO_LEAD)).gap.gaps)
    assert required == 14
    return required


def menus(card: Card) -> list[dict[str, Any]]:
    """Return the blocks with an item's menu."""
    return [
        each
        for each in json.loads(card.blocks_json)
        if each.get("accessory", {}).get("action_id", "").startswith("mark_menu.")
    ]


def marked(place: int, status: Status, note: str = "") -> tuple[Growth, CellKey, Assessment]:
    """Return a member who marked one of the open items, by its place."""
    cell = key_of(report_of(answered(TO_LEAD)).gap.gaps[place].target)
    mark = Assessment(cell, status, NOW, note=note)
    return growth_of([mark], version=1), cell, mark


def all_requests(catalogue: Catalogue, third: int | None = None) -> Iterator[ShowGap]:
    """Yield every page of every gap, or of those of a third of the roles."""
    for role in catalogue.content.roles if third is None else catalogue.content.roles[third::3]:
        for level in role.ladder.levels[1:]:
            yield from (ShowGap(role.key, (level.key,), page=page) for page in range(9))
            yield from (ShowGap(role.key, (level.key,), page=page, check=True) for page in range(3))


def test_no_item_is_passed_over_or_seen_twice_where_a_press_settled_one_of_the_page() -> None:
    everything = report_of(answered(TO_LEAD)).gap.gaps
    assert len(everything) > 2 * PAGE
    for place, settled in enumerate(everything):
        growth, cell, mark = marked(place, Status.MET)
        receipt = Receipt(cell, Status.MET, mark.stamp)
        here = page_of_gap(
            report_of(answered(TO_LEAD, growth, receipt)), place // PAGE, check=False
        )
        after = report_of(answered(TO_LEAD, growth))
        pages = [page_of_gap(after, each, check=False) for each in range(here.pages)]
        assert settled.target in [each.target for each in here.items]
        seen = [each.target for page in pages[: here.number] for each in page.items]
        seen += [each.target for each in here.items if each.target != settled.target]
        seen += [each.target for page in pages[here.number + 1 :] for each in page.items]
        assert seen == [each.target for each in everything if each.target != settled.target]


def test_an_item_says_what_is_asked_and_quieter_what_is_asked_today() -> None:
    report = report_of(answered(TO_LEAD))
    new, item = report.gap.gaps[:2]
    blocks = card_of(TO_LEAD).blocks
    assert new.before is None
    assert item.target.wording
    assert item.before
    assert item.before.wording
    first, at = [i for i, each in enumerate(blocks) if "accessory" in each][:2]
    assert "*At Senior:* not defined there" in str(blocks[first + 2])
    title, asked, today = (json.loads(json.dumps(each)) for each in blocks[at : at + 3])
    assert title["text"]["text"].startswith("*Prompt &amp; Context Engineering*\n")
    assert asked["text"]["text"] == item.target.wording.base
    assert today["type"] == "context"
    assert f"*At Senior:* {item.before.wording.base}" in today["elements"][0]["text"]


def test_no_card_says_that_only_the_behaviour_differs() -> None:
    catalogue = built_in().catalogue
    for request in all_requests(catalogue):
        assert "different behaviour" not in card_of(request).blocks_json


@sampled("third", range(3))
def test_a_page_has_a_dozen_controls_at_most_and_fits(third: int) -> None:
    catalogue, rng = built_in().catalogue, random.Random(11)  # noqa: S311 - repeatable samples
    most = 0
    for growth in (growth_of([]), holding(catalogue, rng)):
        for request in all_requests(catalogue, third):
            card = card_of(request, growth)
            assert len(card.blocks_json) <= 10_000
            most = max(most, controls(card.blocks))
    assert most <= MOST_CONTROLS


def test_every_item_has_one_menu_that_shows_its_status() -> None:
    growth, cell, _ = marked(1, Status.WORKING)
    shown = menus(card_of(TO_LEAD, growth))
    assert len(shown) == 5
    first, second, *_ = (each["accessory"] for each in shown)
    assert "initial_option" not in first
    assert first["placeholder"]["text"] == "Not assessed"
    assert second["initial_option"]["text"]["text"] == "Working on it"
    offered = [each["value"] for group in first["option_groups"] for each in group["options"]]
    assert offered == [
        "met",
        "working",
        "not_yet",
        "not_relevant",
        "evidence",
        "details",
    ]
    assert decode(shown[1]["block_id"]) == MarkOtherwise(cell, TO_LEAD)


def test_a_redraw_gives_each_menu_another_id_that_says_the_same() -> None:
    blocks = json.loads(card_of(TO_LEAD).blocks_json)
    drawn = [
        {each["block_id"] for each in renewed(blocks, name) if "accessory" in each}
        for name in ("one", "two")
    ]
    assert all(len(each) == 5 for each in drawn)
    assert not drawn[0] & drawn[1]
    for block_id in drawn[0] | drawn[1]:
        assert isinstance(decode(block_id), MarkOtherwise)


def test_keys_too_long_for_a_block_leave_a_button_to_details() -> None:
    long = CellKey("r" * 90, "l" * 80, "s" * 80)
    control, block_id = status_menu(long, None, 0, ShowGap("r" * 90, ("l" * 80,)), EN)
    assert control["type"] == "button"
    assert not block_id
    short, block_id = status_menu(CellKey("r", "l", "s"), None, 0, None, EN)
    assert short["type"] == "static_select"
    assert len(block_id) < BLOCK_ID


def test_the_menu_of_a_page_keeps_its_place_with_the_longest_keys() -> None:
    shape = Shape(
        *(40, 1, 1, 2, 1, 2),  # skills, groups, domains, roles, ladders, levels
        forked=False,
        depths=3,
        dense=True,
        long_keys=True,
        seed=3,
    )
    catalogue = catalogue_of(shape, ("Word",))
    here, there = catalogue.content.roles[0], catalogue.content.roles[1]
    level = here.ladder.levels[-1].key
    asked = ShowGap(here.key, (level,), there.key, (there.ladder.levels[0].key,), page=2)
    card = card_of(asked, catalogue=catalogue)
    (menu,) = [each for each in card.blocks if "overflow" in str(each)]
    assert decode(menu["block_id"]) == asked  # type: ignore[typeddict-item]


@pytest.mark.parametrize("status", [Status.MET, Status.WORKING, Status.NOT_YET])
def test_a_receipt_stands_in_the_items_place_and_nothing_else_moves(status: Status) -> None:
    growth, cell, mark = marked(2, status)
    before = [key_of(each.target) for each in report_of(answered(TO_LEAD)).gap.gaps]
    answer = answered(TO_LEAD, growth, Receipt(cell, status, mark.stamp))
    assert [key_of(each.target) for each in report_of(answer).listed()] == before
    card = render(answer, EN)
    left = [decode(each["block_id"]) for each in menus(card)]
    # Whoever settles one sees the next one: on the page after this it would be passed over.
    page = before[: PAGE + 1] if status is Status.MET else before[:PAGE]
    assert left == [MarkOtherwise(each, TO_LEAD) for each in page if each != cell]
    assert card.blocks_json.count("just now") == 1
    assert card.blocks_json.count(f"i={mark.stamp}") == 1
    met = int(status is Status.MET)
    assert f"*{met} met · {required_on_the_way() - met} open*" in card.blocks_json


def test_a_receipt_for_met_offers_evidence_where_there_is_none() -> None:
    growth, cell, mark = marked(2, Status.MET)
    bare = card_of(TO_LEAD, growth, Receipt(cell, Status.MET, mark.stamp)).blocks_json
    assert "Nothing shows it yet." in bare
    assert "Add Evidence" in bare
    shown = card_of(TO_LEAD, growth, Receipt(cell, Status.MET, mark.stamp, 2)).blocks_json
    assert "2 pieces of evidence show it." in shown
    assert "Add Evidence" not in shown


def test_a_mark_that_said_nothing_new_cannot_be_taken_back() -> None:
    growth, cell, _ = marked(2, Status.WORKING)
    assert "Undo" not in card_of(TO_LEAD, growth, Receipt(cell, Status.WORKING)).blocks_json


def test_what_was_put_aside_is_named_with_its_reason() -> None:
    growth, cell, mark = marked(2, Status.NOT_RELEVANT, "The data team <owns> it")
    card = card_of(TO_LEAD, growth)
    name = report_of(answered(TO_LEAD)).gap.gaps[2].target.skill.name.base
    assert f"*1 put aside:* {name}, “The data team &lt;owns&gt; it”" in card.blocks_json
    required = required_on_the_way()
    told = f"*0 met · {required - 1} open* · 1 put aside, of {required} required"
    assert told in card.blocks_json
    receipt = Receipt(cell, Status.NOT_RELEVANT, mark.stamp, note=mark.note)
    told = card_of(TO_LEAD, growth, receipt).blocks_json
    assert "*Put aside* just now, and out of the open ones: “The data team &lt;owns&gt; it”" in told


def test_an_item_that_was_taken_back_is_as_it_was() -> None:
    cell = key_of(report_of(answered(TO_LEAD)).gap.gaps[0].target)
    card = card_of(TO_LEAD, growth_of([]), Receipt(cell, None))
    assert len(menus(card)) == 5
    assert card.blocks_json.count("as it was before") == 1


def likely() -> Growth:
    """Return a member who met at MLOps Engineer, Senior what ML Engineer, Senior asks too."""
    cells = [
        key_of(each)
        for each in built_in().catalogue.content.expectations
        if (each.role.key, each.level.key) == ("mlops-engineer", "senior")
    ]
    depth = {key_of(each): each.proficiency for each in built_in().catalogue.content.expectations}
    return growth_of(
        [
            Assessment(cell, Status.MET, NOW, found.key if found else None)
            for cell in cells
            for found in [depth[cell]]
        ],
        version=1,
    )


def test_what_is_likely_has_a_page_of_its_own_with_two_answers_each() -> None:
    request, growth = ShowGap("ml-engineer", ("senior",)), likely()
    count = len(report_of(answered(request, growth)).to_check)
    assert count > 3
    first = card_of(request, growth)
    assert f"Check {count} Likely" in first.blocks_json
    assert "Holds Here Too" not in first.blocks_json
    page = card_of(replace(request, check=True), growth)
    assert page.blocks_json.count('"Holds Here Too"') == 3
    assert page.blocks_json.count('"Not Here"') == 3
    assert page.blocks_json.count("*You met this as MLOps Engineer, Senior*") == 3
    assert "Back to Open" in page.blocks_json
    assert '"primary"' not in page.blocks_json, "a question of fact has no favourite answer"
    assert controls(page.blocks) <= MOST_CONTROLS
    assert_slack_takes(page)


def test_nothing_to_confirm_shows_what_is_open() -> None:
    assert len(menus(card_of(replace(TO_LEAD, check=True)))) == 5


def test_at_most_one_button_is_the_primary_one() -> None:
    growth = likely()
    for request in all_requests(built_in().catalogue):
        blocks = json.loads(card_of(request, growth).blocks_json)
        assert sum(each.get("style") == "primary" for each in objects(blocks)) <= 1


LIST = "\n".join(f"- Line {number}: keeps prompts & owners" for number in range(120))
ARABIC = "يدير جلسات تحليل الأخطاء بانتظام، ويتناوب الجميع على قيادتها."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (LIST, "• Line 0: keeps prompts &amp; owners\\n• Line 1: keeps prompts &amp; owners"),
        (ARABIC, f"\u2068{ARABIC}\u2069"),
        ("An endless sentence, " * 250, "continues in Details"),
        ("🚀 ships <fast> 🎯. " * 290, "🚀 ships &lt;fast&gt; 🎯."),
    ],
)
def test_long_and_odd_texts_keep_lines_and_direction(text: str, kept: str) -> None:
    content = built_in().catalogue.content
    longer = replace(
        content,
        expectations=tuple(
            replace(each, text=LocalText(text + each.level.key)) for each in content.expectations
        ),
    )
    catalogue = Catalogue(built_in().catalogue.revision, longer)
    card = card_of(TO_LEAD, catalogue=catalogue)
    assert_slack_takes(card)
    assert kept in card.blocks_json or kept.split("\u2069", maxsplit=1)[0][:40] in card.blocks_json


def test_items_stand_in_one_order() -> None:
    order = built_in().catalogue.skill_order
    for request in all_requests(built_in().catalogue):
        gaps = report_of(answered(request)).listed()
        keys = [(not e.target.required, -e.jump, order[e.target.skill.key]) for e in gaps]
        assert all(one <= two for one, two in pairwise(keys))
