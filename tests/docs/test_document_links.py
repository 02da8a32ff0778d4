"""Every link, picture and path in the documents leads somewhere."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest

from tests.docs.pages import ROOT, Page, all_pages

FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] not in "._"}
_each_page = pytest.mark.parametrize("page", all_pages(), ids=lambda page: page.name)


def _target(page: Page, link: str) -> tuple[str, str]:
    """Return the file a link leads to, below the root, and the anchor in it."""
    address, _, anchor = link.partition("#")
    if not address:
        return page.name, anchor
    path = (page.path.parent / unquote(address)).resolve()
    return path.relative_to(ROOT).as_posix(), anchor


@_each_page
def test_links_lead_somewhere(page: Page) -> None:
    for link in page.links:
        name, anchor = _target(page, link)
        assert (ROOT / name).exists(), f"{page.name} links to {link}, which does not exist"
        if anchor:
            assert anchor in Page(name).anchors, f"{page.name} links to {link}: no such heading"


@_each_page
def test_pictures_exist_and_are_described(page: Page) -> None:
    for source in page.images:
        name, _ = _target(page, source)
        assert (ROOT / name).is_file(), f"{page.name} shows {source}; run `make screenshots`"
    source_text = page.path.read_text(encoding="utf-8")
    assert not re.search(r"!\[\s*\]", source_text), f"{page.name} has a picture without a text"


@_each_page
def test_paths_exist(page: Page) -> None:
    for code in page.code:
        is_path = re.fullmatch(r"[\w.\-]+(/[\w.\-]+)+/?", code)
        if is_path and PurePosixPath(code).parts[0] in FOLDERS:
            assert (ROOT / code).exists(), f"{page.name} names {code}, which does not exist"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[str] = set()
    ahead = ["README.md"]
    while ahead:
        name = ahead.pop()
        if name not in reached and name.endswith(".md"):
            reached.add(name)
            page = Page(name)
            ahead += [_target(page, link)[0] for link in page.links]
    ours = {page.name for page in all_pages() if not page.name.startswith("data/")}
    # CHANGELOG and the like are found by their names, pages under docs/ are not.
    assert {name for name in ours if name.startswith("docs/")} - {"docs/README.md"} <= reached
