"""The shortcuts: a message kept as evidence, and a skill found from anywhere."""

from bot.cards.ids import Action, Shortcut
from bot.domain.growth.evidence import EvidenceKind
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import ViewHandle
from bot.sandbox.samples import ENGINEER, WORKSPACE
from tests.scenario.desk import Desk, as_modal, interaction_fields
from tests.scenario.presses import MODAL, button, chosen

HERE = Tenant(WORKSPACE)
SKILL = "LLM Evaluation"


async def form_on(desk: Desk, text: str, *, channel: str = "general") -> ViewHandle:
    """The form that the engineer opens on a message of the manager's."""
    message = await desk.manager.say(text, channel=channel)
    return as_modal(await desk.engineer.message_shortcut(Shortcut.SAVE_EVIDENCE, message.ts))


async def test_a_message_is_kept_with_the_link_back_to_it(any_desk: Desk) -> None:
    desk = any_desk
    form = await form_on(desk, "Great work on the release, thank you!")
    assert form.value("Note")["value"] == "“Great work on the release, thank you!”"
    assert "/archives/C0GENERAL/p" in form.value("Link")["value"]
    await form.fill({"What it shows": [f"{SKILL} · LLM Engineer, Senior"]})

    told = as_modal(await form.submit())

    assert "Only you see it" in told.plain
    assert f"{SKILL} · LLM Engineer, Senior" in told.plain
    services = desk.nextrung.services
    member = await services.members.find(HERE, ENGINEER)
    (piece,) = (await services.growth.of(member)).growth.evidence
    assert piece.kind is EvidenceKind.SLACK_MESSAGE
    listed = as_modal(await told.press("All Evidence (1)"))
    assert "Great work on the release" in listed.plain
    assert "Slack message" in listed.plain
    await desk.drained()
    assert "Great work" in desk.engineer.home.plain


async def test_what_was_just_kept_can_be_placed_at_once(any_desk: Desk) -> None:
    desk = any_desk
    form = await form_on(desk, "Great work on the release, thank you!")
    told = as_modal(await form.submit())
    assert "_Not linked to an expectation yet_" in told.plain
    place = "Which expectation does it show?"
    offered = await told.suggest(Action.PLACE_EVIDENCE, "llm evaluation senior")
    assert offered[0] == f"{SKILL} · LLM Engineer, Senior"

    placed = as_modal(await told.choose(Action.PLACE_EVIDENCE, offered[0]))

    assert f"Shows: {SKILL} · LLM Engineer, Senior" in placed.plain
    assert place not in placed.plain
    services = desk.nextrung.services
    services.growth.clear()
    member = await services.members.find(HERE, ENGINEER)
    (piece,) = (await services.growth.of(member)).growth.evidence
    assert [(each.skill, each.level) for each in piece.supports] == [("llm-evaluation", "senior")]
    assert "Great work" in piece.note


async def test_a_piece_that_is_gone_by_then_is_told(desk: Desk) -> None:
    told = as_modal(await (await form_on(desk, "Great work!")).submit())
    services = desk.nextrung.services
    member = await services.members.find(HERE, ENGINEER)
    (piece,) = (await services.growth.of(member)).growth.evidence
    await services.evidence.delete(member, piece.id)

    await told.choose(Action.PLACE_EVIDENCE, f"{SKILL} · LLM Engineer, Senior")

    assert (await services.growth.of(member)).growth.evidence == ()


async def test_nobody_else_hears_of_it(desk: Desk) -> None:
    form = await form_on(desk, "Great work!")
    before = len(desk.manager.messages("general"))
    await form.submit()
    await desk.drained()

    assert len(desk.manager.messages("general")) == before
    assert desk.manager.messages("dm") == []


async def test_a_very_long_message_is_cut_and_says_so(desk: Desk) -> None:
    form = await form_on(desk, "word " * 3000)
    assert len(form.value("Note")["value"]) <= 3000
    assert "only its beginning" in form.plain
    await form.submit()
    assert not form.errors


async def test_a_message_of_the_bot_itself_can_be_kept(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking")
    await card.press("Share in Channel")
    shared = next(each for each in desk.engineer.messages("general") if not each.is_ephemeral)

    form = as_modal(await desk.engineer.message_shortcut(Shortcut.SAVE_EVIDENCE, shared.ts))

    assert "ML Experiment Tracking" in form.value("Note")["value"]


async def test_a_message_without_words_can_be_kept_by_its_link(desk: Desk) -> None:
    trigger = desk.slack.world.new_trigger(ENGINEER)
    payload = interaction_fields(
        "message_action",
        callback_id=Shortcut.SAVE_EVIDENCE,
        trigger_id=trigger.id,
        message={"ts": "1790000000.000100", "text": "", "blocks": [{"type": "image"}]},
        channel={"id": "C0GENERAL", "name": "general"},
    )
    assert (await desk.interact(payload)).status_code == 200
    form = desk.engineer.modal
    assert form is not None
    assert form.value("Note")["value"] is None

    await form.submit()
    assert not form.errors


async def test_the_form_of_a_message_speaks_chinese(desk: Desk) -> None:
    message = await desk.manager.say("谢谢！")
    form = as_modal(await desk.chinese.message_shortcut(Shortcut.SAVE_EVIDENCE, message.ts))

    assert form.title == "添加证据"
    assert form.value("笔记")["value"] == "“谢谢！”"
    told = as_modal(await form.submit())
    assert "只有你能看到" in told.plain


async def test_a_skill_is_found_by_typing_and_turned_to_another_level(any_desk: Desk) -> None:
    finder = as_modal(await any_desk.engineer.global_shortcut(Shortcut.FIND_SKILL))
    assert "ML Pipelines" in await finder.suggest("Find a skill", "mlops")

    await finder.choose("Find a skill", SKILL)

    assert "*LLM Engineer · Senior* · your level" in finder.plain
    assert "*At each level*" in finder.plain
    assert "*Lead* · Required · Expert · next\n" in finder.plain
    assert "Share in Channel" not in finder.buttons
    await finder.choose("Choose a level", "junior")
    assert "*LLM Engineer · Junior*" in finder.plain
    await finder.choose("Find a skill", "Model Serving")
    assert finder.plain.startswith("Find a skill")
    assert "Model Serving" in finder.plain


async def test_details_open_on_top_of_the_found_skill(desk: Desk) -> None:
    finder = as_modal(await desk.engineer.global_shortcut(Shortcut.FIND_SKILL))
    await finder.choose("Find a skill", SKILL)

    details = as_modal(await finder.press("Details"))

    assert details.view.previous_view_id == finder.view.id
    form = as_modal(await details.press("Add Evidence"))
    await form.fill({"Note": "Three deep"})
    await form.submit()
    await desk.drained()
    assert "Three deep" in details.plain
    assert finder.is_open


async def test_finding_speaks_chinese(desk: Desk) -> None:
    finder = as_modal(await desk.chinese.global_shortcut(Shortcut.FIND_SKILL))
    assert finder.title == "查找技能"
    await finder.choose("查找技能", (await finder.suggest("查找技能", "mlops"))[0])
    assert "各级别的要求" in finder.plain


async def test_odd_choices_in_the_finder_are_answered(desk: Desk) -> None:
    desk.faults_expected = True
    view = MODAL | {"hash": "1.1", "callback_id": "finder", "private_metadata": ""}
    controls = [
        chosen("finder", "b", {"value": "skill?k=gone"}),
        chosen("finder", "b", {"value": "role?k=llm-engineer"}),
        chosen("finder", "b", None),
        chosen("finder_level", "nonsense", {"value": "lead"}),
        chosen("finder_level", "skill?k=llm-evaluation&r=llm-engineer", {"value": "gone"}),
        button("finder", "x"),
    ]
    for action in controls:
        payload = interaction_fields(
            "block_actions",
            view=view,
            container={"type": "view", "view_id": "V1"},
            actions=[action],
        )
        assert (await desk.interact(payload)).status_code == 200
    assert desk.engineer.modal is None
