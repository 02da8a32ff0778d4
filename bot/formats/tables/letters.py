"""The letters by which a spreadsheet names its columns."""


def letters_to_index(letters: str) -> int:
    """Return the index of a column: ``A`` is 0, ``AA`` is 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def index_to_letters(index: int) -> str:
    """Return the letters of a column: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
