"""The levels of one ladder in the making, and what a mapping says about them."""

from bot.domain.said import said
from bot.formats.imports.building.drafts import Registry, RowDraft, Values
from bot.formats.imports.report import ImportPlace, ImportProblems
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import LevelSpec
from bot.formats.mapping.words import normal

LEVEL, LEVEL_KEY = FieldSlot(Field.LEVEL), FieldSlot(Field.LEVEL_KEY)
_KEPT = frozenset(
    {
        Field.LEVEL,
        Field.LEVEL_RANK,
        Field.LEVEL_TRACK,
        Field.LEVEL_ALIASES,
        Field.LEVEL_SCOPE,
    }
)


class RowScope:
    """The levels of a named ladder, or of one role that no row puts on a ladder.

    `owner` is that ladder or role. `specs` are the levels that the mapping lists; where there are
    some, no other level may be named. They are the role's `own`, or those of the whole catalogue,
    of which a role has only the ones that rows give it.
    """

    def __init__(
        self,
        owner: RowDraft,
        specs: tuple[LevelSpec, ...],
        findings: ImportProblems,
        *,
        shared: bool,
        own: bool,
    ) -> None:
        self.owner = owner
        self.specs = specs
        self.shared = shared
        self.own = own
        self.levels = Registry(said("level"), findings)
        self.spec_of: dict[int, LevelSpec] = {}
        self._findings = findings
        self._by_word = {
            normal(word): spec
            for spec in reversed(specs)
            for word in (*spec.words, *spec.aliases, spec.key or spec.name, spec.name)
        }

    def level(self, values: Values, place: ImportPlace) -> RowDraft | None:
        """Return the level of a row, or None (and a finding) where the mapping has no such one."""
        key, name = values.get(LEVEL_KEY, ""), values.get(LEVEL, "")
        spec = None
        if self.specs:
            spec = self._by_word.get(normal(name)) or self._by_word.get(normal(key))
            if spec is None:
                message = said(
                    "the mapping does not list this level for the role; correct the cell, or add"
                    " the level under 'levels' at its height"
                )
                self._findings.row("unknown-level", message, place.of(name or key))
                return None
            name, key = spec.name, spec.key or key
        level = self.levels.find(key, name, place)
        if spec is not None:
            self.spec_of[level.number] = spec
        kept = {
            slot: value
            for slot, value in values.items()
            if slot.field in _KEPT and slot not in (LEVEL, LEVEL_KEY)
        }
        self.levels.tell(level, kept, place)
        return level

    def listed(self) -> None:
        """Add the levels that the mapping lists and no row mentions."""
        for spec in self.specs:
            level = self.levels.find(spec.key or "", spec.name, self.owner.place)
            self.spec_of[level.number] = spec
