"""What an owner decides about lint: how grave a rule is, and which spelling is theirs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from enum import StrEnum
from types import MappingProxyType

from bot.domain.catalogue.lint.finding import LintFinding, LintRule, LintSeverity
from bot.values import dataclass

_AS_THEY_ARE: Mapping[LintRule, LintSeverity | None] = MappingProxyType({})


class Spelling(StrEnum):
    """Which English a framework is written in."""

    BRITISH = "british"
    AMERICAN = "american"


@dataclass(frozen=True, slots=True)
class LintSettings:
    """`severities` has the rules that are not as grave as by default; None turns one off.

    Without a `spelling` the one that most words have counts.
    """

    severities: Mapping[LintRule, LintSeverity | None] = field(
        default_factory=lambda: _AS_THEY_ARE, hash=False
    )
    spelling: Spelling | None = None

    def judged(self, findings: Iterable[LintFinding]) -> Iterator[LintFinding]:
        """Yield the findings as grave as they are here, those of a rule that is off left out."""
        for each in findings:
            severity = self.severities.get(each.rule, each.severity)
            if severity is not None:
                yield each if severity is each.severity else replace(each, severity=severity)


DEFAULT_SETTINGS = LintSettings()
