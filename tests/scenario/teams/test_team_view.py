"""The team of a manager: whoever shares a goal with them, side by side, and nobody else."""

import csv
import html
import io
from datetime import timedelta

import pytest

from bot.domain.growth.assessment import Status
from bot.domain.lookup.requests import ShowGap
from bot.domain.teams.requests import TeamAsk
from bot.domain.teams.share import SAME_LOOK, LookKind
from bot.domain.teams.team_view import PAGE, TeamCell
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.handles import MessageHandle
from bot.sandbox.samples import ADMIN, CHINESE_ENGINEER, ENGINEER, MANAGER, WORKSPACE
from bot.services.ports import Profile
from bot.services.teams.native_tables import TRIED_AGAIN_AFTER
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import lead_required, member, name_of, skill_of
from tests.scenario.teams.shares import HERE, work
from tests.scenario.teams.team import (
    a_team,
    looks,
    mark_of,
    opened,
    sent,
    set_goal,
    share_of,
)

TABLE, PICTURE, FILE = "Send as Table", "Send as Picture", "Send as CSV"


def block_types(message: MessageHandle) -> list[str]:
    return [each["type"] for each in message.message.blocks]


def rows_of(message: MessageHandle) -> list[list[str]]:
    (table,) = [each for each in message.message.blocks if each["type"].endswith("table")]
    return [[cell["text"] for cell in row] for row in table["rows"]]


async def test_single_points_of_failure_of_one_kind_are_one_list(desk: Desk) -> None:
    await a_team(desk)
    required = lead_required(desk)
    await mark_of(desk, ENGINEER, required[2])
    shown = (await opened(desk)).plain
    names = "\n".join(f"• {name_of(desk, each)}" for each in required[1:3])
    told = "Only one of the 3 who share a goal at Lead with you meets each of these:"
    assert f"{told}\n{names}" in shown
    assert shown.count("Only one of") == 1


async def test_a_team_is_shown_person_by_person_and_skill_by_skill(stored_desk: Desk) -> None:
    desk = stored_desk
    shares = await a_team(desk)
    required = lead_required(desk)
    shown = (await opened(desk)).plain
    assert "3 people who share a growth goal with you" in shown
    for met in (2, 1, 0):
        assert f"{met} met · {len(required) - met} open" in shown
    assert f"{name_of(desk, required[0])}: met by 2 · open for 1" in shown
    assert f"{name_of(desk, required[1])}: met by 1 · open for 2" in shown
    told = (
        f"Only one of the 3 who share a goal at Lead with you meets {name_of(desk, required[1])}."
    )
    assert told in shown
    assert shown.count("Only one of") == 1
    assert "the quiet owl" not in shown
    page, _ = await desk.nextrung.services.team.look(await member(desk, MANAGER), TeamAsk())
    for person in page.people:
        goal = await desk.nextrung.services.shared_goals.shown(HERE, person.goal.share)
        assert goal.progress is not None
        own = (goal.progress.required_met, goal.progress.required_open)
        assert (person.count(TeamCell.MET), person.count(TeamCell.OPEN)) == own
    found = await looks(desk, shares)
    assert [len(each) for each in found.values()] == [1, 1, 1]
    assert {each.kind for one in found.values() for each in one} == {LookKind.TEAM}
    assert "(beside others)" in (await desk.home(desk.engineer)).plain


async def test_home_names_the_view_from_two_shares_on_and_the_command_opens_it(desk: Desk) -> None:
    await set_goal(desk, ENGINEER)
    view = await desk.manager.command_view("/growth team")
    assert "Nobody shares anything with you just now" in view.plain
    await share_of(desk, ENGINEER)
    assert "Team View" not in (await desk.home(desk.manager)).buttons
    await set_goal(desk, ADMIN)
    await share_of(desk, ADMIN)
    assert "Team View" in (await desk.home(desk.manager)).buttons
    view = await desk.manager.command_view("/growth team")
    assert "2 people who share" in view.plain


async def test_likely_begun_and_hidden_ones_are_open_and_put_aside_is_said(desk: Desk) -> None:
    cells = await set_goal(desk, ENGINEER, met=1)
    await share_of(desk, ENGINEER, past=False)
    await mark_of(desk, ENGINEER, cells[1], Status.WORKING)
    await mark_of(desk, ENGINEER, cells[2], Status.NOT_RELEVANT)
    await set_goal(desk, ADMIN)
    await share_of(desk, ADMIN)
    message = await sent(desk, TABLE)
    rows = rows_of(message)
    first = {html.escape(row[0], quote=False): row[1] for row in rows[1:-2]}
    assert first[name_of(desk, cells[0])] == "Open", "met before it was shared"
    assert first[name_of(desk, cells[1])] == "Open", "begun"
    assert first[name_of(desk, cells[2])] == "Put aside"
    assert [row[1] for row in rows[-2:]] == ["0", str(len(cells) - 1)]
    assert "Only one of" not in message.plain


async def test_who_does_not_share_or_has_not_accepted_is_not_there(desk: Desk) -> None:
    await set_goal(desk, ENGINEER, met=1)
    await share_of(desk, ENGINEER)
    await set_goal(desk, ADMIN, met=2)
    await share_of(desk, ADMIN, accepted=False)
    await set_goal(desk, CHINESE_ENGINEER, met=2)
    shown = await desk.manager.command_view("/growth team")
    assert "1 person who shares" in shown.plain
    assert ADMIN not in str(shown.view.payload)
    assert CHINESE_ENGINEER not in str(shown.view.payload)
    assert "Only one of" not in shown.plain, "nobody else shares that level"


async def test_goals_of_a_level_and_of_a_role_are_shown_apart(desk: Desk) -> None:
    shares = await a_team(desk)
    await work(desk, SAME_LOOK * 2)
    await desk.admin.command("/growth goal data-scientist senior")
    await work(desk)
    shares[1] = await share_of(desk, ADMIN)
    shown = await opened(desk)
    assert "Data Scientist, Senior" in shown.plain
    assert shown.options("Level of the goal") == ["All levels", "Senior (1)", "Lead (2)"]
    before = await looks(desk, shares)
    await work(desk, SAME_LOOK * 2)
    shown = as_modal(await shown.choose("Level of the goal", "Lead (2)"))
    assert "Data Scientist, Senior" not in shown.plain
    assert "2 people who share" in shown.plain
    after = await looks(desk, shares)
    grown = [len(after[each]) - len(before[each]) for each in shares]
    assert grown == [1, 0, 1], "who is not shown was not looked at"
    shown = as_modal(await shown.choose("Level of the goal", "All levels"))
    shown = as_modal(await shown.choose("Role of the goal", "Data Scientist (1)"))
    assert "1 person who shares" in shown.plain


@pytest.mark.parametrize("label", [TABLE, PICTURE, FILE])
async def test_what_was_sent_goes_with_the_first_share_that_ends(
    stored_desk: Desk, label: str
) -> None:
    desk = stored_desk
    await a_team(desk)
    message = await sent(desk, label)
    files = [each.id for each in desk.slack.world.files.values()]
    assert bool(files) is (label != TABLE)
    shown = await opened(desk)
    assert "3 people who share" in shown.plain

    await (await desk.home(desk.chinese)).press(action_id="share_stop.0")
    await work(desk)
    assert message.message.deleted
    assert list(desk.slack.world.files) == []
    assert "Not all of this is shared with you any more" in as_modal(desk.manager.modal).plain
    assert "2 people who share" in (await opened(desk)).plain


@pytest.mark.parametrize("how", ["forget", "guest", "goal", "leave", "scope"])
async def test_however_a_share_ends_what_showed_it_is_deleted(desk: Desk, how: str) -> None:
    await a_team(desk)
    message = await sent(desk, FILE)
    if how == "forget":
        await (await desk.admin.command_view("/growth forget-me")).submit()
    elif how == "guest":
        desk.slack.world.change_member(ADMIN, is_restricted=True)
        gone = {"id": ADMIN, "is_restricted": True}
        await desk.slack.event({"type": "user_change", "user": gone})
    elif how == "goal":
        await desk.admin.command("/growth goal data-scientist senior")
    elif how == "leave":
        home = await desk.home(desk.manager)
        shown = as_modal(await home.press(action_id="share_open.1"))
        await shown.press("Stop Seeing It")
    else:
        form = as_modal(await (await desk.home(desk.admin)).press("Change…"))
        await form.fill({"Statuses": "Only what I say from now on"})
        await form.submit()
    await work(desk)
    assert message.message.deleted
    assert list(desk.slack.world.files) == []


async def test_a_look_counts_once_it_arrived_and_never_where_it_was_refused(desk: Desk) -> None:
    desk.faults_expected = True
    shares = await a_team(desk)
    view = await opened(desk)
    await work(desk, SAME_LOOK * 2)
    before = await looks(desk, shares)
    desk.slack.faults.error("chat.postMessage", error="restricted_action", times=1)
    await view.press(FILE)
    await work(desk)
    assert await looks(desk, shares) == before
    message = await sent(desk, FILE)
    assert "Your team" in message.plain
    after = await looks(desk, shares)
    assert [each[0].kind for each in after.values()] == [LookKind.TEAM_FILE] * 3
    assert "(took a CSV file)" in (await desk.home(desk.admin)).plain


async def test_nothing_is_looked_at_where_the_view_cannot_be_shown(desk: Desk) -> None:
    desk.faults_expected = True
    shares = await a_team(desk)
    desk.slack.faults.error("users.info", times=None)
    refused = await desk.manager.command("/growth team")
    desk.slack.faults.clear()
    assert "people who share" not in refused.plain
    assert set((await looks(desk, shares)).values()) == {()}


async def test_of_whom_slack_says_nothing_is_left_out_and_counted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = await a_team(desk)
    profiles = desk.nextrung.services.two_people._profiles
    ask = profiles.profile

    async def profile(tenant: Tenant, slack_id: str) -> Profile | None:
        return None if slack_id == ADMIN else await ask(tenant, slack_id)

    monkeypatch.setattr(profiles, "profile", profile)
    shown = await desk.manager.command_view("/growth team")
    assert "1 person is not shown" in shown.plain
    assert "Only one of" not in shown.plain, "of those at Lead one is missing"
    assert [len(each) for each in (await looks(desk, shares)).values()] == [1, 0, 1]


async def test_with_many_a_page_at_a_time_is_shown_and_looked_at(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [f"U0MANY{number:02}" for number in range(PAGE + 2)]

    async def profile(tenant: Tenant, slack_id: str) -> Profile:
        return Profile("en-US", "UTC", name=f"Name of {slack_id}")

    monkeypatch.setattr(desk.nextrung.services.two_people._profiles, "profile", profile)
    services, shelf = desk.nextrung.services, desk.nextrung.services.catalogues.shelf()
    shares = []
    for who in people:
        await services.members.save(Member(HERE, who, role_key="llm-engineer", level_key="senior"))
        me = await services.members.find(HERE, who)
        await services.goals.set(me, shelf, ShowGap("llm-engineer", ("lead",)))
        shares.append(await share_of(desk, who))
    shown = await desk.manager.command_view("/growth team")
    assert f"1 to {PAGE} of {PAGE + 2} people" in shown.plain
    assert "Single points of failure are named where all" in shown.plain
    first = await looks(desk, shares)
    assert [len(each) for each in first.values()] == [1] * PAGE + [0, 0]
    shown = as_modal(await shown.press("Next 2"))
    assert people[-1] in shown.plain
    assert people[0] not in shown.plain
    assert [len(each) for each in (await looks(desk, shares)).values()] == [1] * (PAGE + 2)
    await shown.press("Send All as CSV")
    await work(desk)
    (file,) = desk.slack.world.files.values()
    rows = list(csv.DictReader(io.StringIO((file.content or b"").decode("utf-8-sig"))))
    assert [row["slack_id"] for row in rows[:-2]] == people
    assert {len(each) for each in (await looks(desk, shares)).values()} == {2}


async def test_the_table_is_slacks_newer_one_or_the_older_where_that_is_refused(
    stored_desk: Desk,
) -> None:
    desk = stored_desk
    await a_team(desk)
    cells = lead_required(desk)
    message = await sent(desk, TABLE)
    assert "data_table" in block_types(message)
    rows = rows_of(message)
    assert rows[0] == ["Skill", "Sample Engineer", "Sample Admin", "示例工程师", "Met", "Open"]
    first = next(row for row in rows if row[0] == skill_of(desk, cells[0]).name.base)
    assert first[1:] == ["Met", "Met", "Open", "2", "1"]

    desk.slack.world.workspaces[WORKSPACE].has_data_tables = False
    older = await sent(desk, TABLE)
    assert "table" in block_types(older)
    assert rows_of(older) == rows
    assert len(desk.logged("native_table_refused")) == 1
    await sent(desk, TABLE)
    assert len(desk.logged("native_table_refused")) == 1, "it is remembered"
    desk.slack.world.workspaces[WORKSPACE].has_data_tables = True
    assert "table" in block_types(await sent(desk, TABLE))
    desk.slack.advance((TRIED_AGAIN_AFTER + timedelta(hours=1)).total_seconds())
    assert "data_table" in block_types(await sent(desk, TABLE)), "it is tried again"


async def test_where_no_table_is_taken_words_and_a_file_come(desk: Desk) -> None:
    desk.faults_expected = True
    await a_team(desk)
    desk.slack.faults.error("chat.postMessage", error="invalid_blocks", times=2)
    message = await sent(desk, TABLE)
    assert "As a table this does not fit here" in message.plain
    assert [each.name[-4:] for each in desk.slack.world.files.values()] == [".csv"]


async def test_the_file_has_every_cell_and_is_no_formula(desk: Desk) -> None:
    await a_team(desk)
    desk.slack.world.members[ADMIN].name = "=cmd()"
    await sent(desk, FILE)
    (file,) = desk.slack.world.files.values()
    assert file.content is not None
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    first, second = (skill_of(desk, cell).name.base for cell in lead_required(desk)[:2])
    assert [row["slack_id"] for row in rows[:3]] == [ENGINEER, ADMIN, CHINESE_ENGINEER]
    assert [(row[first], row[second]) for row in rows[:3]] == [
        ("met", "met"),
        ("met", "open"),
        ("open", "open"),
    ]
    assert rows[1]["name"] == "'=cmd()"
    assert (rows[3]["slack_id"], rows[3][first], rows[4][first]) == ("*met", "2", "1")


async def test_the_picture_says_in_words_what_it_shows(desk: Desk) -> None:
    await a_team(desk)
    message = await sent(desk, PICTURE)
    (file,) = desk.slack.world.files.values()
    assert (file.content or b"")[:4] == b"\x89PNG"
    assert "A grid of" in file.alt_text
    assert "Only one of the 3" in file.alt_text
    assert f"<@{MANAGER}>" not in message.plain


async def test_in_chinese_nothing_is_left_in_english(desk: Desk) -> None:
    await a_team(desk)
    await desk.manager.command("/growth language zh")
    shown = await desk.manager.command_view("/growth 团队")
    for words in ("people", "met", "Only", "Level", "Send"):
        assert words not in shown.plain.replace("LLM", "")
    assert HERE.team_id == WORKSPACE
