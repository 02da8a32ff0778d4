"""Names, contrast, focus: what an accessibility checker looks at, on every main screen."""

import pytest
from playwright.async_api import expect

from tests.browser.desk import NARROW, Desk, Window
from tests.browser.windows import Scheme

SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_a_conversation_passes_the_audit(desk: Desk, scheme: Scheme) -> None:
    window = await desk.window(scheme=scheme)
    assert await window.audit() == []
    await window.type("/skill")
    await window.see("ML Experiment Tracking")
    await window.type("/promote-gap")
    await window.see("Every element")
    await window.type("/crash")
    await window.see("dispatch_failed")
    assert await window.audit() == []
    await window.composer.press_sequentially("/")
    assert await window.audit() == []


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_modals_and_open_lists_pass_the_audit(desk: Desk, scheme: Scheme) -> None:
    window = await desk.window(scheme=scheme)
    await window.type("/promote-gap")
    await window.see("Every element")
    await window.choice("Find a skill").click()
    await window.page.keyboard.type("sample")
    await expect(window.option("Sample Skill 1").first).to_be_visible()
    assert await window.audit() == []
    await window.page.keyboard.press("Escape")
    await window.press("Add Evidence")
    await expect(window.modal).to_contain_text("Add evidence")
    assert await window.audit() == []
    await window.press("Save")
    await expect(window.modal.locator(".bk-error:visible")).to_have_count(1)
    await window.choice("Skills").click()
    await window.option("Skill 2").click()
    assert await window.audit() == []


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_home_about_and_drawers_pass_the_audit(desk: Desk, scheme: Scheme) -> None:
    window = await desk.window("home", scheme=scheme)
    await window.see("Your growth")
    await window.press("Inspector")
    await expect(window.page.locator(".entry").first).to_be_visible()
    for summary in await window.page.locator(".entry summary").all():
        await summary.click()
    assert await window.audit() == []
    await window.press("Faults")
    await expect(window.page.locator(".fault-form")).to_be_visible()
    assert await window.audit() == []
    await window.go(f"{desk.slack.url}/as/U0ENGINEER/about")
    assert await window.audit() == []


async def test_chinese_and_narrow_pass_the_audit(desk: Desk) -> None:
    window = await desk.window(member="U0CHINESE", size=NARROW)
    await window.type("/skill")
    await window.see("ML 实验跟踪")
    assert await window.audit() == []
    await expect(window.page.locator("html")).to_have_attribute("lang", "zh-CN")


async def test_the_audit_finds_what_is_wrong(desk: Desk) -> None:
    """The audit itself: a button without a name and grey text on grey must be found."""
    window = await desk.window()
    await window.page.evaluate(
        "() => { const b = document.createElement('button'); b.style.cssText ="
        " 'width:20px;height:20px'; const p = document.createElement('p');"
        " p.textContent = 'faint'; p.style.color = '#aaa'; p.style.background = '#bbb';"
        " document.querySelector('#pieces').append(b, p); }"
    )
    found = "\n".join(await window.audit())
    assert "no name: <button" in found
    assert "contrast 1." in found


async def test_the_keyboard_reaches_everything_in_order(desk: Desk) -> None:
    window = await desk.window()
    await window.type("/skill")
    await window.see("ML Experiment Tracking")
    names = await _tab_through(window, 45)
    wanted = [
        "Skip to the conversation",
        "Clock",
        "Inspector",
        "Colours",
        "general",
        "Nextrung",
        "Level",
        "Details",
        "Share in Channel",
        "Remove",
        "More actions",
        "Message",
    ]
    places = [
        next((at for at, name in enumerate(names) if name.removeprefix("#") == want), -1)
        for want in wanted
    ]
    assert -1 not in places, (wanted, names)
    assert places == sorted(places), (wanted, names)


async def _tab_through(window: Window, presses: int) -> list[str]:
    await window.page.evaluate("() => document.activeElement.blur()")
    await window.page.evaluate("() => document.body.focus()")
    await window.page.locator(".skip").focus()
    names = [await window.focused()]
    for _ in range(presses):
        await window.page.keyboard.press("Tab")
        names.append(await window.focused())
    return names
