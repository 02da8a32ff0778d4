"""The page's scripts: each is there, and none needs itself, however many files lie between."""

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from bot.sandbox import page

ASSETS = Path(page.__file__).parent / "assets"
# Also imports over several lines, for effect only, and at run time.
_IMPORT = re.compile(
    r"""^\s*(?:import|export)\b[^;"']*?\bfrom\s*["']([^"']+)["']|"""
    r"""\bimport\s*\(?\s*["']([^"']+)["']""",
    re.MULTILINE,
)


def imported(script: str, at: Path) -> set[Path]:
    """The files that a script imports, itself at `at`."""
    return {(at.parent / (one or other)).resolve() for one, other in _IMPORT.findall(script)}


def circle(graph: dict[Path, set[Path]]) -> list[str]:
    """The names of the files along one circle; [] where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return [path.name for path in found.args[1]]
    return []


def _scripts() -> dict[Path, set[Path]]:
    return {
        path.resolve(): imported(path.read_text("utf-8"), path) for path in ASSETS.rglob("*.js")
    }


def test_no_script_needs_itself() -> None:
    graph = _scripts()
    assert sum(len(needed) for needed in graph.values()) > 30
    assert circle(graph) == []


def test_no_folder_of_scripts_needs_itself() -> None:
    folders: dict[Path, set[Path]] = {}
    for path, needed in _scripts().items():
        others = {each.parent for each in needed} - {path.parent}
        folders.setdefault(path.parent, set()).update(others)
    assert len(folders) > 1
    assert circle(folders) == []


def test_every_imported_script_is_there() -> None:
    graph = _scripts()
    assert set().union(*graph.values()) <= graph.keys()


@pytest.mark.parametrize(
    "script",
    [
        'import { a } from "./b.js";',
        'import {\n  a,\n  c,\n} from "./b.js";',
        'export { a } from "./b.js";',
        'import "./b.js";',
        'const b = await import("./b.js");',
    ],
)
def test_a_circle_of_two_scripts_is_found(script: str) -> None:
    one, other = Path("/x/a.js"), Path("/x/b.js")
    back = imported('import { b } from "./a.js";', other)
    assert circle({one: imported(script, one), other: back}) != []
    assert circle({one: imported(script, one), other: set()}) == []
