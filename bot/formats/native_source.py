"""The files that a native catalogue is read from, told apart without parsing any.

A process that starts asks only whether the built-in catalogue is the one that is published: it
must not pay for the parser and the schemas.
"""

import hashlib
from pathlib import Path

from bot.domain.said import said
from bot.formats.problems import CatalogueFileErrors, FileProblem


def yaml_paths(folder: Path) -> list[Path]:
    """Return every YAML file in the folder and below, hidden ones aside, in a fixed order.

    Raises:
        CatalogueFileErrors: the folder is missing or is not a folder.
    """
    if not folder.is_dir():
        message = said("no such folder; give the folder that holds catalogue.yaml")
        raise CatalogueFileErrors([FileProblem(str(folder), None, "", message)])
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(
        path
        for path in found
        if path.suffix.lower() in (".yaml", ".yml")
        and not any(part.startswith(".") for part in path.parts)
    )


def source_digest(folder: Path) -> str:
    """Return a sha256 (hexadecimal) that changes when a YAML file of the folder does.

    It covers the relative path and the bytes of each file and parses nothing, so it is cheap enough
    to ask on every start.

    Raises:
        CatalogueFileErrors: the folder is missing.
        OSError: a file cannot be read from the disk.
    """
    digest = hashlib.sha256()
    for path in yaml_paths(folder):
        data = (folder / path).read_bytes()
        # Lengths keep two different sets of files from running together into the same bytes.
        name = path.as_posix().encode()
        digest.update(b"%d:%s:%d:" % (len(name), name, len(data)))
        digest.update(data)
    return digest.hexdigest()
