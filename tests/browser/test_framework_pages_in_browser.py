"""The pages of a framework and the page of a comparison, opened from the disk."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Route, expect

from bot.cli.catalogue.pages.folder import write_pages
from bot.documents.catalogue.comparison import comparison_html
from bot.documents.catalogue.site import Site, site_files
from bot.domain.catalogue.diff import diff
from bot.domain.text import LocalText
from bot.text.languages import load_languages
from tests.browser.desk import AUDIT
from tests.unit.samples import workshop

TRANSLATORS = load_languages().translators


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_they_are_read_and_searched_without_a_server(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    catalogue = workshop()
    old = catalogue.content
    write_pages(site_files(Site(catalogue), TRANSLATORS), tmp_path / "site", force=False)
    cells = [replace(old.expectations[0], text=LocalText("Saws it")), *old.expectations[1:-1]]
    found = diff(old, replace(old, expectations=tuple(cells)))
    comparison = tmp_path / "diff.html"
    pieces = comparison_html(found, "one", "two", TRANSLATORS.for_locale("en"))
    comparison.write_text("".join(pieces), "utf-8")

    context = await browser.new_context(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    page = await context.new_page()
    asked, complaints = [], []
    page.on("request", lambda each: asked.append(each.url))
    page.on("console", lambda each: complaints.append(each.text))
    await page.goto((tmp_path / "site" / "zh" / "index.html").as_uri())
    assert await page.evaluate(AUDIT) == []
    await page.keyboard.press("/")
    await page.keyboard.type("CUTT")
    await expect(page.locator("#found a")).to_have_text("锯切 Craft › Tools")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_have_text("锯切")
    assert await page.evaluate(AUDIT) == []
    await page.get_by_role("link", name="English").click()
    await page.get_by_role("heading", name="Joiner").get_by_role("link").click()
    assert page.url.endswith("site/roles/joiner.html")
    assert await page.evaluate(AUDIT) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390

    await page.goto(comparison.as_uri())
    assert await page.evaluate(AUDIT) == []
    await page.get_by_label("Kind of change").select_option("reworded")
    await expect(page.locator("article:visible")).to_have_count(1)
    await expect(page.locator("#shown")).to_have_text("Changes shown: 1")
    assert complaints == []
    assert {each.split(":")[0] for each in asked} == {"file"}
    await context.close()


async def test_an_audit_waits_for_the_styles_of_a_page(browser: Browser, tmp_path: Path) -> None:
    write_pages(site_files(Site(workshop()), TRANSLATORS), tmp_path / "site", force=False)
    context = await browser.new_context(color_scheme="dark")
    page = await context.new_page()
    await page.goto((tmp_path / "site" / "index.html").as_uri())
    held: asyncio.Queue[Route] = asyncio.Queue()
    await page.route("**/*.css", held.put)
    await page.locator("a[href='roles/joiner.html']").first.click()
    styles = await held.get()
    audit = asyncio.create_task(page.evaluate(AUDIT))
    await asyncio.sleep(0)  # it is asked first, so that it begins before the next
    assert await page.evaluate("document.readyState") != "complete"
    await styles.continue_()
    assert await audit == []
    await context.close()
