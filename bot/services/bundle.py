"""The services that listeners call, built once by the composition root."""

from dataclasses import dataclass
from datetime import timedelta

from bot.services.assessing import Assessing
from bot.services.books import Books
from bot.services.catalogues import Catalogues
from bot.services.evidence_keeping import EvidenceKeeping
from bot.services.goals import Goals
from bot.services.holding import Holding
from bot.services.members import Members
from bot.services.ports import Clock, Profiles
from bot.services.records import Records
from bot.store.database import Database
from bot.text.translator import Translators


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a listener may use."""

    catalogues: Catalogues
    members: Members
    books: Books
    assessing: Assessing
    evidence: EvidenceKeeping
    goals: Goals
    records: Records
    translators: Translators
    clock: Clock


def build_services(
    database: Database,
    *,
    catalogues: Catalogues,
    profiles: Profiles,
    translators: Translators,
    clock: Clock,
    fresh_for: timedelta,
) -> Services:
    """Put the services together. `fresh_for` is how long a *met* is taken as it is."""
    books = Books(database)
    members = Members(database, profiles, clock, books)
    holding = Holding(database, books, clock)
    goals = Goals(database, holding, books, clock, fresh_for=fresh_for)
    return Services(
        catalogues=catalogues,
        members=members,
        books=books,
        assessing=Assessing(holding, goals),
        evidence=EvidenceKeeping(holding, books),
        goals=goals,
        records=Records(database, members, books, clock),
        translators=translators,
        clock=clock,
    )
