"""What chooses the words of an error."""

from collections.abc import Callable, Mapping

from bot.text.translator import Translator

Params = Mapping[str, str | int]
Words = Callable[[Params, Translator], str]
