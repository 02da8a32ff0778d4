"""`nextrung catalogue list` and `show`."""

from collections import Counter
from typing import Any

from bot.cli.catalogue.desk import Named, find, open_desk
from bot.cli.catalogue.printing import local, moment, say, say_json, show_table, sizes
from bot.cli.catalogue.publish_command import revision_data
from bot.domain.catalogue.publication import RevisionSummary
from bot.services.lookup.shelves import BUILT_IN


async def print_catalogues(key: str | None, *, as_json: bool) -> None:
    """Print every catalogue's newest revision, or all revisions of one catalogue.

    Raises:
        NoSuchRevision: no catalogue has this key.
        StoreError: the database cannot be used.
    """
    async with open_desk() as desk:
        everything = await desk.database.catalogues.summaries()
        used = Counter(own or BUILT_IN for _, own in await desk.database.catalogues.workspaces())
        if key is not None and not any(each.info.catalogue_key == key for each in everything):
            await desk.publishing.revision(key)  # raises, and names the catalogues there are
    if key is not None:
        shown = [each for each in everything if each.info.catalogue_key == key]
    else:
        newest = {each.info.catalogue_key: each for each in reversed(everything)}
        shown = sorted(newest.values(), key=lambda each: each.info.catalogue_key)
    if as_json:
        say_json([_data(each, used[each.info.catalogue_key]) for each in shown])
    elif shown:
        _print_summaries(shown, None if key else used)
    else:
        say("No catalogue is published yet. The built-in one is when Nextrung first starts.")
        say('Publish your own: nextrung catalogue publish PATH --note "First revision"')


def _data(each: RevisionSummary, workspaces: int) -> dict[str, Any]:
    return {
        **(revision_data(each.info) or {}),
        "name": each.name,
        "roles": each.roles,
        "skills": each.skills,
        "expectations": each.expectations,
        "workspaces": workspaces,
    }


def _print_summaries(shown: list[RevisionSummary], used: Counter[str] | None) -> None:
    columns = ["catalogue", "published", "author", "note", "roles", "skills", "expectations"]
    rows = [
        [
            f"{each.info.catalogue_key}@{each.info.number}",
            moment(each.info.published_at),
            each.info.author,
            each.info.note,
            *(f"{figure:,}" for figure in (each.roles, each.skills, each.expectations)),
            *([] if used is None else [f"{used[each.info.catalogue_key]:,}"]),
        ]
        for each in shown
    ]
    show_table([*columns, *([] if used is None else ["workspaces"])], rows, right=4)


async def show_catalogue(target: str, *, as_json: bool) -> None:
    """Print what one catalogue holds.

    Raises:
        As `find` does.
    """
    (found,) = await find(target)
    if as_json:
        say_json(_overview(found))
        return
    content = found.content
    say(f"{content.name.base} ({found.label})", style="bold")
    if found.revision is not None:
        info = found.revision
        say(f"Published {moment(info.published_at)} by {info.author}: {info.note}")
    say(f"{sizes(content)}. Base language: {content.base_locale}.")
    say()
    skills = Counter(skill.group.key for skill in content.skills)
    rows = [
        [each.domain.name.base, each.name.base, str(skills[each.key])] for each in content.groups
    ]
    show_table(["domain", "group", "skills"], rows, right=2)
    say()
    show_table(["role", "levels", "skills", "expectations"], _role_rows(found), right=2)


def _role_rows(found: Named) -> list[list[str]]:
    cells = Counter(each.role.key for each in found.content.expectations)
    asked: dict[str, set[str]] = {}
    for each in found.content.expectations:
        asked.setdefault(each.role.key, set()).add(each.skill.key)
    return [
        [
            role.name.base,
            ", ".join(level.name.base for level in role.ladder.levels),
            str(len(asked.get(role.key, ()))),
            str(cells[role.key]),
        ]
        for role in found.content.roles
    ]


def _overview(found: Named) -> dict[str, Any]:
    content, base = found.content, found.content.base_locale
    cells = Counter(each.role.key for each in content.expectations)
    return {
        "catalogue": found.label,
        "revision": revision_data(found.revision),
        "name": local(content.name, base),
        "base_locale": base,
        "proficiencies": [each.key for each in content.proficiencies],
        "ladders": {each.key: [level.key for level in each.levels] for each in content.ladders},
        "groups": {each.key: each.domain.key for each in content.groups},
        "skills": {each.key: each.group.key for each in content.skills},
        "roles": {
            each.key: {"ladder": each.ladder.key, "expectations": cells[each.key]}
            for each in content.roles
        },
        "expectations": len(content.expectations),
    }
