"""`/skill` in each of its forms, over HTTP and over Socket Mode."""

from tests.scenario.desk import Desk, as_message, as_modal
from tests.scenario.figures import asked_of_group, catalogue_of, said, sum_of_group
from tests.scenario.lookup.skill_cards import PROFILE, SKILL, head, table


async def test_profile_shows_every_figure_of_the_skill(any_desk: Desk) -> None:
    card = await any_desk.admin.command("/skill ml-experiment-tracking")

    lines = card.plain.splitlines()
    assert lines[0] == PROFILE
    assert "Machine Learning &amp; AI › MLOps" in card.plain
    assert "Skill profile" in card.plain
    assert "updated Nov 29, 2026" in card.plain
    assert "4 roles · 5 levels · 0 mandatory, the other 20 optional" in card.plain
    assert card.is_ephemeral


async def test_profile_says_every_role_at_the_first_level_to_someone_unknown(desk: Desk) -> None:
    card = await desk.admin.command("/skill ml-experiment-tracking")

    for role in ("Data Scientist", "ML Engineer", "LLM Engineer", "MLOps Engineer"):
        assert f"*{role} · Junior*" in card.plain
        assert said(desk, role.lower().replace(" ", "-"), "junior", SKILL) in card.plain
    assert "*To reach Middle*" in card.plain


async def test_profile_begins_with_the_members_own_role_and_level(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking")

    own = card.plain.index("*LLM Engineer · Senior* · your level")
    assert own < card.plain.index("*Data Scientist · Senior*")
    assert "*To reach Lead*\nAdvanced → Expert\nA first step: " in card.plain
    assert card.text.startswith(PROFILE)


async def test_asked_level_and_role_come_first(desk: Desk) -> None:
    card = await desk.engineer.command('/skill "ML experiment tracking" principal data scientist')

    asked = card.plain.index("*Data Scientist · Principal*")
    assert asked < card.plain.index("*LLM Engineer · Principal*")
    assert "To reach" not in card.plain  # nothing is above the top


async def test_table_has_the_words_of_every_level_for_the_shown_role(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking")

    assert head(card) == ("Level", "What is expected of LLM Engineer")
    rows = table(card)[1:]
    assert [level for level, _ in rows] == [
        "Junior\nOptional · Awareness",
        "Middle\nOptional · Working",
        "Senior\nOptional · Advanced\nyou are here",
        "Lead\nOptional · Expert\nnext",
        "Principal\nOptional · Expert",
    ]
    assert all(len(text) > 100 for _, text in rows)

    other = await card.choose("Choose a role", "Role: Data Scientist")
    assert head(other) == ("Level", "What is expected of Data Scientist")
    assert "you are here" not in other.plain
    assert "next" in table(other)[4][0]


async def test_asked_level_is_marked_beside_the_own(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking principal")

    marks = [level.split("\n", 2)[2:] for level, _ in table(card)[1:]]
    assert marks == [[], [], ["you are here"], ["next"], ["shown above"]]


async def test_group_at_a_level_for_the_own_role(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill mlops senior")

    assert card.plain.splitlines()[0] == "MLOps"
    assert sum_of_group(any_desk, "mlops") in card.plain
    asked = asked_of_group(any_desk, "llm-engineer", "senior", "mlops")
    assert f"{asked}\nThis is your role." in card.plain
    words = said(any_desk, "llm-engineer", "senior", SKILL)
    assert f"*Optional*\n*{PROFILE}* · Advanced\n{words}" in card.plain
    assert "*Required*" not in card.plain
    assert "Not defined here: ML Pipelines, " in card.plain
    assert "that is not the same as “not required”" in card.plain


async def test_group_has_what_is_required_before_what_is_optional(desk: Desk) -> None:
    card = await desk.engineer.command("/skill mlops senior ml-engineer")

    required = card.plain.index("*Required*\n*ML Pipelines* · Advanced\n")
    assert required < card.plain.index(f"*Optional*\n*{PROFILE}* · Advanced\n")


async def test_group_names_the_role_that_asks_most_to_someone_without_one(desk: Desk) -> None:
    card = await desk.admin.command("/skill mlops senior")

    asked = asked_of_group(desk, "ml-engineer", "senior", "mlops")
    assert (
        f"{asked}\nYou have not chosen a role yet, so this "
        "is the role that asks most of MLOps." in card.plain
    )
    assert said(desk, "ml-engineer", "senior", "ml-pipelines") in card.plain
    form = as_modal(await card.press("Choose My Role"))
    assert form.title == "Role and level"
    await form.close()

    other = await card.choose("Choose a role", "Role: LLM Engineer")
    assert asked_of_group(desk, "llm-engineer", "senior", "mlops") in other.plain
    assert "You have not chosen" not in other.plain


async def test_group_of_no_use_to_the_own_role_says_so(desk: Desk) -> None:
    await desk.admin.command("/growth role frontend-engineer senior")
    card = await desk.admin.command("/skill mlops")

    assert "Your role asks for nothing of this group" in card.plain


async def test_every_role_of_a_menu_can_be_chosen(desk: Desk) -> None:
    for command in ("/skill mlops lead", "/skill ml-experiment-tracking"):
        card = as_message(await desk.engineer.command(command))
        (menu,) = [
            element
            for block in card.blocks
            for element in block.get("elements", ())
            if element.get("action_id") == "find_role"
        ]
        labels = [each["text"]["text"] for each in menu["options"]]
        assert len(labels) > 1
        for label in [*labels[::-1], labels[-1]]:
            card = as_message(await card.choose("Choose a role", label))
            name = label.removeprefix("Role: ")
            assert f"*{name} at " in card.plain or f"*{name} · " in card.plain


async def test_role_card_has_focus_and_three_levels_with_the_gap_beside(desk: Desk) -> None:
    card = await desk.admin.command("/skill llm-engineer senior")

    assert card.plain.splitlines()[0] == "LLM Engineer"
    for level in ("Junior", "Middle", "Senior", "Lead", "Principal"):
        assert f"\n{level}: " in card.plain
    assert "Designs the team's LLM systems for real traffic" in card.plain
    assert head(card) == ("Skill", "Middle", "Senior", "Lead")
    assert ("Prompt & Context Engineering", "Working", "Advanced", "Expert ↑") in table(card)
    assert ("Machine Learning & AI", "4 required", "4 required", "4 required") in table(card)

    gap = await card.press("Gap to Lead")
    assert gap.plain.splitlines()[0] == "LLM Engineer: Senior → Lead"


async def test_a_skill_is_opened_from_the_role_card(desk: Desk) -> None:
    card = await desk.engineer.command("/skill llm-engineer")

    assert (await card.choose("Open a skill", PROFILE)).plain.splitlines()[0] == PROFILE


async def test_domain_lists_its_groups(desk: Desk) -> None:
    card = await desk.admin.command("/skill 数据")

    assert card.plain.splitlines()[0] == "Data"
    catalogue = catalogue_of(desk)
    domain = catalogue.domain("data")
    assert domain is not None
    groups = catalogue.groups_of(domain)
    assert len(groups) > 1
    for group in groups:
        assert f"*{group.name.base}* · {len(catalogue.skills_of(group))} skills" in card.plain


async def test_nothing_typed_browses_domains_groups_and_skills(any_desk: Desk) -> None:
    card = await any_desk.admin.command("/skill")

    content = catalogue_of(any_desk).content
    skills, roles, domains = (
        len(each) for each in (content.skills, content.roles, content.domains)
    )
    assert f"{skills} skills · {roles} roles · {domains} domains" in card.plain
    domain = await card.press("Browse")
    assert domain.plain.splitlines()[0] == "Machine Learning & AI"
    group = await domain.press("Open")
    assert group.plain.splitlines()[0] == "MLOps"
    skill = await group.press("Open")
    assert skill.plain.splitlines()[0] == "ML Pipelines"
    back = await (await skill.press("All of MLOps")).press("Open", nth=1)
    assert back.plain.splitlines()[0] == "Model Serving"


async def test_help_names_every_form(desk: Desk) -> None:
    for text in (
        "help",
        " HELP ",
        "?",
    ):
        card = await desk.engineer.command(f"/skill {text}")

        for form in ("`/skill`", "`/skill mlops senior`", "`/skill llm-engineer`"):
            assert form in card.plain
        browse = await card.press("Browse All")
        assert "Skills catalogue" in browse.plain


async def test_help_command_forms_all_work(desk: Desk) -> None:
    card = await desk.engineer.command("/skill help")

    forms = [line[1:-1] for line in card.plain.splitlines() if line.startswith("`/skill")]
    assert len(forms) >= 5
    for form in forms:
        answer = await desk.engineer.command(form)
        assert "Nothing in the catalogue" not in answer.plain
        assert "I did not understand" not in answer.plain


async def test_typeahead_searches_all_skills(any_desk: Desk) -> None:
    card = await any_desk.admin.command("/skill")

    assert PROFILE in await card.suggest("find", "experiment")
    assert PROFILE in await card.suggest("find", "实验")
    assert "LLM Engineer" in await card.suggest("find_role", "")
    assert await card.suggest("find", "zzzzzzzzzzzzz") == []
    every = [
        skill.name.base
        for skill in any_desk.nextrung.services.catalogues.shelf().catalogue.content.skills
    ]
    for name in every:
        assert name in await card.suggest("find", name)


async def test_every_answer_names_what_to_type_next(desk: Desk) -> None:
    for text in (
        "",
        "help",
        "mlops",
        "ml-experiment-tracking",
        "llm-engineer",
        "数据",
        "model",
        "zzzz",
    ):
        card = await desk.engineer.command(f"/skill {text}")

        last = card.plain.splitlines()[-1]
        assert "`/skill" in last or "`/promote-gap" in last
