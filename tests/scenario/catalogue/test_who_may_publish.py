"""Who may upload, publish, roll back and grant, whatever a request says."""

from pathlib import Path

import pytest

from bot.cards.catalogue.links import encode_draft
from bot.domain.catalogue.publication import NotCatalogueOwner
from bot.domain.catalogue.workspace_catalogue import (
    NotWorkspaceAdmin,
    Upload,
    UploadedDraft,
    own_key,
)
from bot.domain.tenancy import Member
from bot.sandbox.handles import ViewHandle
from bot.sandbox.handles.surface import NoSuchElement
from bot.sandbox.samples import ADMIN, ENGINEER, MANAGER, OTHER_ENGINEER, OTHER_WORKSPACE
from tests.scenario.catalogue.owners import JOINER, grant, member, press_of, revisions
from tests.scenario.desk import Desk, as_modal
from tests.scenario.owning import csv, done, published, upload


async def test_a_member_who_owns_nothing_sees_no_panel(desk: Desk) -> None:
    for who in (desk.engineer, desk.manager, desk.chinese):
        assert not buttons_of_panel(await desk.home(who))


def buttons_of_panel(home: ViewHandle) -> set[str]:
    names = {"Upload a File", "Download", "Roll Back", "Use Built-In", "Owners"}
    return names & set(home.buttons)


async def test_an_owner_by_grant_publishes_and_grants_nobody(desk: Desk) -> None:
    await grant(desk, MANAGER)
    home = await desk.home(desk.manager)
    assert buttons_of_panel(home) == {"Upload a File", "Download"}
    with pytest.raises(NoSuchElement):
        await home.press("Owners")
    await published(desk, desk.manager)
    assert await revisions(desk) == [1]
    await grant(desk)
    desk.slack.advance(61)
    assert not buttons_of_panel(await desk.home(desk.manager))


async def test_who_lost_the_catalogue_publishes_nothing_any_more(desk: Desk) -> None:
    await grant(desk, MANAGER)
    preview = await upload(desk, desk.manager, csv())
    form = as_modal(await preview.press("Publish…"))
    await form.fill({"Type the catalogue's name to publish: Framework": "Framework"})
    await grant(desk)
    told = as_modal(await form.submit())
    assert "Only owners of the catalogue" in str(told.errors or told.plain)
    await preview.press("Publish…")
    assert "Only owners of the catalogue" in str(
        [each.plain for each in desk.manager.messages("dm")]
    )
    assert await revisions(desk) == []


async def test_slacks_silence_takes_nobodys_rights(desk: Desk) -> None:
    """An admin is told that Slack does not say so, not that they are none."""
    home = await desk.home(desk.admin)
    desk.slack.faults.error("users.info", error="internal_error", times=9)
    for label in ("Owners", "Upload a File"):
        told = as_modal(await home.press(label))
        assert "does not tell me just now whether you are an admin" in told.plain
    desk.slack.faults.clear()
    assert await revisions(desk) == []


@pytest.mark.parametrize(
    "who", [member(ENGINEER), member(OTHER_ENGINEER, OTHER_WORKSPACE), member("U0STRANGER")]
)
async def test_the_service_refuses_everybody_else(desk: Desk, who: Member, tmp_path: Path) -> None:
    """Whatever a forged request says; also a member of another workspace that was granted here."""
    await grant(desk, OTHER_ENGINEER, MANAGER)
    own = desk.nextrung.services.own_catalogue
    content = desk.nextrung.services.catalogues.shelf().catalogue.content
    file = tmp_path / "framework.csv"
    file.write_bytes(csv())
    draft = UploadedDraft(Upload("F1", None, "note"), 0, "digest")
    with pytest.raises(NotCatalogueOwner):
        await own.releases.publish(who, draft, content)
    with pytest.raises(NotCatalogueOwner):
        await own.examine(who, draft.upload, file, None, lambda _: None)
    with pytest.raises(NotCatalogueOwner):
        await own.releases.rollback(who, 1, "note")
    with pytest.raises(NotCatalogueOwner):
        await own.releases.use_built_in(who)
    with pytest.raises(NotCatalogueOwner):
        await own.used(who)
    with pytest.raises(NotWorkspaceAdmin):
        await own.rights.grant(who, [who.slack_id])
    assert await own.panel(who) is None
    assert await revisions(desk) == []
    assert await revisions(desk, own_key(who.tenant)) == []


async def test_an_owner_by_grant_cannot_grant(desk: Desk) -> None:
    await grant(desk, MANAGER)
    own = desk.nextrung.services.own_catalogue
    with pytest.raises(NotWorkspaceAdmin):
        await own.rights.grant(member(MANAGER), [ENGINEER])
    assert (await own.rights.of(member(MANAGER))).granted == {MANAGER}


async def test_a_file_of_another_member_is_not_read(desk: Desk) -> None:
    """A request may name any file of the workspace; only what the owner uploaded is read."""
    foreign = desk.engineer.upload("secret.csv", csv())
    preview = await upload(desk, desk.admin, csv())
    forged = encode_draft(UploadedDraft(Upload(str(foreign["id"]), None, "x"), 0, "another"))
    await desk.interact(press_of(preview, forged, "forged"))
    await done(desk)
    assert "file_of_another_member" in preview.plain.replace(JOINER, "")
    assert await revisions(desk) == []


async def test_forget_me_takes_the_grant_along(stored_desk: Desk) -> None:
    desk = stored_desk
    await grant(desk, MANAGER)
    form = await desk.manager.command_view("/growth forget-me")
    await form.submit()
    await done(desk)
    own = desk.nextrung.services.own_catalogue
    assert (await own.rights.of(member(ADMIN))).granted == frozenset()
