"""Settings, files of what is held, and being forgotten."""

from tests.scenario.desk import Desk, as_modal
from tests.scenario.door.walk.steps import LEAD, Settle


async def settings(desk: Desk, settle: Settle) -> None:
    told = await desk.engineer.command("/growth resume")
    await told.choose("Pause", "For 1 Week")
    await told.press("Resume")
    form = as_modal(await told.press("Nudge Settings"))
    await form.fill({"Time zone": "Asia/Tokyo"})
    await form.submit()
    modal = as_modal(await (await desk.home(desk.engineer)).choose("more.1", "settings"))
    modal = as_modal(await modal.choose("Language", "English"))
    await modal.press("Export My Data")
    await (await desk.engineer.command(LEAD)).choose("more.0", "Export Packet")
    await (await desk.home(desk.engineer)).choose("more.0", "Progress Chart")
    await desk.refreshed(desk.engineer)


async def forgetting(desk: Desk, settle: Settle) -> None:
    modal = await desk.manager.command_view("/growth forget-me")
    await modal.submit()
    form = as_modal(await (await desk.home(desk.engineer)).choose("more.1", "settings"))
    await form.press("Forget Me")
