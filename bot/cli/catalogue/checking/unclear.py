"""What members said about texts, beside lint: how often, and in which words; never who."""

from typing import Any

from bot.cli.catalogue.desk import Named, open_desk
from bot.cli.catalogue.printing import say
from bot.domain.catalogue.unclear import UnclearText
from bot.domain.revision import Catalogue
from bot.services.catalogue.unclear import texts_of
from bot.text.translator import Translator


async def unclear_in(found: Named) -> tuple[UnclearText, ...]:
    """Return what the members of all workspaces that use a published catalogue said about it.

    The same text of two workspaces is told once for each. Nothing for a folder, which nobody reads.

    Raises:
        StoreError: the database cannot be used.
    """
    if found.revision is None:
        return ()
    catalogue = Catalogue(found.revision, found.content)
    texts: list[UnclearText] = []
    async with open_desk() as desk:
        for tenant, key in await desk.database.catalogues.workspaces():
            if key == found.revision.catalogue_key:
                texts += await texts_of(desk.database, tenant, catalogue)
    return tuple(sorted(texts, key=lambda each: -each.times))


def print_unclear(texts: tuple[UnclearText, ...], tr: Translator) -> None:
    """Print a text a line, with the sentences below it."""
    if not texts:
        return
    heading = tr(
        "members ({count}): Said to be unclear, by nobody's name", count=tr.number(len(texts))
    )
    say(heading, style="bold yellow")
    for text in texts:
        where = " · ".join((text.cell.skill, text.cell.role, text.cell.level))
        times = tr.plural("{count} time", "{count} times", text.times)
        say(f"{where}: {times}", indent=2)
        for sentence in text.sentences:
            say(f"“{sentence}”", indent=4)
    say()


def unclear_data(texts: tuple[UnclearText, ...]) -> list[dict[str, Any]]:
    """Return the same as JSON shows it."""
    return [
        {
            "role": text.cell.role,
            "level": text.cell.level,
            "skill": text.cell.skill,
            "times": text.times,
            "sentences": list(text.sentences),
        }
        for text in texts
    ]
