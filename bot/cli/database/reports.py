"""What `nextrung db` tells of what it has done."""

from collections.abc import Iterator

from bot.store.copies.source import Copied
from bot.store.installs.joining import Joined
from bot.store.nudges.restored import Restored

_DIGITS = 16  # of 64: enough to compare by eye; the manifest of a backup has all


def table_lines(copied: Copied) -> Iterator[str]:
    """Yield one line for each table that holds something, with its rows and their checksum."""
    filled = [each for each in copied.tables if each.rows]
    width = max((len(each.name) for each in filled), default=5)
    yield f"{'table':{width}}  {'rows':>9}  sha256"
    for each in filled:
        yield f"{each.name:{width}}  {each.rows:>9}  {each.sha256[:_DIGITS]}"
    empty = len(copied.tables) - len(filled)
    yield f"{_counted(empty, 'more table')} {'is' if empty == 1 else 'are'} empty."


def whole_words(copied: Copied) -> str:
    """Say how much that is, and of when."""
    moment = f"{copied.made_at:%Y-%m-%d %H:%M:%S} UTC"
    rows, tables = _counted(copied.rows, "row"), _counted(len(copied.tables), "table")
    return f"{rows} in {tables}, schema {copied.revision}, {moment}"


def settled_words(done: Restored) -> str:
    """Say what was taken for done since a backup, and what is left to do."""
    return (
        f"Settled. Taken for sent since the backup: {_counted(done.nudges, 'nudge')} "
        f"({_counted(done.plans, 'plan')} moved on), {_counted(done.errands, 'errand')}.\n"
        f"Ended, as members may have ended them since: {_counted(done.shares, 'share')}.\n"
        "Whoever had everything deleted since the backup is back: see Backup in docs/operate.md."
    )


def joined_words(joined: Joined) -> str:
    """Say what became of a workspace that was kept several times."""
    split = f"was kept {joined.parts} times, as it joined or left an organisation"
    people = "1 person" if joined.people == 1 else f"{joined.people} people"
    lines = [f"Workspace {joined.team_id} {split}. It is one again: {people} joined."]
    if joined.goals:
        lines.append(f"  {_counted(joined.goals, 'goal')} ended, as a newer one was active.")
    if joined.nudges:
        gone = f"{_counted(joined.nudges, 'nudge')} {'is' if joined.nudges == 1 else 'are'} gone"
        lines.append(f"  {gone}: another of the same slot stays.")
    if joined.set_aside:
        owners = ", ".join(joined.set_aside)
        lines.append(f"  Owners of the part that was set up last hold. No owners now: {owners}.")
    return "\n".join(lines)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
