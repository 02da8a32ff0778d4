"""How many people stand behind something, so that nobody can be told from it."""

STEP = 5
"""Fewer than so many people are never counted, and more only in steps of so many."""


def counted_people(*groups: int) -> int:
    """Return how many people there are at least, in multiples of five; 0 says nothing at all.

    Each group is rounded down by itself, and nobody is in two of them. So whoever asks about many
    sets of groups, one more or one less each time, learns of each group what asking about it alone
    tells, and never about one person: the sum of two groups of four is 0, as each of them is.
    """
    return sum(count - count % STEP for count in groups if count > 0)
