"""The ways across tenants are a fixed list: each is gone where it is known to be, nowhere else."""

import ast
from collections import defaultdict
from pathlib import Path

from bot.store.isolation.reach import Across
from tests.docs.pages import ROOT

STORE = ROOT / "bot" / "store"
KNOWN = {
    "CHANGES": {"database"},
    "INSTALLATIONS": {"tokens/installed"},
    "PLANNING": {"nudges/planner"},
    "ROTATING": {"installs/refreshing"},
    "SENDING": {"nudges/senders", "nudges/outbox"},
    "ERRANDS": {"effects"},
    "NEWS": {"growth/goal_news"},
    "HELPING": {"teams/helping/everywhere"},
    "COUNTING": {"teams/helping/adoption"},
    "ACTIONS": {"growth/due_actions"},
    "SHARES": {"teams/due"},
    "TALKS": {"teams/due_talks"},
    "DRAFTS": {"catalogue/due_drafts"},
    "SWEEPING": {"audit/acts", "catalogue/due_drafts", "catalogue/uploads", "database"},
    "OPERATING": {
        *("audit/acts", "catalogue/published", "database", "fitness/standing", "installs/moves"),
        *("nudges/operator", "tokens/installed"),
    },
    "JOINING": {"installs/joining", "installs/moves"},
    "MOVING": {"installs/moves"},
    "ORGANISING": {"installs/frameworks", "installs/organisations"},
    "RESTORING": {"database"},
    "COPYING": {"copies/snapshot"},
}
"""Where each is gone. Whoever adds a place says in its review why one tenant is not enough."""


def _named(path: Path) -> set[str]:
    """Return the ways across that a module names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Across"
    }


def test_each_way_across_is_gone_where_it_is_known_to_be() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for path in STORE.rglob("*.py"):
        for name in _named(path):
            found[name].add(str(path.relative_to(STORE).with_suffix("")))
    assert dict(found) == KNOWN
    assert set(KNOWN) == {each.name for each in Across}


def test_nobody_else_takes_the_role() -> None:
    """Its words stand in one module, and migrations and copies alone use them besides."""
    users = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "bot").rglob("*.py")
        if "CROSS" in path.read_text(encoding="utf-8").replace("Across", "")
    }
    assert users == {"bot/store/isolation/reach.py", "bot/store/isolation/lock.py"}


def test_only_the_store_knows_of_it() -> None:
    outside = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "bot").rglob("*.py")
        if STORE not in path.parents and "isolation.reach" in path.read_text(encoding="utf-8")
    }
    assert outside == set()
