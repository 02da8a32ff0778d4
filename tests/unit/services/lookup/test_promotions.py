"""What `/promote-gap` and its buttons answer."""

import pytest

from bot.domain.answers import (
    Ambiguous,
    Answer,
    AtFoot,
    AtTop,
    GapReport,
    Help,
    NeedsLevel,
    NeedsRole,
    NotAbove,
    Start,
    Unknown,
)
from bot.domain.errors import OutdatedCard, QueryTooLong
from bot.domain.lookup.gap import GapReason
from bot.domain.lookup.requests import ANYONE, ShowGap, Viewer
from bot.domain.text import LocalText
from bot.services.lookup.promotions import gap_command, show_gap
from bot.services.lookup.shelves import Shelf
from tests.unit.samples import ALL_WORDS, HERMIT, JOINER, TURNER, workshop

SHELF = Shelf(workshop(), ALL_WORDS)
ADEPT = Viewer("joiner", "adept")


def ask(text: str, viewer: Viewer = ANYONE) -> Answer:
    return gap_command(SHELF, text, viewer)


def way(answer: Answer) -> tuple[str, str, str, str, Start | None]:
    assert isinstance(answer.body, GapReport), answer.body
    gap, start = answer.body.gap, answer.body.start
    assert gap.origin is not None
    origin, target = gap.origin, gap.target
    return origin.role.key, origin.level.key, target.role.key, target.level.key, start


@pytest.mark.parametrize("text", ["help", "HELP", "帮助"])
def test_help(text: str) -> None:
    assert ask(text).body == Help("promote-gap")


@pytest.mark.parametrize(
    ("text", "viewer", "expected"),
    [
        ("joiner staff", ADEPT, ("joiner", "adept", "joiner", "staff", Start.OWN_LEVEL)),
        ("staff", ADEPT, ("joiner", "adept", "joiner", "staff", Start.OWN_LEVEL)),
        (
            "joiner staff",
            Viewer("joiner", "novice"),
            ("joiner", "novice", "joiner", "staff", Start.OWN_LEVEL),
        ),
        ("", Viewer("joiner", "novice"), ("joiner", "novice", "joiner", "adept", Start.OWN_LEVEL)),
        ("joiner staff", ANYONE, ("joiner", "adept", "joiner", "staff", Start.LEVEL_BELOW)),
        ("turner expert", ADEPT, ("turner", "novice", "turner", "expert", Start.LEVEL_BELOW)),
        (
            "joiner staff",
            Viewer("joiner", "gone"),
            ("joiner", "adept", "joiner", "staff", Start.LEVEL_BELOW),
        ),
        (
            "joiner director from joiner novice",
            ADEPT,
            ("joiner", "novice", "joiner", "director", Start.GIVEN),
        ),
        ("joiner from novice", ADEPT, ("joiner", "novice", "joiner", "adept", Start.GIVEN)),
        (
            "joiner adept from turner expert",
            ADEPT,
            ("turner", "expert", "joiner", "adept", Start.GIVEN),
        ),
        ("joiner 从 turner expert", ANYONE, ("turner", "expert", "joiner", "adept", Start.GIVEN)),
        *(
            (text, ANYONE, ("joiner", "novice", "joiner", "staff", Start.GIVEN))
            for text in (
                "joiner novice to staff",
                "joiner from novice to staff",
                "from joiner novice to staff",
                "joiner novice to joiner staff",
                "joiner novice -> staff",
                "Joiner: Novice → Staff",
                "joiner 从 novice 到 staff",
            )
        ),
        ("novice to staff", ADEPT, ("joiner", "novice", "joiner", "staff", Start.GIVEN)),
        ("from novice to staff", ADEPT, ("joiner", "novice", "joiner", "staff", Start.GIVEN)),
        (
            "turner expert to joiner adept",
            ADEPT,
            ("turner", "expert", "joiner", "adept", Start.GIVEN),
        ),
        ("joiner to staff", ANYONE, ("joiner", "adept", "joiner", "staff", Start.LEVEL_BELOW)),
        (
            "turner expert from joiner",
            ADEPT,
            ("joiner", "adept", "turner", "expert", Start.GIVEN),
        ),
    ],
)
def test_where_from_and_where_to(
    text: str, viewer: Viewer, expected: tuple[str, str, str, str, Start]
) -> None:
    assert way(ask(text, viewer)) == expected


def test_what_carries_over_from_another_role() -> None:
    body = ask("joiner staff from turner expert").body
    assert isinstance(body, GapReport)
    assert body.gap.is_transfer
    assert [each.skill.key for each in body.gap.carried] == ["sawing"]
    assert [(each.target.skill.key, each.change) for each in body.gap.gaps] == [
        ("sanding", GapReason.NEW)
    ]
    assert [each.key for each in body.gap.undefined] == ["glueing"]


def test_the_foot_of_a_ladder() -> None:
    body = ask("joiner novice").body
    assert isinstance(body, AtFoot)
    assert (body.target.level.key, body.expectations) == ("novice", 1)
    assert isinstance(ask("hermit only").body, AtFoot)


@pytest.mark.parametrize(
    ("text", "viewer"),
    [
        ("", Viewer("joiner", "fellow")),
        ("joiner fellow", Viewer("joiner", "fellow")),
        ("joiner from joiner fellow", ANYONE),
        ("", Viewer("hermit", "only")),
    ],
)
def test_the_top_of_a_ladder(text: str, viewer: Viewer) -> None:
    assert isinstance(ask(text, viewer).body, AtTop)


@pytest.mark.parametrize(
    ("text", "viewer", "own"),
    [
        ("joiner novice", ADEPT, True),
        ("joiner adept", ADEPT, True),
        ("joiner manager", Viewer("joiner", "staff"), True),
        ("joiner adept from joiner staff", ADEPT, False),
    ],
)
def test_a_target_that_is_not_above(text: str, viewer: Viewer, *, own: bool) -> None:
    body = ask(text, viewer).body
    assert isinstance(body, NotAbove)
    assert body.own is own


def test_a_role_must_be_named_where_none_is_recorded() -> None:
    for text, viewer in (("", ANYONE), ("staff", ANYONE), ("", Viewer("gone", "gone"))):
        body = ask(text, viewer).body
        assert isinstance(body, NeedsRole)
        assert body.roles == (JOINER, TURNER, HERMIT)


def test_a_level_must_be_named_where_none_is_recorded() -> None:
    body = ask("turner", ADEPT).body
    assert isinstance(body, NeedsLevel)
    assert (body.role, body.typed) == (TURNER, None)
    assert [each.request for each in body.offers] == [
        ShowGap("turner", ("novice",)),
        ShowGap("turner", ("expert",)),
    ]


@pytest.mark.parametrize("text", ["", "joiner from adept", "joiner from joiner adept"])
def test_a_fork_is_never_taken_silently(text: str) -> None:
    body = ask(text, ADEPT).body
    assert isinstance(body, NeedsLevel)
    assert [each.name.base for each in body.offers] == ["Staff", "Manager"]


def test_a_level_of_another_ladder_is_named() -> None:
    body = ask("joiner expert").body
    assert isinstance(body, NeedsLevel)
    assert (body.typed, len(body.offers)) == ("Expert", 6)
    gone = show_gap(SHELF.catalogue, ShowGap("joiner", ("gone",)), ANYONE).body
    assert isinstance(gone, NeedsLevel)
    assert gone.typed == "gone"


def test_a_level_that_no_ladder_has_is_named() -> None:
    answer = ask("joiner emperor")
    assert isinstance(answer.body, NeedsLevel)
    assert (answer.body.role, answer.body.typed, answer.ignored) == (JOINER, "emperor", ())


def test_words_beside_role_and_level_are_told() -> None:
    answer = ask("joiner staff please")
    assert answer.ignored == ("please",)
    assert way(answer)[3] == "staff"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("joiner staff from turner", None),
        ("joiner staff from turner fellow", "Fellow"),
    ],
)
def test_the_level_to_come_from_must_be_known(text: str, typed: str | None) -> None:
    body = ask(text, ADEPT).body
    assert isinstance(body, NeedsLevel)
    assert (body.role, body.typed, body.of_origin) == (TURNER, typed, True)
    assert body.offers[1].request == ShowGap("joiner", ("staff",), "turner", ("expert",))


def test_a_transfer_without_a_counterpart_asks_for_the_target() -> None:
    body = ask("hermit from joiner staff").body
    assert isinstance(body, NeedsLevel)
    assert body.role is HERMIT


def test_nothing_after_from_is_told() -> None:
    answer = ask("joiner staff from")
    assert answer.ignored == ("from",)
    assert way(answer)[3] == "staff"


def test_a_shared_name_is_offered_on_either_side() -> None:
    target = ask("woodworker novice from joiner staff").body
    assert isinstance(target, Ambiguous)
    assert target.offers[1].request == ShowGap("turner", ("novice",), "joiner", ("staff",))
    origin = ask("joiner staff from woodworker novice").body
    assert isinstance(origin, Ambiguous)
    assert origin.offers[1].request == ShowGap("joiner", ("staff",), "turner", ("novice",))
    both = ask("woodworker from xylophonist").body
    assert isinstance(both, Ambiguous)


def test_an_unknown_role_is_told_on_either_side() -> None:
    for text in ("xylophonist staff", "joiner staff from xylophonist novice"):
        body = ask(text).body
        assert isinstance(body, Unknown)
        assert body.typed == "xylophonist"


def test_an_unclear_origin_beside_an_unclear_target_is_told_too() -> None:
    answer = ask("woodworker from xylophonist")
    assert isinstance(answer.body, Unknown | Ambiguous)
    assert answer.body.typed == "woodworker"
    assert "xylophonist" in answer.ignored


def test_a_slip_is_told_on_both_sides() -> None:
    answer = ask("jonier staff from turenr expert")
    assert answer.corrections == (("jonier", JOINER.name), ("turenr", TURNER.name))
    assert way(answer)[:2] == ("turner", "expert")
    answer = ask("jonier noivce to satff")
    assert [typed for typed, _ in answer.corrections] == ["satff", "jonier", "noivce"]
    assert way(answer)[:4] == ("joiner", "novice", "joiner", "staff")


def test_a_role_may_have_the_word_from_in_its_name() -> None:
    content = workshop().content
    scratch = LocalText("Maker from Scratch to End", {"zh": "从零到一的制造者"})
    roles = tuple(
        type(role)(role.key, scratch, role.family, role.ladder) if role is HERMIT else role
        for role in content.roles
    )
    values = {name: getattr(content, name) for name in type(content).__slots__}
    catalogue = type(SHELF.catalogue)(
        SHELF.catalogue.revision, type(content)(**{**values, "roles": roles})
    )
    for text in ("maker from scratch to end only", "从零到一的制造者 only"):
        body = gap_command(Shelf(catalogue, ALL_WORDS), text, ANYONE).body
        assert isinstance(body, AtFoot)
        assert body.target.role.key == "hermit"


@pytest.mark.parametrize(
    "request_", [ShowGap("gone", ("staff",)), ShowGap("joiner", ("staff",), "gone")], ids=repr
)
def test_an_outdated_request_is_told(request_: ShowGap) -> None:
    with pytest.raises(OutdatedCard):
        show_gap(SHELF.catalogue, request_, ADEPT)


@pytest.mark.parametrize("text", ["x" * 301, f"joiner from {'x' * 301}"])
def test_too_long_a_text_is_refused(text: str) -> None:
    with pytest.raises(QueryTooLong):
        ask(text)
