"""Things in the making: each role, level, skill … once, however many rows tell about it."""

from collections.abc import Mapping

from bot.domain.said import Said, said
from bot.formats.imports.report import ImportPlace, ImportProblems
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.words import normal, one_line

Values = Mapping[FieldSlot, str]


class RowDraft:
    """One thing that rows tell about. `number` is its place in the order of appearance."""

    __slots__ = ("key", "name", "number", "place", "values")

    def __init__(self, number: int, key: str, name: str, place: ImportPlace) -> None:
        self.number = number
        self.key = key
        """The key as the file has it; "" where it has none."""
        self.name = name
        """The name on one line; "" until a row gives it."""
        self.place = place
        self.values: dict[FieldSlot, str] = {}

    @property
    def title(self) -> str:
        """The name, or what stands for it in a message."""
        return self.name or self.key


class Registry:
    """The drafts of one kind, found by the key that the file gives, else by name.

    Names are compared as people read them: case, spaces and punctuation do not tell two apart.
    """

    def __init__(self, kind: Said, findings: ImportProblems) -> None:
        self.kind = kind
        self.drafts: list[RowDraft] = []
        self._findings = findings
        self._by_key: dict[str, RowDraft] = {}
        self._by_name: dict[str, RowDraft] = {}

    def find(self, key: str, name: str, place: ImportPlace, *, scope: str = "") -> RowDraft:
        """Return the thing with this key or name, made if new. One of both must be given.

        Within one `scope` a name stands for one thing; a key is the same everywhere.
        """
        name = one_line(name)
        known = self._by_key.get(key) if key else None
        if known is None and name:
            known = self._by_name.get(scope + normal(name))
            if known is not None and key and known.key:
                known = None  # another thing of the same name
        if known is None:
            return self._new(key, name, place, scope)
        if key and not known.key:
            known.key = key
            self._by_key[key] = known
        if name and not known.name:
            known.name = name
            self._by_name.setdefault(scope + normal(name), known)
        elif name and name != known.name:
            self._respelled(known, name, place)
        return known

    def named(self, name: str, *, scope: str = "") -> RowDraft | None:
        """Return the thing with this name, or None."""
        return self._by_name.get(scope + normal(name))

    def nameless(self, key: str) -> str:
        """Return the key if a thing has it that no row has named yet, else ""."""
        known = self._by_key.get(key)
        return key if known is not None and not known.name else ""

    def rescope(self, draft: RowDraft, scope: str) -> None:
        """Let a thing also be found by its name within another scope."""
        self._by_name.setdefault(scope + normal(draft.name), draft)

    def tell(self, draft: RowDraft, values: Values, place: ImportPlace) -> bool:
        """Add what a row says about a thing; return whether any of it is new.

        The first value stays where rows differ, and the difference is reported; of the days of
        updates, written as year-month-day, the last stays.
        """
        new = False
        for slot, value in values.items():
            if slot not in draft.values:
                draft.values[slot] = value
                new = True
            elif slot.field is Field.SKILL_UPDATED:
                draft.values[slot] = max(draft.values[slot], value)
            elif draft.values[slot] != value:
                report_differing(self.kind, str(slot), place.of(value), self._findings)
        return new

    def _new(self, key: str, name: str, place: ImportPlace, scope: str) -> RowDraft:
        draft = RowDraft(len(self.drafts), key, name, place)
        self.drafts.append(draft)
        if key:
            self._by_key[key] = draft
        if name:
            self._by_name.setdefault(scope + normal(name), draft)
        return draft

    def _respelled(self, known: RowDraft, name: str, place: ImportPlace) -> None:
        message = said(
            "one {kind} is spelled in several ways; the first spelling is kept", kind=self.kind
        )
        self._findings.warning("spelling", message, place.of(f"{name} / {known.name}"))


def report_differing(kind: Said, slot: str, place: ImportPlace, findings: ImportProblems) -> None:
    """Report that rows say different things of one; `place` is where the second one is said."""
    message = said(
        "rows give one {kind} several values of '{slot}'; the first is kept: write"
        " the same in every row",
        kind=kind,
        slot=slot,
    )
    findings.warning("differing-values", message, place)
