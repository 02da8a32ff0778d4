"""Whether a name that was typed says by itself what is shown, or the card has to."""

from bot.domain.lookup.names.lexicon import Lexicon, Word, squeeze, words_of
from bot.domain.text import LocalText


def needs_saying(typed: tuple[Word, ...], name: LocalText, lexicon: Lexicon) -> bool:
    """Tell whether `typed` stands for what is called `name` without looking like that name.

    "vLLM" does, for "LLM Inference"; what shares a word with the name does not, nor what is short
    for it ("sre", "k8s", "RAG").
    """
    if squeeze(typed) in lexicon.own:
        return False
    keys = {word.key for word in typed}
    for each in name.all_languages():
        named = words_of(each, lexicon.typed)
        if not keys.isdisjoint(word.key for word in named):
            return False
        if any(_is_short_for(_letters(typed), _letters(named[at:])) for at in range(len(named))):
            return False
    return True


def _letters(words: tuple[Word, ...]) -> str:
    return "".join(each for word in words for each in word.raw.casefold() if not each.isdigit())


def _is_short_for(short: str, long: str) -> bool:
    """Tell whether the letters of `short` stand in `long` in their order, from the first on."""
    rest = iter(long)
    return bool(short) and long[:1] == short[0] and all(letter in rest for letter in short)
