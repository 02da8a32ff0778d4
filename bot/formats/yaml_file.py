"""One YAML file as plain values that still know their lines.

A narrower YAML on purpose: text stays text (``no`` and ``1.10`` are not turned into something
else), a key may not be repeated, and anchors are refused, so a file says exactly what it shows and
cannot blow up when it is expanded.
"""

import re
from typing import Any

import yaml

from bot.domain.said import Said, said
from bot.formats.problems import FileProblem, NodePath, dotted
from bot.values import dataclass

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TAG = "tag:yaml.org,2002:"
_NULL, _INT, _MAP, _SEQ = f"{_TAG}null", f"{_TAG}int", f"{_TAG}map", f"{_TAG}seq"
_TEXT_TAGS = {
    f"{_TAG}{name}" for name in ("str", "int", "bool", "float", "timestamp", "merge", "value")
}
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})")
MIB = 1024 * 1024
MOST_BYTES = 4 * MIB
"""Of one file: its tree takes many times its size."""
_DEEPEST = 20
_TOO_DEEP = said("nested too deeply; compare with a file of the built-in catalogue")


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file that was read: `value` holds only dict, list, str, int and None."""

    name: str
    value: object
    root: yaml.Node | None

    def line(self, path: NodePath) -> int | None:
        """Return the line of the key or item at `path`, counted from 1.

        Where the path ends early (a key is missing) it is the line of the nearest parent.
        """
        node, line = self.root, None if self.root is None else self.root.start_mark.line + 1
        for step in path:
            found = _step(node, step)
            if found is None:
                break
            node, line = found
        return line

    def problem(self, path: NodePath, message: Said) -> FileProblem:
        """Return a problem of this file at the line of `path`."""
        return FileProblem(self.name, self.line(path), dotted(path), message)


def _step(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line + 1
    return None


def parse_yaml(name: str, data: bytes) -> tuple[YamlFile | None, list[FileProblem]]:
    """Read one file's bytes.

    Returns the file (None when it cannot be read at all) and every problem found on the way.
    """
    if len(data) > MOST_BYTES:
        message = said(
            "the file has {size} MB, and {limit} MB are read; split it, or leave out what is no"
            " part of the catalogue",
            size=f"{len(data) / MIB:,.0f}",
            limit=MOST_BYTES // MIB,
        )
        return None, [FileProblem(name, None, "", message)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        byte = data[error.start]
        message = said(
            "byte 0x{byte} is not UTF-8; save the file with the encoding UTF-8", byte=f"{byte:02x}"
        )
        return None, [FileProblem(name, line, "", message)]
    try:
        refused = _unreadable(name, text)
        if refused:
            return None, refused
        root = _compose(text)
    except yaml.YAMLError as error:
        return None, [_syntax_problem(name, text, error)]
    if root is None:
        return None, [FileProblem(name, None, "", said("the file is empty; fill it or delete it"))]
    converter = _Converter(name)
    value = converter.convert(root, ())
    # Where a part could not be turned into values, other checks would only report its absence.
    file = None if converter.incomplete else YamlFile(name, value, root)
    return file, converter.problems


def _unreadable(name: str, text: str) -> list[FileProblem]:
    """Return what must be refused before the file is composed into a tree.

    The compiled composer recurses without a limit of its own, so that a file of nothing but
    brackets would end the whole process; and an alias may make a small file huge, or endless.
    """
    problems: list[FileProblem] = []
    depth = 0
    for event in yaml.parse(text, _Loader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent):
            message = said(
                "the alias *{anchor} is not read; write its value out here", anchor=event.anchor
            )
            problems.append(FileProblem(name, line, "", message))
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return [*problems, FileProblem(name, line, "", _TOO_DEEP)]
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return problems


def _compose(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _syntax_problem(name: str, text: str, error: yaml.YAMLError) -> FileProblem:
    line, reason = None, Said(str(error))
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        reason = Said(error.problem or error.context or "syntax error")
    elif isinstance(error, yaml.reader.ReaderError):
        line = text.encode()[: error.position].count(b"\n") + 1
        reason = said(
            "character 0x{character} may not stand in a YAML file",
            character=f"{_code(error.character):02x}",
        )
    advice = said("indent with spaces only, and put a text with ': ' or ' #' in quotes")
    return FileProblem(
        name, line, "", said("not valid YAML ({reason}); {advice}", reason=reason, advice=advice)
    )


def _code(character: object) -> int:
    """Return a code point: PyYAML reports the character as a number or as a text."""
    return character if isinstance(character, int) else ord(str(character)[:1])


class _Converter:
    """Turns one node tree into plain values and collects what the format does not allow."""

    def __init__(self, name: str) -> None:
        self.problems: list[FileProblem] = []
        self.incomplete = False
        self._name = name

    def convert(self, node: yaml.Node, path: NodePath) -> object:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if isinstance(node, yaml.SequenceNode) and node.tag == _SEQ:
            return [self.convert(item, (*path, at)) for at, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode) and node.tag == _MAP:
            return self._mapping(node, path)
        self._refuse(node, path, said("the tag {tag} is not read; remove it", tag=node.tag))
        return None

    def _scalar(self, node: yaml.ScalarNode, path: NodePath) -> object:
        value: str = node.value
        if node.tag == _NULL:
            return None
        if node.tag == _INT and _DECIMAL.fullmatch(value):
            return int(value)
        if node.tag in _TEXT_TAGS:
            return value
        self._refuse(node, path, said("the tag {tag} is not read; remove it", tag=node.tag))
        return None

    def _mapping(self, node: yaml.MappingNode, path: NodePath) -> dict[str, object]:
        values: dict[str, object] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(key_node, path, said("a key must be one word or number, not a list"))
                continue
            key = key_node.value
            if key in lines:
                message = said(
                    "stands here again, first at line {line}; keep one of them",
                    line=str(lines[key]),
                )
                self._report(key_node, (*path, key), message)
                continue
            lines[key] = key_node.start_mark.line + 1
            values[key] = self.convert(value_node, (*path, key))
        return values

    def _refuse(self, node: yaml.Node, path: NodePath, message: Said) -> None:
        self.incomplete = True
        self._report(node, path, message)

    def _report(self, node: yaml.Node, path: NodePath, message: Said) -> None:
        line = node.start_mark.line + 1
        self.problems.append(FileProblem(self._name, line, dotted(path), message))
