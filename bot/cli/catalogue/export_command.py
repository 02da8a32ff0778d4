"""`nextrung catalogue export`."""

from pathlib import Path

from bot.cli.catalogue.choices import Format
from bot.cli.catalogue.desk import find
from bot.cli.catalogue.printing import say, sizes
from bot.domain.errors import NextrungError
from bot.formats.exports.errors import ExportError
from bot.formats.exports.losses import lost
from bot.formats.exports.registry import export


class ExportRefused(NextrungError):
    """The export cannot be written as asked. Params: `remedy`."""

    code = "export_refused"


async def export_catalogue(
    target: str, chosen: Format, output: Path, *, locale: str | None, force: bool
) -> None:
    """Write a catalogue to a file or a folder, after saying what that leaves out.

    Raises:
        ExportRefused: the output stands in the way, or the format has no choice of language.
        NextrungError, CatalogueFileErrors: as `find` does.
        OSError: the disk refuses.
    """
    (found,) = await find(target)
    left_out = lost(found.content, chosen.value, locale)
    if left_out:
        say(f"What {chosen.value} leaves out:")
        for each in left_out:
            say(each, indent=2)
    try:
        export(found.content, chosen.value, output, locale=locale, overwrite=force)
    except ExportError as error:
        words = str(error).replace("allow to overwrite", "add --force")
        raise ExportRefused(remedy=f"{words[:1].upper()}{words[1:]}.") from error
    say(f"Wrote {found.label} to {output}: {sizes(found.content)}.")
