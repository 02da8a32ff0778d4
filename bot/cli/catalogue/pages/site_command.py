"""`nextrung catalogue site`."""

from datetime import UTC, datetime
from pathlib import Path

from bot.cli.catalogue.desk import Named, find
from bot.cli.catalogue.pages.folder import write_pages
from bot.cli.catalogue.printing import counted, say
from bot.documents.catalogue.site import Site, site_files
from bot.domain.framework import Catalogue, RevisionInfo
from bot.text.languages import load_languages


async def write_site(target: str, folder: Path, *, force: bool) -> None:
    """Write a catalogue as a folder of web pages.

    Raises:
        ExportRefused: something else stands in the way.
        NextrungError, CatalogueFileErrors: as `find` does.
        OSError: the disk refuses.
    """
    (found,) = await find(target)
    site = Site(catalogue_of(found), found.revision)
    files, changed = write_pages(
        site_files(site, load_languages().translators), folder, force=force
    )
    told = "all of them new" if changed == files else f"{changed:,} of them new or changed"
    say(f"Wrote {found.label} to {folder}: {counted(files, 'file')}, {told}.")
    say(f"Open {folder / 'index.html'} in a browser, or put the folder on any web server.")


def catalogue_of(found: Named) -> Catalogue:
    """Return a catalogue with its indexes, also of a folder, which is no revision."""
    unpublished = RevisionInfo(0, "", 0, "", "", datetime(1970, 1, 1, tzinfo=UTC))
    return Catalogue(found.revision or unpublished, found.content)
