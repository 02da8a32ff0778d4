"""What a nested document is made of: all values at one place taken together.

A mapping of a document is one of two things: an object, whose keys are the names of its fields, or
a table of contents, whose keys are values (``Junior``, ``Testing``). Told by the words, and by what
stands under them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Any

from bot.formats.mapping.fields import Field
from bot.formats.mapping.headers import FIELD_BY_HEADER
from bot.formats.mapping.words import normal
from bot.formats.outlines.names import MOSTLY, level_share
from bot.values import dataclass

DEEPEST = 60
_HALF = 0.5
_SAMPLED = 200
_NAMES = (
    *("name", "title", "label", "displayname", "display name", "名称", "名字", "标题"),
    *("nom", "nombre", "nome", "bezeichnung", "naam", "nazwa", "название", "名前", "이름"),
)
_IDS = ("id", "key", "slug", "code", "path", "identifier", "编号")
_CALLED = frozenset({*_NAMES, "id", "key", "slug"})
_FIELD_WORDS = frozenset(
    {
        *_NAMES,
        *_IDS,
        *("description", "desc", "summary", "text", "texts", "criteria", "examples", "example"),
        *("signals", "behaviours", "behaviors", "expectations", "items", "data", "content"),
        *("children", "values", "version", "meta", "metadata", "order", "weight", "type", "notes"),
        *(
            "note",
            "details",
            "milestones",
            "indicators",
            "evidence",
            "more",
            "tags",
            "links",
            "url",
        ),
        *("updated", "created", "author", "framework", "results", "rows", "records", "intro"),
    }
)
_THINGS = frozenset({Field.ROLE, Field.LEVEL, Field.SKILL})
_MORE_FIELDS = {
    "milestones": Field.LEVEL,
    "milestone": Field.LEVEL,
    "rung": Field.LEVEL,
    "rungs": Field.LEVEL,
    "stage": Field.LEVEL,
    "stages": Field.LEVEL,
    "step": Field.LEVEL,
    "steps": Field.LEVEL,
    "category": Field.GROUP,
    "categories": Field.GROUP,
    "group": Field.GROUP,
    "themes": Field.GROUP,
    "theme": Field.GROUP,
    "areas": Field.GROUP,
    "area": Field.GROUP,
    "pillars": Field.GROUP,
    "pillar": Field.GROUP,
    "dimensions": Field.GROUP,
    "dimension": Field.GROUP,
    "positions": Field.ROLE,
    "professions": Field.ROLE,
    "disciplines": Field.ROLE,
    "criteria": Field.TEXT,
    "signals": Field.TEXT,
    "examples": Field.TEXT,
    "behaviors": Field.TEXT,
    "behaviours": Field.TEXT,
    "desc": Field.TEXT,
    "more": Field.TEXT,
    "content": Field.TEXT,
    "notes": Field.TEXT,
    "details": Field.TEXT,
    "indicators": Field.TEXT,
    "evidence": Field.TEXT,
    "职级": Field.LEVEL,
    "级别": Field.LEVEL,
    **dict.fromkeys(("stufen", "niveaux", "niveles", "níveis", "livelli", "poziomy"), Field.LEVEL),
    **dict.fromkeys(("niveaus", "уровни", "grades", "bands"), Field.LEVEL),
    **dict.fromkeys(("rollen", "rôles", "métiers", "postes", "puestos", "cargos"), Field.ROLE),
    **dict.fromkeys(("funções", "ruoli", "роли", "должности", "jobs"), Field.ROLE),
    **dict.fromkeys(("fähigkeiten", "habilidades", "competências", "competenze"), Field.SKILL),
    **dict.fromkeys(("навыки", "компетенции", "umiejętności", "kompetencje"), Field.SKILL),
}


@dataclass(slots=True)
class Node:
    """All values at one place. `fields` are those of objects, `star` the values of a table."""

    objects: int = 0
    lists: int = 0
    words: list[str] = field(default_factory=list)
    count: int = 0
    fields: dict[str, "Node"] = field(default_factory=dict)
    item: "Node | None" = None
    star: "Node | None" = None
    keys: Counter[str] = field(default_factory=Counter)

    @property
    def is_words(self) -> bool:
        """Whether there are nothing but words, or lists of them."""
        if self.objects:
            return False
        return self.item is None or self.item.is_words

    def always_says(self, name: str) -> bool:
        """Whether every object has a word under this name."""
        held = self.fields.get(name)
        if held is None or not held.is_words or held.item is not None:
            return False
        return held.count == self.objects and len(held.words) == min(held.count, _SAMPLED)


def structure(documents: Iterable[Any]) -> Node:
    """Return what documents of one kind are made of, all taken together."""
    root = Node()
    for each in documents:
        _add(root, each, 0)
    _settle(root)
    return root


def _add(node: Node, value: Any, depth: int) -> None:
    node.count += 1
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        node.objects += 1
        for name, held in value.items():
            node.keys[str(name)] += 1
            _add(node.fields.setdefault(str(name), Node()), held, depth + 1)
    elif isinstance(value, list):
        node.lists += 1
        node.item = node.item or Node()
        for each in value:
            _add(node.item, each, depth + 1)
    elif value is not None and len(node.words) < _SAMPLED:
        node.words.append(str(value))


def _settle(node: Node) -> None:
    """Decide for each mapping what its keys are, from the outside in."""
    if node.objects and _is_table(node):
        node.star = Node()
        for held in node.fields.values():
            _merge(node.star, held)
        node.fields = {}
    for each in (*node.fields.values(), node.item, node.star):
        if each is not None:
            _settle(each)


def _merge(into: Node, other: Node) -> None:
    into.objects += other.objects
    into.lists += other.lists
    into.count += other.count
    into.words += other.words[: max(0, _SAMPLED - len(into.words))]
    into.keys += other.keys
    for name, held in other.fields.items():
        _merge(into.fields.setdefault(name, Node()), held)
    if other.item is not None:
        into.item = into.item or Node()
        _merge(into.item, other.item)


def _is_table(node: Node) -> bool:
    """Whether the keys of a mapping are values."""
    names = list(node.fields)
    if not names:
        return False
    if level_share(names) >= MOSTLY and not any(field_of(name) in _THINGS for name in names):
        return True
    if sum(map(is_field_word, names)) >= _HALF * len(names) and not _are_sections(node):
        return False
    if any(normal(name) in _CALLED for name in names):
        return False  # what has a name is a thing, whatever its other keys are
    if len(names) == 1 and _is_list_of_objects(node.fields[names[0]]):
        return False
    kinds = {
        "words" if each.is_words else (bool(each.objects), bool(each.lists))
        for each in node.fields.values()
    }
    return len(kinds) == 1


def _are_sections(node: Node) -> bool:
    """Whether keys are names of sections, though one is called as a field may be: Craft, Data."""
    names = list(node.fields)
    others = [name for name in names if not is_field_word(name)]
    plain = all(field_of(name) is None for name in names)
    parts = all(each.objects and not each.lists for each in node.fields.values())
    return bool(others) and plain and parts


def _is_list_of_objects(node: Node) -> bool:
    return node.item is not None and bool(node.item.objects)


def is_field_word(name: str) -> bool:
    """Whether a key reads like the name of a field."""
    word = normal(name)
    return word in _FIELD_WORDS or field_of(name) is not None


def field_of(name: str) -> Field | None:
    """Return the field that a key names, in singular or plural; None where it names none."""
    word = normal(name)
    for each in (word, *_singulars(word)):
        found = _MORE_FIELDS.get(each) or FIELD_BY_HEADER.get(each)
        if found is not None:
            return found
    return None


def _singulars(word: str) -> Iterator[str]:
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    if word.endswith("s"):
        yield word[:-1]


def name_field(node: Node) -> str:
    """Return the field by which an object is called, "" where it has none."""
    return next((name for word in _NAMES for name in node.fields if normal(name) == word), "")


def id_field(node: Node) -> str:
    """Return the field by which others refer to an object, "" where it has none."""
    return next((name for word in _IDS for name in node.fields if normal(name) == word), "")
