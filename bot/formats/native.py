"""Reads the native catalogue format: a folder of YAML files.

``catalogue.yaml`` holds what is shared, ``roles/<key>.yaml`` one role each and
``skills/<key>.yaml`` one skill each, with what every role expects of it. The JSON Schemas in
``data/schema/`` describe the three kinds of file.
"""

from pathlib import Path
from typing import cast

from bot.domain.framework import CatalogueContent
from bot.formats.native_build import Row, build_content
from bot.formats.native_checks import reference_problems
from bot.formats.native_files import NativeFiles, load_bundled, load_files
from bot.formats.problems import CatalogueFileErrors


def read_folder(folder: Path) -> CatalogueContent:
    """Read a whole catalogue.

    Domains and groups keep their order; skills are ordered by domain, group and their `order`;
    roles by their `order`; expectations by role, level and skill.

    Raises:
        CatalogueFileErrors: anything is wrong. It carries every problem of every file at once.
        OSError: a file cannot be read from the disk.
    """
    # The schemas prove that each file is a mapping of the shape the builder reads.
    return _content(load_files(folder))


def read_bundled(folder: Path) -> CatalogueContent:
    """Read the catalogue that comes with Nextrung, whose files its tests hold against the schemas.

    Raises:
        CatalogueFileErrors: somebody changed a file, and something is wrong with it.
        OSError: a file cannot be read from the disk.
    """
    try:
        return _content(load_bundled(folder))
    except (CatalogueFileErrors, AttributeError, KeyError, TypeError, ValueError):
        return read_folder(folder)


def _content(files: NativeFiles) -> CatalogueContent:
    problems = [*files.problems, *reference_problems(files)]
    if problems or files.catalogue is None:
        raise CatalogueFileErrors(problems)
    return build_content(
        cast("Row", files.catalogue.value),
        [cast("Row", file.value) for file in files.roles],
        [cast("Row", file.value) for file in files.skills],
    )
