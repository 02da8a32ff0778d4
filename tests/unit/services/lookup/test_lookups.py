"""What `/skill` and its buttons answer."""

import pytest

from bot.domain.answers import Ambiguous, Answer, Help, NeedsLevel, Unknown
from bot.domain.errors import OutdatedCard, QueryTooLong
from bot.domain.framework import Level
from bot.domain.lookup.gap import Gap, GapReason
from bot.domain.lookup.names.lexicon import Kind, Ref
from bot.domain.lookup.profiles import (
    CatalogueOverview,
    Cell,
    DomainOverview,
    GroupOverview,
    RoleOverview,
    SkillProfile,
    Why,
)
from bot.domain.lookup.requests import (
    ANYONE,
    ShowCard,
    ShowCatalogue,
    ShowDetails,
    ShowDomain,
    ShowGap,
    ShowGroup,
    ShowRole,
    ShowSkill,
    Viewer,
)
from bot.services.lookup.lookups import name_of, skill_command, turn_details_to
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.showing import find_level, show, show_details, with_levels
from tests.unit.samples import ALL_WORDS, JOINER, TURNER, workshop

SHELF = Shelf(workshop(), ALL_WORDS)
CATALOGUE = SHELF.catalogue
STAFF = Viewer("joiner", "staff")


def ask(text: str, viewer: Viewer = ANYONE) -> Answer:
    return skill_command(SHELF, text, viewer)


def profile(answer: Answer) -> SkillProfile:
    assert isinstance(answer.body, SkillProfile)
    return answer.body


def rung(answer: Answer) -> tuple[str, str]:
    found = profile(answer).rung
    assert found is not None
    return found.role.key, found.level.key


@pytest.mark.parametrize("text", ["help", " HELP ", "?", "帮助", "-h", "--help"])
def test_help(text: str) -> None:
    assert ask(text).body == Help("skill")


def test_nothing_typed_is_the_catalogue() -> None:
    body = ask("  ").body
    assert isinstance(body, CatalogueOverview)
    assert (body.skills, [role.key for role in body.roles]) == (4, ["joiner", "turner", "hermit"])


def test_only_a_level_shows_the_own_role_there() -> None:
    answer = ask("fellow", STAFF)
    assert answer.request == ShowRole("joiner", ("fellow",))
    assert isinstance(answer.body, RoleOverview)
    assert (answer.body.own, answer.body.level) == (True, JOINER.ladder.level("fellow"))


@pytest.mark.parametrize("viewer", [ANYONE, Viewer("no-such-role")])
def test_only_a_level_without_an_own_role_asks_of_which_role(viewer: Viewer) -> None:
    body = ask("“novice”", viewer).body
    assert isinstance(body, Ambiguous)
    assert (body.typed, body.is_level) == ("novice", True)
    requests = [ShowRole("joiner", ("novice",)), ShowRole("turner", ("novice",))]
    assert [each.request for each in body.offers] == requests
    swapped = ask("nocive", viewer).body
    assert isinstance(swapped, Unknown)
    assert ask("noivce", viewer).corrections


def test_a_level_that_only_one_role_has_shows_it() -> None:
    answer = ask("fellow")
    assert answer.request == ShowRole("joiner", ("fellow",))
    assert isinstance(answer.body, RoleOverview)


@pytest.mark.parametrize(
    ("text", "viewer", "expected"),
    [
        ("sawing", ANYONE, ("joiner", "novice")),
        ("sawing", STAFF, ("joiner", "staff")),
        ("sawing", Viewer("turner", "expert"), ("turner", "expert")),
        ("sawing", Viewer("turner", "gone"), ("turner", "novice")),
        ("sawing", Viewer("gone", "gone"), ("joiner", "novice")),
        ("sawing", Viewer("hermit", "only"), ("joiner", "novice")),
        ("sawing adept", STAFF, ("joiner", "adept")),
        ("sawing turner", STAFF, ("turner", "novice")),
        ("sawing expert", ANYONE, ("turner", "expert")),
        ("sawing expert", STAFF, ("turner", "expert")),
        ("sawing expert turner", STAFF, ("turner", "expert")),
        ("sawing novice", Viewer("turner", "expert"), ("turner", "novice")),
    ],
)
def test_whose_expectation_comes_first(
    text: str, viewer: Viewer, expected: tuple[str, str]
) -> None:
    answer = ask(text, viewer)
    assert rung(answer) == expected
    assert profile(answer).own is (expected[0] == viewer.role)


def test_a_skill_that_the_own_role_does_not_define_is_named() -> None:
    found = profile(ask("sawing", Viewer("hermit", "only")))
    assert found.undefined_for is CATALOGUE.role("hermit")


def test_a_skill_without_expectations() -> None:
    found = profile(ask("unused"))
    assert (found.rung, found.cells, found.steps, found.ladder) == (None, (), (), ())
    assert found.figures.required == found.figures.optional == 0


def test_the_next_steps_where_the_ladder_forks() -> None:
    staff, manager = profile(ask("sanding adept")).steps
    assert isinstance(staff, Gap)
    assert (staff.change, staff.jump) == (GapReason.DEEPER, 1)
    assert isinstance(manager, Cell)
    assert manager.expectation is None


def test_a_step_that_adds_nothing_is_a_cell() -> None:
    staff, _ = profile(ask("sawing adept")).steps
    assert isinstance(staff, Cell)
    assert staff.expectation is not None


def test_a_level_that_the_role_does_not_have_is_asked_for_again() -> None:
    for text, request in (
        ("sawing fellow turner", ShowSkill("sawing", ("expert",), "turner")),
        ("tools fellow turner", ShowGroup("tools", ("expert",), "turner")),
        ("turner fellow", ShowRole("turner", ("expert",))),
    ):
        body = ask(text).body
        assert isinstance(body, NeedsLevel)
        assert (body.role, body.typed, body.of_origin) == (TURNER, "Fellow", False)
        assert [each.name for each in body.offers] == [each.name for each in TURNER.ladder.levels]
        assert body.offers[1].request == request


@pytest.mark.parametrize("text", ["tools expert", "sanding expert", "expert"])
def test_a_level_that_the_shown_ladder_does_not_have_is_asked_for_again(text: str) -> None:
    """Neither its counterpart by rank nor the own level is shown for it in silence."""
    body = ask(text, Viewer("joiner", "adept")).body
    assert isinstance(body, NeedsLevel)
    assert (body.role, body.typed) == (JOINER, "Expert")
    assert [each.name for each in body.offers] == [each.name for each in JOINER.ladder.levels]


def test_an_unknown_level_is_called_by_its_key() -> None:
    body = show(CATALOGUE, ShowRole("turner", ("gone",)), ANYONE).body
    assert isinstance(body, NeedsLevel)
    assert body.typed == "gone"


def group(text: str, viewer: Viewer = ANYONE) -> GroupOverview:
    body = ask(text, viewer).body
    assert isinstance(body, GroupOverview)
    return body


def shown(found: GroupOverview) -> tuple[str, str, Why]:
    assert found.rung is not None
    return found.rung.role.key, found.rung.level.key, found.why


def test_a_group_for_the_own_role_or_another() -> None:
    own = group("kit", STAFF)
    assert shown(own) == ("joiner", "staff", Why.OWN)
    assert own.here == JOINER.ladder.level("staff")
    other = group("tools turner", STAFF)
    assert shown(other)[0] == "turner"
    assert (other.why, other.here) == (Why.ASKED, None)


def test_a_group_is_shown_for_the_role_that_asks_most_of_it() -> None:
    # At Adept a Joiner must saw and may sand; a Turner's ladder has no Adept, and no third rung.
    assert shown(group("tools adept")) == ("joiner", "adept", Why.ASKS_MOST)
    # Only a Turner is ever an Expert.
    assert shown(group("tools expert")) == ("turner", "expert", Why.ASKS_MOST)
    # At Novice both saw, and neither must: the order of the catalogue decides.
    assert [each.key for each in group("tools novice").roles] == ["joiner", "turner"]
    # Nobody asked for a level: the lowest at which the role asks for anything.
    assert shown(group("tools")) == ("joiner", "novice", Why.ASKS_MOST)


def test_an_own_role_that_has_no_use_for_a_group_gives_way_and_is_told() -> None:
    assert shown(group("tools", Viewer("hermit", "only"))) == (
        "joiner",
        "novice",
        Why.OWN_ASKS_NOTHING,
    )


def test_a_group_puts_required_first_and_names_what_is_not_defined() -> None:
    found = group("tools adept")
    assert [(each.skill.key, each.required) for each in found.asked] == [
        ("sawing", True),
        ("sanding", False),
    ]
    assert [each.key for each in found.undefined] == ["glueing", "unused"]


def test_a_level_that_the_own_ladder_does_not_have_is_never_exchanged() -> None:
    body = ask("tools expert", STAFF).body
    assert isinstance(body, NeedsLevel)
    assert body.role == JOINER


def test_a_group_without_skills() -> None:
    empty = group("empty")
    assert (empty.rung, empty.asked, empty.undefined, empty.updated_on) == (None, (), (), None)


def test_a_role_is_shown_around_a_level() -> None:
    for text, columns in (
        ("joiner novice", ["novice", "adept", "staff"]),
        ("joiner manager", ["adept", "manager", "director"]),
        ("joiner director", ["adept", "manager", "director"]),
        ("turner expert", ["novice", "expert"]),
        ("hermit", ["only"]),
    ):
        body = ask(text).body
        assert isinstance(body, RoleOverview)
        assert [each.key for each in body.columns] == columns
        assert body.level in body.columns


def test_a_domain() -> None:
    body = ask("craft").body
    assert isinstance(body, DomainOverview)
    assert [(group.key, count) for group, count in body.groups] == [("tools", 4), ("empty", 0)]


def test_a_shared_name_is_never_guessed() -> None:
    answer = ask("woodworker novice")
    assert isinstance(answer.body, Ambiguous)
    assert answer.body.typed == "woodworker"
    assert [each.request for each in answer.body.offers] == [
        ShowRole("joiner", ("novice",)),
        ShowRole("turner", ("novice",)),
    ]
    narrowed = ask("sawing woodworker")
    assert rung(narrowed) == ("joiner", "novice")
    assert narrowed.corrections == (("woodworker", JOINER.name),)


def test_an_unknown_word_gets_the_nearest_names() -> None:
    near = ask("sadding novice").body
    assert isinstance(near, Unknown)
    assert [each.request for each in near.offers] == [ShowSkill("sanding", ("novice",))]
    unknown = ask("xylophone").body
    assert isinstance(unknown, Unknown)
    assert unknown.typed == "xylophone"
    assert ask("!!!").body == Unknown("!!!", ())


def test_corrections_and_ignored_words_are_told() -> None:
    answer = ask("sawign adpet")
    assert [typed for typed, _ in answer.corrections] == ["sawign", "adpet"]
    assert rung(answer) == ("joiner", "adept")
    left_out = ask("sawing please")
    assert left_out.ignored == ("please",)
    assert rung(left_out) == ("joiner", "novice")


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(QueryTooLong):
        ask("x" * 301)


OUTDATED: list[ShowCard] = [
    ShowSkill("gone"),
    ShowSkill("sawing", role="gone"),
    ShowGroup("gone"),
    ShowGroup("tools", role="gone"),
    ShowRole("gone"),
    ShowDomain("gone"),
    ShowGap("joiner"),
]


@pytest.mark.parametrize("request_", OUTDATED, ids=repr)
def test_an_outdated_request_is_told(request_: ShowCard) -> None:
    with pytest.raises(OutdatedCard):
        show(CATALOGUE, request_, ANYONE)


def test_a_request_survives_a_page_that_is_gone() -> None:
    answer = show(CATALOGUE, ShowCatalogue(99), ANYONE)
    assert isinstance(answer.body, CatalogueOverview)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_name_that_is_gone_is_told(kind: Kind) -> None:
    with pytest.raises(OutdatedCard):
        name_of(CATALOGUE, Ref(kind, "gone"))


def test_levels_are_replaced_from_the_first_page() -> None:
    keys = ("adept",)
    assert with_levels(ShowSkill("s", ("x",), "r"), keys) == ShowSkill("s", keys, "r")
    assert with_levels(ShowGroup("g", ("x",), "r", 3), keys) == ShowGroup("g", keys, "r")
    assert with_levels(ShowRole("r", ("x",), 3), keys) == ShowRole("r", keys)
    assert find_level(CATALOGUE, ("gone", "expert")) == TURNER.ladder.level("expert")
    assert find_level(CATALOGUE, ("expert",), JOINER) is None


def test_details_show_the_neighbours() -> None:
    found = show_details(CATALOGUE, ShowDetails("sawing", "joiner", "adept"))
    below, above = found.below, [cell.level.key for cell in found.above if cell.level]
    assert below is not None
    assert isinstance(below.level, Level)
    assert (below.level.key, above) == ("novice", ["staff", "manager"])
    assert found.roles == (JOINER, TURNER)


def test_details_turn_to_another_level_or_role() -> None:
    request = ShowDetails("sawing", "joiner", "adept")
    assert turn_details_to(CATALOGUE, request, level="staff").rung.level.key == "staff"
    turned = turn_details_to(CATALOGUE, request, role="turner")
    assert (turned.rung.role, turned.rung.level.key) == (TURNER, "expert")


def test_details_offer_only_roles_they_can_turn_to() -> None:
    found = show_details(CATALOGUE, ShowDetails("sawing", "joiner", "fellow"))
    assert found.roles == (JOINER,)


@pytest.mark.parametrize(
    "request_",
    [
        ShowDetails("gone", "joiner", "adept"),
        ShowDetails("sawing", "gone", "adept"),
        ShowDetails("sawing", "joiner", "gone"),
    ],
    ids=repr,
)
def test_details_that_are_gone_are_told(request_: ShowDetails) -> None:
    with pytest.raises(OutdatedCard):
        show_details(CATALOGUE, request_)


@pytest.mark.parametrize(("level", "role"), [("gone", None), (None, "gone"), (None, "turner")])
def test_details_cannot_turn_to_what_is_not_there(level: str | None, role: str | None) -> None:
    request = ShowDetails("sawing", "joiner", "fellow")
    with pytest.raises(OutdatedCard):
        turn_details_to(CATALOGUE, request, level=level, role=role)
    with pytest.raises(OutdatedCard):
        turn_details_to(CATALOGUE, request)
