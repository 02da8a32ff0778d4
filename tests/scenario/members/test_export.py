"""Files for a member, by direct message and for nobody else: packet, all their data, chart."""

import csv
import io
import json
import zipfile
from dataclasses import replace

import pytest

from bot.cards.links import encode
from bot.cards.members.export_cards import sent_card
from bot.domain.document import Sent
from bot.domain.growth.assessment import Status
from bot.domain.lookup.requests import ShowGap
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import MemberHandle, MessageHandle
from bot.sandbox.samples import ENGINEER, WORKSPACE
from bot.services.lookup.shelves import BUILT_IN
from bot.text.translator import load_translators
from tests.scenario.desk import Desk, as_message, as_modal
from tests.scenario.figures import required_cells
from tests.scenario.growing import lead_cells, mark, member
from tests.scenario.nudging import begin
from tests.scenario.presses import button, pressed

GAP = "/promote-gap llm-engineer lead"
ENGLISH = load_translators().for_locale("en")
NOTE = "Led the *rollout* <!channel> =SUM(A1) العربية 🎉"
URL = "https://example.com/plan?a=1&b=2"


async def settled(desk: Desk) -> None:
    await desk.drained()


def letters(who: MemberHandle) -> list[MessageHandle]:
    """The direct messages with files."""
    return [each for each in who.messages() if each.shared]


async def letter(desk: Desk) -> MessageHandle:
    """The one direct message with files that the engineer got."""
    await settled(desk)
    (found,) = letters(desk.engineer)
    return found


def content_of(message: MessageHandle, ending: str) -> str:
    (file,) = [each for each in message.shared if each.name.endswith(f".{ending}")]
    return (file.content or b"").decode("utf-8-sig")


async def grown(desk: Desk) -> None:
    """Let the engineer hold a goal, marks and evidence."""
    services, shelf = desk.nextrung.services, desk.nextrung.services.catalogues.shelf()
    first, second, third = lead_cells(desk)[:3]
    me = await member(desk)
    await services.goals.set(me, shelf, ShowGap("llm-engineer", ("lead",)))
    await mark(desk, first, note=NOTE)
    await mark(desk, second, Status.WORKING)
    await mark(desk, third, Status.NOT_RELEVANT)
    await services.evidence.add(me, note=NOTE, link=URL, supports=[first], token="one")


async def test_a_packet_comes_as_a_direct_message_and_the_card_says_so(any_desk: Desk) -> None:
    desk = any_desk
    await grown(desk)
    card = await desk.engineer.command(GAP)
    gate = desk.slack.faults.hold("files.completeUploadExternal")

    await card.choose("more.0", "Export Packet")
    assert "I am preparing your files" in card.plain
    assert "Export Packet" in card.options("more.0")
    gate.release()
    message = await letter(desk)

    assert f"channel={message.channel.id}|your direct messages with Nextrung>" in card.plain
    for file in message.shared:
        assert f"/files/{file.id}|{file.name}>" in card.plain
    required = len(required_cells(desk))
    figures = f"*1 met · {required - 2} open* · 1 put aside, of {required} required"
    assert figures in card.plain
    assert message.channel.im_member_id == ENGINEER
    assert "*LLM Engineer, Lead*" in message.text
    assert [each.name.rpartition(".")[2] for each in message.shared] == ["html", "pdf", "md", "csv"]
    assert all(each.name.startswith("growth-packet-llm-engineer-lead-") for each in message.shared)


async def test_a_packet_says_what_is_met_what_shows_it_and_what_is_open(desk: Desk) -> None:
    await grown(desk)
    await (await desk.engineer.command(GAP)).choose("more.0", "Export Packet")
    message = await letter(desk)

    page = content_of(message, "html")
    assert "&lt;!channel&gt; =SUM(A1) العربية 🎉" in page
    assert 'href="https://example.com/plan?a=1&amp;b=2"' in page
    # All but the one that is shown and the one put aside.
    assert page.count("Nothing shows this yet.") == len(lead_cells(desk)) - 2
    text = content_of(message, "md")
    assert text.startswith("# Growth packet of Sample Engineer: LLM Engineer, Lead\n")
    assert "shown by evidence: 1 of 1 met" in text
    assert f"<{URL}>" in text
    rows = list(csv.DictReader(io.StringIO(content_of(message, "csv"))))
    (shown,) = [row for row in rows if row["Link"]]
    assert (shown["Status"], shown["Evidence"], shown["Link"]) == ("Met", NOTE, URL)
    assert {row["Status"] for row in rows} >= {"Met", "Working on it", "Not assessed"}


async def test_a_packet_is_sent_from_home(desk: Desk) -> None:
    services, shelf = desk.nextrung.services, desk.nextrung.services.catalogues.shelf()
    await services.goals.set(await member(desk), shelf, ShowGap("llm-engineer", ("lead",)))
    for cell in lead_cells(desk):
        await mark(desk, cell)
    home = await desk.home(desk.engineer)

    modal = as_modal(await home.press("Export Packet"))
    message = await letter(desk)

    assert "|your direct messages with Nextrung>" in modal.plain
    required = len(required_cells(desk))
    assert f"{required} of {required} required met" in content_of(message, "md")


async def test_the_packet_of_a_goal_that_is_the_own_level_by_now_still_comes(desk: Desk) -> None:
    await grown(desk)
    await desk.engineer.command("/growth role llm-engineer lead")
    value = encode(ShowGap("llm-engineer", ("lead",)))

    await desk.interact(pressed(desk, button("export_packet", value)))
    message = await letter(desk)

    # Senior is not where they stand any more.
    assert "LLM Engineer, Lead, compared with LLM Engineer, Senior" in content_of(message, "md")


async def test_a_packet_for_the_goal_is_measured_on_its_own_revision(desk: Desk) -> None:
    await grown(desk)
    cells, required = lead_cells(desk), len(required_cells(desk))
    services, catalogues = desk.nextrung.services, desk.nextrung.database.catalogues
    content = services.catalogues.shelf().catalogue.content
    kept = tuple(
        each
        for each in content.expectations
        if (each.level.key, each.skill.key) != ("lead", cells[0].skill)
    )
    await catalogues.publish(
        replace(content, expectations=kept),
        catalogue_key=BUILT_IN,
        author="Sample Owner",
        note="One less",
        at=desk.slack.clock.now(),
    )
    await services.catalogues.refresh()
    assert cells[0] not in lead_cells(desk)

    card = await desk.engineer.command(GAP)
    await card.choose("more.0", "Export Packet")
    text = content_of(await letter(desk), "md")

    assert "catalogue revision 1 of" in text
    assert f"1 of {required - 1} required met" in text  # one of them is put aside


async def test_a_packet_speaks_the_members_language(desk: Desk) -> None:
    card = await desk.chinese.command("/promote-gap data-scientist senior")
    await card.choose("more.0", "导出材料")
    await settled(desk)

    (message,) = letters(desk.chinese)
    page = content_of(message, "html")
    assert '<html lang="zh">' in page
    assert "Nothing shows this yet" not in page
    assert content_of(message, "csv").startswith("姓名,领域")


async def test_pressing_twice_at_once_sends_once(desk: Desk) -> None:
    card = await desk.engineer.command(GAP)
    gate = desk.slack.faults.hold("files.completeUploadExternal")
    await card.choose("more.0", "Export Packet")
    await gate.arrived.wait()
    await card.choose("more.0", "Export Packet")
    gate.release()

    await letter(desk)


@pytest.mark.parametrize(
    ("method", "trouble", "told"),
    [
        ("files.getUploadURLExternal", {"error": "missing_scope"}, "install Nextrung again"),
        ("conversations.open", {"error": "user_disabled"}, "may not send you files"),
        ("files.completeUploadExternal", {"error": "internal_error"}, "may not have arrived"),
    ],
)
async def test_a_refusal_is_told_on_the_card_and_nothing_is_sent_again(
    desk: Desk, method: str, trouble: dict[str, str], told: str
) -> None:
    card = await desk.engineer.command(GAP)
    desk.slack.faults.error(method, **trouble)
    await card.choose("more.0", "Export Packet")
    await settled(desk)

    assert told in card.plain
    assert letters(desk.engineer) == []
    assert desk.logged("files_not_sent")

    await card.choose("more.0", "Export Packet")
    await letter(desk)


async def test_an_answer_that_is_lost_on_the_way_is_no_second_message(desk: Desk) -> None:
    card = await desk.engineer.command(GAP)
    desk.slack.faults.drop_after("files.completeUploadExternal")
    await card.choose("more.0", "Export Packet")

    await letter(desk)
    assert "may not have arrived" in card.plain


async def test_a_closed_modal_keeps_no_file_back(desk: Desk) -> None:
    await grown(desk)
    home = await desk.home(desk.engineer)
    gate = desk.slack.faults.hold("files.completeUploadExternal")
    modal = as_modal(await home.choose("more.1", "settings"))
    notice = as_modal(await modal.press("Export My Data"))
    await gate.arrived.wait()
    await notice.close(clear=True)
    gate.release()

    await letter(desk)


async def test_export_gives_all_data_as_json_and_csv(stored_desk: Desk) -> None:
    desk = stored_desk
    await grown(desk)
    answer = await desk.engineer.command("/growth export")
    assert "I am preparing your files" in answer.plain
    message = await letter(desk)

    data = json.loads(content_of(message, "json"))
    assert data["member"]["slack_id"] == ENGINEER
    assert [each["status"] for each in data["assessments"]] == ["met", "working", "not_relevant"]
    assert data["assessments"][0]["note"] == NOTE
    (piece,) = data["evidence"]
    assert (piece["note"], piece["url"], len(piece["supports"])) == (NOTE, URL, 1)
    assert [each["state"] for each in data["goals"]] == ["active"]
    packed = next(each for each in message.shared if each.name.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(packed.content or b"")) as archive:
        tables = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
        }
    assert {name: len(rows) for name, rows in tables.items()} == {
        "member.csv": 1,
        "assessments.csv": 3,
        "evidence.csv": 1,
        "evidence_supports.csv": 1,
        "goals.csv": 1,
        # Setting a goal has planned the first nudge.
        "nudge_settings.csv": 1,
        "nudges.csv": 0,
        "passed_over.csv": 0,
        "put_off.csv": 0,
        "catalogue_uploads.csv": 0,
        "drafts.csv": 0,
        "confirmations.csv": 0,
        "shares.csv": 0,
        "share_looks.csv": 0,
        "letters.csv": 0,
        "manager_marks.csv": 0,
        "mark_replies.csv": 0,
        "offers.csv": 0,
        "pairs.csv": 0,
        "helper_account.csv": 0,
        "actions.csv": 0,
        "agreed.csv": 0,
        "talk_rhythms.csv": 0,
        "talk_points.csv": 0,
        "acts.csv": 0,
    }


async def test_export_tells_of_nudges_and_of_owning_the_catalogue(stored_desk: Desk) -> None:
    desk = stored_desk
    nudge = await begin(desk, desk.engineer)
    asked_first = nudge.plain.splitlines()[0]
    await nudge.press("Another")
    await nudge.choose("Later", "In a Month")
    async with desk.nextrung.database.write(Tenant(WORKSPACE)) as work:
        await work.workspaces.grant_catalogue([ENGINEER], at=desk.slack.clock.now())
    await desk.engineer.command("/growth export")

    data = json.loads(content_of(await letter(desk), "json"))
    assert data["member"]["owns_catalogue"] is True
    (sent,), (passed,), (later,) = data["nudges"], data["passed_over"], data["put_off"]
    assert (sent["state"], sent["answer"]) == ("sent", "later")
    assert "required" in sent["reasons"].split()
    shelf = desk.nextrung.services.catalogues.shelf()
    skill = shelf.catalogue.skill(passed["skill"])
    assert skill is not None
    assert (passed["nudge_id"], skill.name.base) == (sent["id"], asked_first)
    assert later["skill"] == sent["skill"] != passed["skill"]


async def test_export_of_someone_who_holds_nothing(desk: Desk) -> None:
    await desk.engineer.command("/growth export")
    message = await letter(desk)

    data = json.loads(content_of(message, "json"))
    assert (data["assessments"], data["evidence"], data["goals"]) == ([], [], [])


async def test_export_that_fails_is_told_beside_the_answer(desk: Desk) -> None:
    desk.slack.faults.error("conversations.open", error="cannot_dm_bot")
    await desk.engineer.command("/growth export")
    await settled(desk)

    assert "may not send you files" in desk.engineer.messages("general")[-1].plain
    assert letters(desk.engineer) == []


async def test_where_the_typed_for_files_went_stands_below(desk: Desk) -> None:
    await desk.engineer.command("/growth export")
    message = await letter(desk)

    told = desk.engineer.messages("general")[-1].plain
    assert f"channel={message.channel.id}|your direct messages with Nextrung>" in told


async def test_where_slack_tells_no_address_the_words_stay(desk: Desk) -> None:
    sent = sent_card(Sent("", (("a.md", ""), ("b.csv", "javascript:x"))), ENGLISH)
    assert sent.text == "Sent: look into your direct messages with Nextrung."
    assert "a.md · b.csv" in str(sent.blocks)
    assert "javascript" not in str(sent.blocks)


async def test_nobody_else_gets_what_a_button_names(desk: Desk) -> None:
    await grown(desk)
    value = encode(ShowGap("llm-engineer", ("lead",)))
    other = {"id": "U0MANAGER", "username": "manager", "team_id": "TSAMPLE"}
    await desk.interact(pressed(desk, button("export_packet", value), user=other))
    await settled(desk)

    (message,) = letters(desk.manager)
    assert NOTE not in content_of(message, "csv")
    assert letters(desk.engineer) == []


@pytest.mark.parametrize("value", ["", "nonsense", "gap?k=gone&l=lead", "skill?k=mlops"])
async def test_a_button_that_names_nothing_is_answered(desk: Desk, value: str) -> None:
    card = await desk.engineer.command(GAP)
    del card
    await desk.interact(pressed(desk, button("export_packet", value)))
    await settled(desk)

    assert letters(desk.engineer) == []
    assert as_message(desk.engineer.messages("general")[-1]).plain
