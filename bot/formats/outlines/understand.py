"""Finds out which part of a text's place names the role, the level, the skill and its group.

Nothing is guessed in silence: what only probability speaks for is a remark, and where nothing reads
like a level or a skill the outcome is a question.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field
from types import MappingProxyType

from bot.domain.said import Said, said
from bot.formats.mapping.fields import Field
from bot.formats.mapping.words import normal
from bot.formats.outlines.dimensions import Dimension
from bot.formats.outlines.names import (
    MOSTLY,
    common_role,
    depth_share,
    is_generic,
    is_role_name,
    level_share,
    levels_among,
    reads_like_level,
    role_share,
    theme_share,
)
from bot.formats.outlines.pruning import pruned
from bot.formats.problems import shortened
from bot.values import dataclass

_HALF = 0.5
_NEARLY_ALL = 0.8
_SHARED = 0.3
_NAMED = 8
_NO_ANSWERS: Mapping[Field, str] = MappingProxyType({})
_STANDS_FOR = (Field.ROLE, Field.LEVEL, Field.SKILL, Field.GROUP, Field.DOMAIN)
_FAMILY = Field.FAMILY


@dataclass(frozen=True)
class Understanding:
    """What each part is. `asks` is the field that nothing was found for, None where all was."""

    parts: Mapping[Field, Dimension]
    values: Mapping[Field, str]
    remarks: tuple[Said, ...] = ()
    left_out: Mapping[Field, tuple[str, ...]] = field(default_factory=dict)
    """Values of a part that are none of its kind, such as a heading "Resources" among levels."""
    asks: Field | None = None
    open: tuple[Dimension, ...] = ()
    """The parts that the question is about."""

    @property
    def has_texts(self) -> bool:
        """Whether level and skill of the texts are known, and at most the role is asked."""
        return self.asks in (None, Field.ROLE)


def understand(
    dimensions: Sequence[Dimension], *, name: str, answers: Mapping[Field, str] = _NO_ANSWERS
) -> Understanding:
    """Return what the parts are, outermost first in `dimensions`; `name` is what holds all.

    The file's part is dropped where the headings say the same. `answers` name the column of a
    field, as somebody has said it.
    """
    return _Search(dimensions, name, answers).found()


class _Search:
    def __init__(
        self, dimensions: Sequence[Dimension], name: str, answers: Mapping[Field, str]
    ) -> None:
        self._free = pruned(dimensions)
        self._answers = answers
        self._order = {id(each): at for at, each in enumerate(dimensions)}
        self._name = name
        self._parts: dict[Field, Dimension] = {}
        self._values: dict[Field, str] = {}
        self._remarks: list[Said] = []
        self._left_out: dict[Field, tuple[str, ...]] = {}
        self._unclear: Dimension | None = None
        """The part that may name roles or groups of skills."""

    def found(self) -> Understanding:
        for field_, column in self._answers.items():
            for dimension in [each for each in self._free if each.column == column]:
                self._take(field_, dimension)
        for dimension in self._free[::-1]:
            if dimension.told in _STANDS_FOR or dimension.told is _FAMILY:
                self._take(dimension.told, dimension)
        if Field.LEVEL not in self._parts and not self._find_level():
            return self._question(Field.LEVEL)
        if Field.SKILL not in self._parts and not self._find_skill():
            return self._question(Field.SKILL)
        if Field.ROLE not in self._parts:
            self._find_role()
        if self._unclear is not None:
            return self._question(Field.ROLE, (self._unclear,))
        self._find_groups()
        return Understanding(self._parts, self._values, tuple(self._remarks), self._left_out)

    def _take(self, field_: Field, dimension: Dimension) -> None:
        if field_ not in self._parts:
            self._parts[field_] = dimension
            self._free = [each for each in self._free if each is not dimension]

    def _question(self, field_: Field, about: Sequence[Dimension] = ()) -> Understanding:
        open_ = tuple(about) or tuple(each for each in self._free if each.distinct)
        return Understanding(
            self._parts, self._values, tuple(self._remarks), asks=field_, open=open_
        )

    def _find_level(self) -> bool:
        """Take the part whose values read most like levels; True where there is one."""
        scored = [
            (level_share(each.distinct), at, each)
            for at, each in enumerate(self._free)
            if each.told is None and each.filled >= _HALF and not _is_unlikely(each)
        ]
        fitting = [each for each in scored if each[0] >= MOSTLY]
        if not fitting:
            return False
        # Names that are levels by themselves go before a series such as "Part 1", "Part 2".
        _, _, dimension = max(
            fitting, key=lambda each: (_share_of_levels(each[2]), each[0], each[1])
        )
        if len(dimension.distinct) == 1 and not reads_like_level(dimension.distinct[0]):
            return False
        if depth_share(dimension.distinct) >= _NEARLY_ALL and not all(
            map(reads_like_level, dimension.distinct)
        ):
            return False
        self._take(Field.LEVEL, dimension)
        levels = levels_among(dimension.distinct)
        others = tuple(value for value in dimension.distinct if value not in levels)
        if others:
            self._left_out[Field.LEVEL] = others
            names = ", ".join(map(shortened, others[:_NAMED]))
            self._remarks.append(
                said(
                    "'{column}': these read like no levels, so their texts are left out: {names}",
                    column=dimension.column,
                    names=names,
                )
            )
        return True

    def _find_skill(self) -> bool:
        """Take the innermost part that may name skills."""
        for dimension in reversed(self._free):
            names = dimension.distinct
            if not names or dimension.filled < _HALF or dimension.told is not None:
                continue
            if role_share(names) >= MOSTLY or (dimension.is_label and not self._is_list(dimension)):
                continue
            if dimension.is_file and len(names) == 1:
                continue
            role = self._parts.get(Field.ROLE)
            if role is not None and self._order[id(dimension)] < self._order[id(role)]:
                continue  # what holds roles is no skill
            self._take(Field.SKILL, dimension)
            return True
        for told in (Field.GROUP, Field.DOMAIN):
            if told in self._parts:
                # What a document calls themes or areas is all that it tells apart.
                self._parts[Field.SKILL] = self._parts.pop(told)
                return True
        return False

    def _is_list(self, label: Dimension) -> bool:
        """Whether words in bold are names of skills: nearly every text has one, which comes again.

        They are also where no heading could be one.
        """
        if label.filled < _NEARLY_ALL:
            return False
        texts = sum(map(bool, label.values))
        others = [
            each
            for each in self._free
            if each is not label
            and not each.is_file
            and each.filled >= _HALF
            and len(each.distinct) > 1
        ]
        return not others or len(label.distinct) <= _NEARLY_ALL * texts

    def _find_role(self) -> None:
        """Take the part that names roles; else a name that stands over everything."""
        varied = [
            each
            for each in self._free
            if len(each.distinct) > 1 and each.filled >= _HALF and not each.is_label
        ]
        for dimension in varied:
            if role_share(dimension.distinct) >= MOSTLY or self._shares_skills(dimension):
                self._take(Field.ROLE, dimension)
                return
        self._find_only_role()

    def _find_only_role(self) -> None:
        """Take what all the texts have in common for their role, or what the levels share."""
        left_out = self._left_out.get(Field.LEVEL, ())
        levels = [each for each in self._parts[Field.LEVEL].distinct if each not in left_out]
        constant = [
            each for each in self._free if len(each.distinct) == 1 and each.filled >= _NEARLY_ALL
        ]
        named = [each for each in constant if is_role_name(each.distinct[0])]
        from_levels = common_role(levels)
        plain = [each for each in constant if not is_generic(each.distinct[0]) and not each.is_file]
        if named:
            self._take(Field.ROLE, named[-1])
        elif from_levels:
            self._values[Field.ROLE] = from_levels
            self._remark_role(said("what its levels share"), from_levels)
        elif plain:
            self._take(Field.ROLE, plain[0])
        else:
            of_file = next((each for each in constant if each.is_file), None)
            name = (
                of_file.distinct[0]
                if of_file and not is_generic(of_file.distinct[0])
                else self._name
            )
            outermost = None if is_role_name(name) else self._roles_or_groups()
            if outermost is not None and role_share(outermost.distinct) > 0:
                self._take(Field.ROLE, outermost)
                return
            self._unclear = outermost
            self._values[Field.ROLE] = name
            self._remark_role(said("the name of the file or folder"), name)

    def _roles_or_groups(self) -> Dimension | None:
        """Return the outermost part that may name either, where nobody has said it."""
        if Field.ROLE in self._answers or Field.GROUP in self._parts:
            return None
        level = self._order.get(id(self._parts[Field.LEVEL]), 0)
        for each in self._free:
            several = len(each.distinct) > 1 and each.filled >= _NEARLY_ALL
            if self._order[id(each)] > level:
                continue  # what stands within a level parts its skills
            if several and not each.is_label and each.told is None:
                return None if theme_share(each.distinct) > 0 else each
        return None

    def _remark_role(self, source: Said, name: str) -> None:
        self._remarks.append(
            said("nothing names the role, so it is {source}: {name}", source=source, name=name)
        )

    def _shares_skills(self, dimension: Dimension) -> bool:
        """Whether the same skills stand under several values, as they do under roles."""
        under: dict[str, set[str]] = defaultdict(set)
        for value, skill in zip(dimension.values, self._parts[Field.SKILL].values, strict=True):
            if value and skill:
                under[normal(skill)].add(normal(value))
        several = sum(len(values) > 1 for values in under.values())
        return bool(under) and several >= _SHARED * len(under)

    def _find_groups(self) -> None:
        """Take the nearest parts above the skill for its group and domain."""
        rest = [each for each in self._free if each.filled >= _HALF and not each.is_label]
        varied = [each for each in rest if len(each.distinct) > 1]
        near = [each for each in varied if self._holds(each)]
        for field_ in (Field.GROUP, Field.DOMAIN):
            if field_ not in self._parts and near:
                self._take(field_, near.pop())
        if Field.GROUP not in self._parts:
            self._take_only_group(rest)
        for dimension in near:
            names = ", ".join(dimension.distinct[:4])
            self._remarks.append(
                said("'{column}' is not read: {names}", column=dimension.column, names=names)
            )

    def _take_only_group(self, rest: Sequence[Dimension]) -> None:
        """Take a heading with one value for the group, where it stands below that of the role."""
        role = self._parts.get(Field.ROLE)
        for dimension in reversed(rest):
            only = dimension.distinct[0] if len(dimension.distinct) == 1 else ""
            if not only or dimension.is_file or role is None or dimension not in self._free:
                continue
            if not is_generic(only) and not is_role_name(only):
                self._take(Field.GROUP, dimension)
                return

    def _holds(self, dimension: Dimension) -> bool:
        """Whether a skill mostly stands under one value of a part, as it does in a group."""
        return not self._shares_skills(dimension)


def _share_of_levels(dimension: Dimension) -> float:
    names = dimension.distinct
    return round(sum(map(reads_like_level, names)) / len(names), 1)


def _is_unlikely(dimension: Dimension) -> bool:
    return dimension.is_label and dimension.filled < MOSTLY
