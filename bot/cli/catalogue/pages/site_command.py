"""`nextrung catalogue site`."""

from datetime import UTC, datetime
from pathlib import Path

from bot.cli.catalogue.desk import Named, find
from bot.cli.catalogue.pages.folder import write_pages
from bot.cli.catalogue.printing import counted, say
from bot.documents.catalogue.addresses import role_address, skill_address
from bot.documents.catalogue.site import Site, site_files
from bot.domain.moves import Moves
from bot.domain.revision import Catalogue, RevisionInfo
from bot.text.languages import load_languages


async def write_site(target: str, folder: Path, *, force: bool) -> None:
    """Write a catalogue as a folder of web pages.

    Raises:
        ExportRefused: something else stands in the way.
        NextrungError, CatalogueFileErrors: as `find` does.
        OSError: the disk refuses.
    """
    (found,) = await find(target)
    site = Site(catalogue_of(found), found.revision, moved_pages(found.moves))
    files, changed = write_pages(
        site_files(site, load_languages().translators), folder, force=force
    )
    told = "all of them new" if changed == files else f"{changed:,} of them new or changed"
    say(f"Wrote {found.label} to {folder}: {counted(files, 'file')}, {told}.")
    say(f"Open {folder / 'index.html'} in a browser, or put the folder on any web server.")


def moved_pages(moves: Moves) -> dict[str, str]:
    """Return where the pages of keys are that another key took over from."""
    roles = {role_address(old): role_address(new) for old, new in moves.roles.items()}
    return roles | {skill_address(old): skill_address(new) for old, new in moves.skills.items()}


def catalogue_of(found: Named) -> Catalogue:
    """Return a catalogue with its indexes, also of a folder, which is no revision."""
    unpublished = RevisionInfo(0, "", 0, "", "", datetime(1970, 1, 1, tzinfo=UTC))
    return Catalogue(found.revision or unpublished, found.content)
