"""The values of a YAML file that is expected to be right, in a third of the time.

It reads what `yaml_file` reads, from the parser's events, without a tree that knows its lines.
Whatever that would refuse or report makes it give up: then the file is to be read again with that.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from bot.formats.yaml_file import MOST_BYTES, YamlFile

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DEEPEST = 20


class IrregularYaml(ValueError):
    """A file is not as plain as it was expected to be."""


def parse_plain(name: str, data: bytes) -> YamlFile:
    """Read one file's bytes; the file does not know its lines.

    Raises:
        IrregularYaml: it is to be read with `parse_yaml`.
    """
    if len(data) > MOST_BYTES:
        raise IrregularYaml
    try:
        events = yaml.parse(data.decode("utf-8-sig"), _Loader)
        for opening in (yaml.StreamStartEvent, yaml.DocumentStartEvent):
            _expect(next(events), opening)
        value = _value(next(events), events, _DEEPEST)
        for closing in (yaml.DocumentEndEvent, yaml.StreamEndEvent):
            _expect(next(events), closing)
    except (yaml.YAMLError, UnicodeDecodeError, StopIteration) as error:
        raise IrregularYaml from error
    return YamlFile(name, value, None)


def _expect(event: Any, kind: type[yaml.Event]) -> None:
    if not isinstance(event, kind):
        raise IrregularYaml


def _value(event: Any, events: Iterator[Any], deepest: int) -> object:
    """Return the value that begins with this event.

    Raises:
        IrregularYaml: an alias, a tag, a key that is repeated or no text, or too deep a nest.
    """
    kind = type(event)
    if kind is yaml.ScalarEvent:
        return _scalar(event)
    starts = kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent
    if not starts or event.tag is not None or not deepest:
        raise IrregularYaml
    if kind is yaml.MappingStartEvent:
        values: dict[str, object] = {}
        while type(event := next(events)) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent or event.value in values:
                raise IrregularYaml
            values[event.value] = _value(next(events), events, deepest - 1)
        return values
    items: list[object] = []
    while type(event := next(events)) is not yaml.SequenceEndEvent:
        items.append(_value(event, events, deepest - 1))
    return items


def _scalar(event: Any) -> object:
    if event.tag is not None:
        raise IrregularYaml
    value: str = event.value
    if not event.implicit[0]:
        return value  # in quotes, or a block
    if value in _NULLS:
        return None
    return int(value) if _DECIMAL.fullmatch(value) else value
