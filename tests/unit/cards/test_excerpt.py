"""What of a long text a card shows: whole lines, else whole sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.excerpt import _chosen, excerpt, lines_of, plain_excerpt
from bot.cards.mrkdwn import escape, isolated, unmarked
from bot.text.translator import load_translators
from tests.strategies import HOSTILE

EN = load_translators().for_locale("en")
ZH = load_translators().for_locale("zh-CN")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=400) | st.sampled_from(HOSTILE)


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("Short.", 80, "Short."),
        ("One sentence. Another one. A third.", 30, "One sentence. Another one. …"),
        (
            "The first is kept whole though it is long. Two.",
            30,
            "The first is kept whole though it is long. …",
        ),
        ("Uses tools, e.g. MLflow or W&B. Then more.", 25, "Uses tools, e.g. MLflow or W&amp;B. …"),
        ("第一句话。第二句话。第三句。", 10, "第一句话。第二句话。…"),
        ("- one\n- two\n- three", 80, "• one\n• two\n• three"),
        ("Does:\n\n* this\n  * that\n1. last", 80, "Does:\n• this\n   ◦ that\n1. last"),
        ("- one\r\n- two", 80, "• one\n• two"),
        ("   ", 80, ""),
        (
            "*not* `bold`, snake_case, C# and a * b",
            80,
            "not bold, snake\u2060_\u2060case, C# and a \u2060*\u2060 b",
        ),
        ("See [the guide](https://x.example/a) **now**", 80, "See the guide now"),
        ("مهندس.", 80, "\u2068مهندس.\u2069"),
    ],
)
def test_excerpts(text: str, room: int, expected: str) -> None:
    assert excerpt(text, room, EN) == expected


def test_a_list_is_shortened_by_whole_lines_and_says_how_many_are_left() -> None:
    text = "\n".join(f"- item number {number}" for number in range(50))
    assert excerpt(text, 100, EN).splitlines() == [
        *(f"• item number {number}" for number in range(6)),
        "44 more lines in Details",
    ]
    assert excerpt(text, 100, ZH).splitlines()[-1] == "其余 44 行见详情"


def test_an_endless_sentence_ends_after_a_clause_and_says_where_it_goes_on() -> None:
    text = "Designs the pipeline, " + "and then keeps every part of it healthy, " * 20
    shown = excerpt(text, 100, EN)
    assert shown == (
        "Designs the pipeline, and then keeps every part of it healthy … continues in Details"
    )
    assert excerpt("设计流水线，" + "并保持每一部分健康运行，" * 30, 100, ZH).endswith(
        "……（全文见详情）"
    )


def test_lines_from_right_to_left_are_isolated_each() -> None:
    assert plain_excerpt("- مهندس\n- other", 80, EN) == "\u2068• مهندس\u2069\n• other"


@given(TEXTS | st.text('aZ9. ,&*_[#"\\-', max_size=30), st.integers(12, 400))
def test_what_needs_no_care_is_shown_as_with_it(text: str, room: int) -> None:
    lines = [isolated(line) for line in _chosen(text, room, EN)]
    assert plain_excerpt(text, room, EN) == "\n".join(lines)
    assert excerpt(text, room, EN) == "\n".join(map(escape, lines))


@given(TEXTS, st.integers(12, 400))
def test_an_excerpt_stays_near_its_room(text: str, room: int) -> None:
    shown = plain_excerpt(text, room, EN)
    assert len(shown) <= room * 3 // 2 + 2 + len(" … continues in Details") + 30
    assert bool(shown) == bool(lines_of(text))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("**Kubernetes**", "Kubernetes"),
        ("## Design", "Design"),
        ("[CI](https://x.example) & __CD__", "CI & CD"),
        ("***both***", "both"),
        ("`kubectl`", "kubectl"),
        ("C#", "C#"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("*", "*"),
    ],
)
def test_names_lose_their_markup(name: str, expected: str) -> None:
    assert unmarked(name) == expected


def test_hostile_marks_cost_little() -> None:
    assert lines_of("*a " * 2000)
