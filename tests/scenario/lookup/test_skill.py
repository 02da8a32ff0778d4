"""`/skill` in each of its forms, over HTTP and over Socket Mode."""

from tests.scenario.desk import Desk

PROFILE = "ML Experiment Tracking"


async def test_profile_shows_every_figure_of_the_seed_page(any_desk: Desk) -> None:
    card = await any_desk.admin.command("/skill ml-experiment-tracking")

    lines = card.plain.splitlines()
    assert lines[0] == PROFILE
    assert "Machine Learning &amp; AI › MLOps" in card.plain
    assert "Skill profile" in card.plain
    assert "Feb 22, 2026" in card.plain
    for figure in ("*2* roles", "*5* levels", "*0* mandatory", "other 10 optional"):
        assert figure in card.plain
    assert card.is_ephemeral


async def test_profile_says_both_roles_at_the_first_level_to_someone_unknown(desk: Desk) -> None:
    card = await desk.admin.command("/skill ml-experiment-tracking")

    assert "*Data Scientist* · Junior" in card.plain
    assert "*LLM Engineer* · Junior" in card.plain
    assert "Logs the parameters, metrics and artifacts" in card.plain
    assert "*To reach Middle*" in card.plain


async def test_profile_begins_with_the_members_own_role_and_level(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking")

    own = card.plain.index("*LLM Engineer* · Senior · your role")
    assert own < card.plain.index("*Data Scientist* · Senior")
    assert "*To reach Lead* · LLM Engineer" in card.plain
    assert card.text.startswith(PROFILE)


async def test_asked_level_and_role_come_first(desk: Desk) -> None:
    card = await desk.engineer.command('/skill "ML experiment tracking" principal data scientist')

    asked = card.plain.index("*Data Scientist* · Principal")
    assert asked < card.plain.index("*LLM Engineer* · Principal")
    assert "To reach" not in card.plain  # nothing is above the top


async def test_depth_table_has_every_level_of_every_role(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking")

    (table,) = [block for block in card.blocks if block["type"] == "table"]
    rows = [[cell["text"] for cell in row] for row in table["rows"]]
    assert rows[0] == ["Level", "LLM Engineer", "Data Scientist"]
    assert rows[1:] == [
        ["Junior", "Optional · Awareness", "Optional · Awareness"],
        ["Middle", "Optional · Working", "Optional · Working"],
        ["Senior", "Optional · Advanced", "Optional · Advanced"],
        ["Lead", "Optional · Advanced", "Optional · Expert"],
        ["Principal", "Optional · Expert", "Optional · Expert"],
    ]


async def test_group_at_a_level_for_the_own_role(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill mlops senior")

    assert card.plain.splitlines()[0] == "MLOps"
    assert "*6* skills · *4* roles · *5* levels" in card.plain
    assert "What *LLM Engineer* expects at *Senior* · your role" in card.plain
    assert "*ML Experiment Tracking* · Optional · Advanced" in card.plain
    assert "*ML Pipelines* · Not defined" in card.plain


async def test_group_lists_all_roles_to_someone_without_one(desk: Desk) -> None:
    card = await desk.admin.command("/skill mlops senior")

    assert "What each role expects at *Senior*" in card.plain
    for role in ("Data Scientist", "LLM Engineer", "ML Engineer", "MLOps Engineer"):
        assert f"• {role}: " in card.plain


async def test_role_card_has_ladder_focus_and_matrix(desk: Desk) -> None:
    card = await desk.admin.command("/skill llm-engineer")

    assert card.plain.splitlines()[0] == "LLM Engineer"
    for number, level in enumerate(("Junior", "Middle", "Senior", "Lead", "Principal"), start=1):
        assert f"{number}. *{level}*" in card.plain
    assert "Designs LLM systems that hold up under real traffic" in card.plain
    (table,) = [block for block in card.blocks if block["type"] == "table"]
    assert [cell["text"] for cell in table["rows"][0]][2:] == [
        "Junior",
        "Middle",
        "Senior",
        "Lead",
        "Principal",
    ]


async def test_domain_lists_its_groups(desk: Desk) -> None:
    card = await desk.admin.command("/skill 数据")

    assert card.plain.splitlines()[0] == "Data"
    assert "*Data Engineering* · 5 skills" in card.plain
    assert "*Data Analysis* · 2 skills" in card.plain


async def test_nothing_typed_browses_domains_groups_and_skills(any_desk: Desk) -> None:
    card = await any_desk.admin.command("/skill")

    assert "*76* skills · *13* roles · *8* domains" in card.plain
    domain = await card.press("Browse")
    assert domain.plain.splitlines()[0] == "Machine Learning & AI"
    group = await domain.press("Open")
    assert group.plain.splitlines()[0] == "MLOps"
    skill = await group.press("Open")
    assert skill.plain.splitlines()[0] == PROFILE
    back = await (await skill.press("All of MLOps")).press("Open", nth=2)
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


async def test_typos_are_named_not_guessed_silently(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill mlosp senoir")

    assert card.plain.splitlines()[0] == "Showing *MLOps* for “mlosp” and *Senior* for “senoir”."
    assert "What *LLM Engineer* expects at *Senior*" in card.plain


async def test_forgiving_spellings_give_the_same_card(desk: Desk) -> None:
    for text in (
        "MLOps SENIOR",
        "  mlops   sr. ",
        "“mlops” snr",
        "mlops 高级",
        "'ml-ops' Senior!",
    ):
        exact = await desk.engineer.command("/skill mlops senior")
        typed = await desk.engineer.command(f"/skill {text}")

        assert typed.plain == exact.plain


async def test_ambiguous_word_offers_choices_that_work(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill model lead")

    assert "“model” could mean several things" in card.plain.replace("*", "")
    assert card.buttons == ["Model Serving", "Model Monitoring", "Model Registry & Release"]
    assert PROFILE in await card.suggest("find", "experiment")
    chosen = await card.press("Model Serving")
    assert chosen.plain.splitlines()[0] == "Model Serving"
    assert "*LLM Engineer* · Lead · your role" in chosen.plain  # the level was kept


async def test_unknown_word_offers_a_search_that_works(any_desk: Desk) -> None:
    card = await any_desk.engineer.command("/skill qwertyuiop")

    assert "in the catalogue is called “qwertyuiop”." in card.plain.replace("*", "")
    found = await card.choose("find", PROFILE)
    assert found.plain.splitlines()[0] == PROFILE


async def test_misspelt_skill_is_shown_with_its_correction(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml experimnt trackng")

    assert card.plain.splitlines()[0] == f"Showing *{PROFILE}* for “ml experimnt trackng”."


async def test_words_without_a_meaning_are_named(desk: Desk) -> None:
    card = await desk.engineer.command("/skill mlops senior xylophone")

    assert "“xylophone”" in card.plain.splitlines()[0]
    assert "MLOps" in card.plain


async def test_level_alone_opens_the_own_role(desk: Desk) -> None:
    card = await desk.engineer.command("/skill lead")

    assert card.plain.splitlines()[0] == "LLM Engineer"
    assert "4. *Lead* · shown here" in card.plain


async def test_level_alone_without_a_role_asks_of_which_role(desk: Desk) -> None:
    for text, level in (("lead", "lead"), ("“Senoir”", "Senoir")):
        card = await desk.admin.command(f"/skill {text}")
        assert f"“{level}” is a level. Of which role?" in card.plain
        shown = await card.press("LLM Engineer")
        assert shown.plain.splitlines()[0] == "LLM Engineer"
        assert f"*{'Lead' if level == 'lead' else 'Senior'}* · shown here" in shown.plain


async def test_a_slip_in_a_long_name_is_corrected_as_a_whole(desk: Desk) -> None:
    card = await desk.engineer.command("/skill site relaibility engineer")

    assert (
        card.plain.splitlines()[0]
        == "Showing *Site Reliability Engineer* for “site relaibility engineer”."
    )


async def test_a_level_of_another_ladder_is_never_exchanged(any_desk: Desk) -> None:
    for level in ("Manager", "Director"):
        card = await any_desk.engineer.command(f"/skill mlops {level.lower()}")

        said = card.plain.replace("*", "")
        assert f"The ladder of LLM Engineer has no level “{level}”." in said
        assert card.buttons == ["Junior", "Middle", "Senior", "Lead", "Principal"]
        group = await card.press("Lead")
        assert "What *LLM Engineer* expects at *Lead*" in group.plain


async def test_a_word_that_means_something_else_is_not_here(any_desk: Desk) -> None:
    for text, near in (
        ("ai engineer", "LLM Engineer"),
        ("kotlinx", "Mobile Platform Development"),
        ("rust", "Backend Engineer"),
    ):
        card = await any_desk.engineer.command(f"/skill {text}")

        assert near in card.buttons
        assert "Frontend Engineer" not in card.plain
    nothing = await any_desk.engineer.command("/skill blockchain senior")
    assert "in the catalogue is called “blockchain”" in nothing.plain.replace("*", "")


async def test_words_beside_a_name_change_what_it_means(desk: Desk) -> None:
    card = await desk.engineer.command("/skill mlops wizard senior")

    assert "called “mlops wizard”" in card.plain.replace("*", "")
    assert "MLOps" in card.buttons


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
