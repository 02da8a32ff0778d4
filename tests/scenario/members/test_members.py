"""Who asks: role, level and language are honoured; newcomers are introduced; nobody is mixed up."""

from bot.domain.tenancy import Member, Tenant
from bot.sandbox.samples import (
    ADMIN,
    ENGINEER,
    GUEST,
    OTHER_ENGINEER,
    OTHER_WORKSPACE,
    WORKSPACE,
)
from bot.services.growth.cache import GrowthCache
from bot.services.members.directory import Members
from bot.store.database import Database
from tests.fakes.profiles import SampleProfiles
from tests.scenario.desk import Desk, command_fields
from tests.scenario.figures import asked_of_group

HERE = Tenant(WORKSPACE)
STRANGER = "TSTRANGER"


async def stored(desk: Desk, tenant: Tenant, slack_id: str) -> Member | None:
    async with desk.nextrung.database.read(tenant) as work:
        return await work.members.get(slack_id)


async def test_chinese_member_reads_chinese(any_desk: Desk) -> None:
    card = await any_desk.chinese.command("/skill mlops")

    assert card.plain.splitlines()[0] == "MLOps（机器学习运维）"
    assert "数据科学家" in card.plain
    assert "中级" in card.plain
    assert "Share in Channel" not in card.buttons
    details = await (await card.press(action_id="show.0")).press(action_id="details.0")
    assert "机器学习实验跟踪" in details.plain
    assert "Experiment" not in details.plain


async def test_chinese_member_gets_chinese_help_errors_and_gaps(desk: Desk) -> None:
    help_card = await desk.chinese.command("/skill 帮助")
    unknown = await desk.chinese.command("/skill qwertyuiop")
    gap = await desk.chinese.command("/promote-gap 数据科学家 高级")
    long = await desk.chinese.command("/skill " + "长" * 400)

    assert "Typing is forgiving" not in help_card.plain
    assert "Nothing in the catalogue" not in unknown.plain
    assert "qwertyuiop" in unknown.plain
    assert "expectations" not in gap.plain
    assert "That is longer" not in long.plain


async def test_english_member_finds_by_chinese_names_and_reads_english(desk: Desk) -> None:
    card = await desk.engineer.command("/skill 机器学习实验跟踪 首席")

    assert card.plain.splitlines()[0] == "ML Experiment Tracking"
    assert "*LLM Engineer · Principal*" in card.plain


async def test_someone_new_is_introduced_once_with_locale_and_zone(stored_desk: Desk) -> None:
    desk = stored_desk
    desk.slack.world.change_member(GUEST, locale="zh-CN", tz="Asia/Tokyo")
    assert await stored(desk, HERE, GUEST) is None

    guest = desk.slack.member(GUEST)
    card = await guest.command("/skill mlops")
    await guest.command("/skill mlops lead")

    assert card.plain.splitlines()[0] == "MLOps（机器学习运维）"
    assert await stored(desk, HERE, GUEST) == Member(
        HERE, GUEST, locale="zh-CN", time_zone="Asia/Tokyo"
    )
    asked = desk.slack.inspector.find(kind="api", name="users.info")
    assert len([entry for entry in asked if entry.request.get("user") == GUEST]) == 1


async def test_profile_that_slack_refuses_does_not_keep_a_member_waiting(desk: Desk) -> None:
    guest = desk.slack.member(GUEST)
    for fault in ("error", "fail", "drop_before"):
        # More than once, as the HTTP client tries again where a kept connection was dropped.
        getattr(desk.slack.faults, fault)("users.info", times=5)
        card = await guest.command("/skill mlops senior")
        desk.slack.faults.clear()
        assert card.plain.splitlines()[0] == "MLOps"

    assert await stored(desk, HERE, GUEST) is None  # nothing made up is kept
    await guest.command("/skill mlops")  # and Slack is asked again
    assert await stored(desk, HERE, GUEST) is not None


async def test_profile_that_never_comes_costs_a_second_at_most(desk: Desk) -> None:
    gate = desk.slack.faults.hold("users.info")

    card = await desk.slack.member(GUEST).command("/skill mlops senior")
    gate.release()

    assert card.plain.splitlines()[0] == "MLOps"
    assert desk.last.seconds is not None
    assert desk.last.seconds < 2.5


async def test_slack_that_limits_profiles_does_not_keep_a_member_waiting(desk: Desk) -> None:
    desk.slack.faults.ratelimit("users.info", retry_after=30)

    card = await desk.slack.member(GUEST).command("/skill mlops senior")

    assert card.plain.splitlines()[0] == "MLOps"


async def test_role_told_to_another_process_is_honoured_after_a_refresh(
    stored_desk: Desk, bot_url: str
) -> None:
    desk = stored_desk
    before = await desk.admin.command("/skill mlops")
    assert "You have not chosen a role yet" in before.plain
    elsewhere = Database(bot_url)
    others = Members(elsewhere, SampleProfiles(None), desk.slack.clock, GrowthCache(elsewhere))
    await others.save(
        Member(HERE, ADMIN, locale="en-US", role_key="mlops-engineer", level_key="lead")
    )
    await elsewhere.dispose()

    await desk.nextrung.services.members.refresh()

    after = await desk.admin.command("/skill mlops")
    assert "*MLOps Engineer at Lead asks for " in after.plain


async def test_role_or_level_that_the_catalogue_lost_is_no_obstacle(desk: Desk) -> None:
    members = desk.nextrung.services.members
    await members.save(Member(HERE, ADMIN, locale="en-US", role_key="gone", level_key="gone"))

    for command in ("/skill mlops", "/skill ml-experiment-tracking", "/skill lead", "/promote-gap"):
        card = await desk.admin.command(command)
        assert card.blocks

    await members.save(
        Member(HERE, ADMIN, locale="en-US", role_key="llm-engineer", level_key="gone")
    )
    for command in ("/skill mlops", "/skill ml-experiment-tracking", "/skill lead", "/promote-gap"):
        card = await desk.admin.command(command)
        assert card.blocks


async def test_member_with_a_locale_unknown_here_reads_english(desk: Desk) -> None:
    for locale in ("xx-YY", "", "klingon", "de-DE", "en_GB"):
        desk.slack.world.change_member(GUEST, locale=locale)
        await desk.nextrung.services.members.save(Member(HERE, GUEST, locale=locale))
        card = await desk.slack.member(GUEST).command("/skill mlops senior")
        assert card.plain.splitlines()[0] == "MLOps"


async def test_same_slack_id_in_another_workspace_is_another_person(stored_desk: Desk) -> None:
    desk = stored_desk
    there = Tenant(OTHER_WORKSPACE)
    members = desk.nextrung.services.members
    await desk.engineer.command("/skill mlops")
    await members.save(Member(there, ENGINEER, locale="zh-CN", role_key="data-scientist"))

    here, other = await members.find(HERE, ENGINEER), await members.find(there, ENGINEER)
    assert (here.role_key, here.level_key, here.locale) == ("llm-engineer", "senior", "en-US")
    assert (other.role_key, other.level_key, other.locale) == ("data-scientist", None, "zh-CN")
    card = await desk.engineer.command("/skill mlops")
    asked = asked_of_group(desk, "llm-engineer", "senior", "mlops")
    assert f"{asked}\nThis is your role." in card.plain


async def test_other_workspace_is_served_apart_from_ours(stored_desk: Desk) -> None:
    desk = stored_desk
    there = Tenant(OTHER_WORKSPACE)
    # The same Slack id as our engineer's, but of the other workspace.
    answer = await desk.post(command_fields(team_id=OTHER_WORKSPACE, user_id=ENGINEER))

    assert "your role" not in answer.text
    assert "This is your role." not in answer.text
    found = await stored(desk, there, ENGINEER)
    assert found is None or (found.tenant, found.role_key) == (there, None)
    card = await desk.engineer.command("/skill mlops")
    asked = asked_of_group(desk, "llm-engineer", "senior", "mlops")
    assert f"{asked}\nThis is your role." in card.plain


async def test_member_of_the_other_workspace_is_answered(stored_desk: Desk) -> None:
    card = await stored_desk.slack.member(OTHER_ENGINEER).command("/skill mlops senior")

    assert asked_of_group(stored_desk, "ml-engineer", "senior", "mlops") in card.plain
    redrawn = await card.choose("Choose a level", "lead")
    assert "*ML Engineer at Lead asks for " in redrawn.plain
    assert stored_desk.engineer.messages("general") == []


async def test_workspace_without_our_token_gets_nothing(stored_desk: Desk) -> None:
    desk = stored_desk
    desk.faults_expected = True  # Bolt itself reports it as an error of the installation
    answer = await desk.post(command_fields(team_id=STRANGER, response_url=desk.response_url()))

    assert answer.status_code == 200
    assert "This is your role." not in answer.text
    assert "blocks" not in answer.text
    assert await stored(desk, Tenant(STRANGER), ENGINEER) is None
    assert [record["team"] for record in desk.logged("foreign_workspace")] == [STRANGER]
    (told,) = desk.engineer.messages("general")
    assert told.is_ephemeral
    assert told.plain.strip()
