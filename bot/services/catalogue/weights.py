"""What weighs in memory of work on catalogues that are not published, in bytes, as estimated.

At a glance: looking at each text of a large file would hold up answers.
"""

from collections.abc import Sized

from bot.domain.catalogue.workspace_catalogue import UploadPreview
from bot.domain.framework import CatalogueContent
from bot.formats.imports.report import ImportResult

# With its text, as frameworks of 2,000 and of 250,000 expectations take it.
_EXPECTATION = 600
_SKILL = 1_500
# A problem of a file, a difference or a finding: an object with its texts, some of them shared.
_EACH = 800
_AT_LEAST = 20_000


def weight_of_examined(examined: tuple[ImportResult, UploadPreview | None]) -> int:
    """Return what was read of a file weighs, with what publishing it would change."""
    result, preview = examined
    contents = [result.content, result.supposed, preview.content if preview else None]
    once = {id(each): each for each in contents if each is not None}
    lists: list[Sized] = [result.problems, result.warnings, result.notes, result.rows]
    if preview is not None:
        lists += [preview.changes.differences, preview.findings]
    return _AT_LEAST + sum(map(_content, once.values())) + _EACH * sum(map(len, lists))


def weight_of_findings(findings: Sized) -> int:
    """Return what findings of lint weigh."""
    return _EACH * len(findings)


def _content(content: CatalogueContent) -> int:
    return _EXPECTATION * len(content.expectations) + _SKILL * len(content.skills)
