"""The catalogue panel on Home: upload, look, publish."""

import asyncio
import io
import json
import zipfile
from pathlib import Path

import pytest

from bot.formats.bundled import data_folder
from bot.sandbox.samples import MANAGER, OTHER_ENGINEER
from bot.slack.catalogue import reading as cataloguing
from tests.scenario.catalogue.owners import GROWN, JOINER, OWN, grant, press_of, revisions, value_of
from tests.scenario.desk import Desk, as_modal
from tests.scenario.owning import (
    CALLED,
    HEAD,
    NAME,
    SAMPLE,
    csv,
    done,
    newest,
    publish,
    published,
    upload,
)

ZH_CALLED = "你的框架叫什么名字？"


async def test_the_way_from_a_file_to_what_members_see(stored_desk: Desk) -> None:
    desk = stored_desk
    built_in = len(desk.nextrung.services.catalogues.shelf().catalogue.content.roles)
    preview = await upload(desk, desk.admin, csv(), note="Our first framework")
    assert "Your file can be published" in preview.plain
    assert "1 role · 2 skills · 4 expectations" in preview.plain
    assert f"1 added (Baker), {built_in} removed" in preview.plain
    assert f"{built_in} of {built_in} roles go*" in preview.plain.splitlines()[1]
    assert await revisions(desk) == []  # nothing before the press
    assert "Baker" not in (await desk.engineer.command("/skill baker")).plain.splitlines()[0]
    await publish(desk, preview)
    assert "Published." in newest(desk.admin).plain
    assert newest(desk.admin).buttons == ["Roll Back"]
    assert await revisions(desk) == [1]
    assert "Kneads a dough by recipe." in (await desk.engineer.command("/skill dough junior")).plain
    (revision,) = await desk.nextrung.database.catalogues.history(OWN)
    assert (revision.author, revision.note) == ("Sample Admin", "Our first framework")
    home = await desk.refreshed(desk.admin)
    assert "by Sample Admin: Our first framework" in home.plain
    assert "1 role · 2 skills · 4 expectations" in home.plain


async def test_other_workspaces_keep_their_catalogue(desk: Desk) -> None:
    await published(desk, desk.admin)
    other = desk.slack.member(OTHER_ENGINEER)
    assert "MLOps" in (await other.command("/skill mlops")).plain.splitlines()[0]


async def test_every_problem_is_told_and_nothing_can_be_published(desk: Desk) -> None:
    rows = [HEAD, "Baker,Junior,,required,Working,x", "Baker,,Dough,sometimes,Working,y"]
    told = await upload(desk, desk.admin, csv("\n".join(rows)))
    assert "keep the file from being imported" in told.plain or "keeps the file" in told.plain
    assert "*C2* · column “skill”" in told.plain
    assert "*B3* · column “level”" in told.plain
    assert told.buttons == []
    assert await revisions(desk) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b" ", "problem"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(40), "picture"),
        ("bomb.zip", b"PK\x03\x04" + bytes(40), "archive is damaged"),
        ("../../etc/<!channel>.csv", b"role,level\n<!channel>,*x*\n", "keep"),
        ("utf.csv", "role\x00level".encode("utf-16"), "keep"),
        ("noend", b"role,level,skill\n", "keep"),
    ],
)
async def test_a_strange_file_gets_a_kind_answer(
    desk: Desk, name: str, content: bytes, said: str
) -> None:
    told = await upload(desk, desk.admin, content, name=name)
    assert said in told.plain
    assert "<!channel>" not in json.dumps(told.blocks)
    assert told.buttons == []


def packed(folder: Path) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path in folder.rglob("*.yaml"):
            archive.write(path, f"ours/{path.relative_to(folder).as_posix()}")
        archive.writestr("__MACOSX/ours/._catalogue.yaml", b"\x00")
    return target.getvalue()


async def test_the_native_folder_comes_in_an_archive(desk: Desk) -> None:
    ours = packed(data_folder() / "catalogue")
    name = desk.nextrung.services.catalogues.shelf().catalogue.content.name.base
    told = await upload(desk, desk.admin, ours, name="ours.zip", called=name)
    assert "Members see exactly this already" in told.plain
    assert told.buttons == []


async def test_a_mapping_says_what_columns_mean(desk: Desk) -> None:
    text = "Wer,Stufe,Was,Wie\nBaker,Junior,Dough,Kneads.\nBaker,Senior,Dough,Plans.\n"
    mapping = b"""\
name: Bakery
levels: [Junior, Senior]
tables:
  - shape: long
    columns: {role: Wer, level: Stufe, skill: Was, text: Wie}
"""
    told = await upload(desk, desk.admin, text.encode(), mapping=mapping, called="Our bakery")
    assert "Our bakery" in told.plain, told.plain
    assert "1 role · 1 skill · 2 expectations" in told.plain
    broken = await upload(desk, desk.admin, text.encode(), mapping=b"format: [")
    assert "mapping.yaml" in broken.plain
    assert broken.buttons == []


async def test_what_only_the_owner_knows_is_asked_as_it_is_answered_here(desk: Desk) -> None:
    told = await upload(desk, desk.admin, b"Skill,Junior,Senior\nTesting,0,1\nFeedback,1,1\n")

    assert "All cells are 0 or 1: what do they mean?" in told.plain
    assert "I have 1 question about your file" in told.plain
    assert told.buttons == ["Answer…"]
    # The ways of the command line and of a mapping are of no use in Slack.
    assert "--answer" not in told.plain
    assert "holds" not in told.plain


async def test_pressing_twice_publishes_once(stored_desk: Desk) -> None:
    desk = stored_desk
    await published(desk, desk.admin)
    preview = await upload(desk, desk.admin, csv(GROWN))
    value = value_of(preview)
    await asyncio.gather(
        desk.interact(press_of(preview, value, "first")),
        desk.interact(press_of(preview, value, "second")),
    )
    await done(desk)
    assert "Published." in newest(desk.admin).plain
    await desk.interact(
        press_of(preview, value, "late 1")
    )  # from a window that shows the old message
    await done(desk)
    assert await revisions(desk) == [2, 1]
    assert "Published." in newest(desk.admin).plain


async def test_somebody_published_meanwhile(stored_desk: Desk) -> None:
    desk = stored_desk
    await published(desk, desk.admin)
    await grant(desk, MANAGER)
    preview = await upload(desk, desk.admin, csv(GROWN))
    await published(desk, desk.manager, f"{SAMPLE}\nCook,Junior,Oven,required,Working,Cooks.")
    assert await revisions(desk) == [2, 1]
    await preview.press("Publish")
    await done(desk)
    assert "Somebody published another revision" in preview.plain
    assert await revisions(desk) == [2, 1]
    await preview.press("Compare Again")
    await done(desk)
    assert "1 removed (Cook)" in preview.plain
    assert "1 of 2 roles goes*\nCook" in preview.plain
    await publish(desk, preview)
    assert await revisions(desk) == [3, 2, 1]


async def test_a_restart_between_looking_and_publishing_loses_nothing(desk: Desk) -> None:
    await published(desk, desk.admin)
    preview = await upload(desk, desk.admin, csv(GROWN))
    desk.nextrung.services.own_catalogue._drafts.clear()
    await preview.press("Publish")
    await done(desk)
    assert await revisions(desk) == [2, 1]


async def test_a_file_that_was_deleted_meanwhile(desk: Desk) -> None:
    await published(desk, desk.admin)
    preview = await upload(desk, desk.admin, csv(GROWN))
    desk.nextrung.services.own_catalogue._drafts.clear()
    desk.slack.world.files.clear()
    await preview.press("Publish")
    await done(desk)
    assert "upload it again" in preview.plain
    assert await revisions(desk) == [1]


async def test_an_old_preview_whose_file_is_gone_says_what_is_published(desk: Desk) -> None:
    preview = await upload(desk, desk.admin, csv())
    value = value_of(preview)
    await publish(desk, preview)
    desk.nextrung.services.own_catalogue._drafts.clear()
    desk.slack.world.files.clear()
    await desk.interact(
        press_of(preview, value, "late 2")
    )  # from a window that shows the old message
    await done(desk)
    assert "Published." in preview.plain
    await published(desk, desk.admin, GROWN)
    desk.nextrung.services.own_catalogue._drafts.clear()
    desk.slack.world.files.clear()
    await desk.interact(press_of(preview, value, "late 3"))
    await done(desk)
    assert "This upload is closed" in preview.plain
    assert [each["code"] for each in desk.logged("catalogue_work_refused")] == ["upload_closed"]
    assert await revisions(desk) == [2, 1]


async def test_a_missing_permission_is_named(desk: Desk) -> None:
    desk.slack.faults.error("files.info", error="missing_scope")
    told = await upload(desk, desk.admin, csv())
    assert "install Nextrung again" in told.plain
    assert "missing_scope" in told.plain.replace(JOINER, "")


async def test_a_file_beyond_the_limit_is_refused_in_the_form(desk: Desk) -> None:
    home = await desk.home(desk.admin)
    form = as_modal(await home.press("Upload a File"))
    file = desk.admin.upload("large.csv", b"x") | {"size": 65 * 1024 * 1024}
    await form.fill({"File": file, CALLED: NAME})
    told = as_modal(await form.submit())
    assert "64 MB" in told.errors["File"]


async def test_progress_is_told_and_commands_are_answered_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cataloguing, "PROGRESS_SECONDS", 0.2)
    rows = [HEAD]
    rows += [
        f"Role {role},{level},Skill {skill},required,Working,{role} {level} does {skill} so."
        for role in range(40)
        for level in ("Junior", "Senior")
        for skill in range(250)
    ]
    home = await desk.home(desk.admin)
    form = as_modal(await home.press("Upload a File"))
    await form.fill({"File": desk.admin.upload("large.csv", csv("\n".join(rows))), CALLED: NAME})
    await form.submit()
    said: set[str] = set()
    while not desk.nextrung.app.is_idle:
        await desk.engineer.command("/skill mlops senior")
        said.add(newest(desk.admin).plain.splitlines()[0])
    assert any("so far" in each for each in said), said
    assert "20,000 expectations" in newest(desk.admin).plain


async def test_a_chinese_owner_reads_chinese(desk: Desk) -> None:
    await grant(desk, desk.chinese.id)
    home = await desk.home(desk.chinese)
    form = as_modal(await home.press("上传文件"))
    await form.fill({"文件": desk.chinese.upload("framework.csv", csv()), ZH_CALLED: NAME})
    await form.submit()
    await done(desk)
    assert "1 个角色" in newest(desk.chinese).plain
    form = as_modal(await newest(desk.chinese).press("发布…"))
    await form.fill({"要发布，请输入目录的名称：Framework": "Framework"})
    await form.submit()
    await done(desk)
    assert "已发布" in newest(desk.chinese).plain


async def test_a_chinese_owner_reads_chinese_problems(desk: Desk) -> None:
    await grant(desk, desk.chinese.id)
    home = await desk.home(desk.chinese)
    form = as_modal(await home.press("上传文件"))
    text = "\n".join([HEAD, "Baker,Junior,,required,Working,x", "Baker,Junior,Dough,maybe,,y"])
    await form.fill({"文件": desk.chinese.upload("framework.csv", csv(text)), ZH_CALLED: NAME})
    await form.submit()
    await done(desk)
    told = newest(desk.chinese).plain
    assert "*缺少技能；请填写单元格*\n• *C2* · “skill”列" in told
    assert "*D3* · “requirement”列 · `maybe`" in told
