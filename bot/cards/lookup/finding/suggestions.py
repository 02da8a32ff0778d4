"""Options of a typeahead select."""

from bot.cards import limits
from bot.cards.elements import Option, option
from bot.cards.links import encode
from bot.domain.answers import Offer
from bot.domain.lookup.names.lexicon import Kind
from bot.text.translator import Translator


def suggestion_options(offers: tuple[Offer, ...], tr: Translator) -> list[Option]:
    """Return one option per offer; what Slack could not carry back is left out."""
    kinds = {
        Kind.SKILL: tr("Skill"),
        Kind.GROUP: tr("Skill group"),
        Kind.ROLE: tr("Role"),
        Kind.DOMAIN: tr("Domain"),
        Kind.LEVEL: tr("Level"),
    }
    encoded = ((each, encode(each.request)) for each in offers)
    return [
        option(tr.of(each.name), value, kinds[each.kind])
        for each, value in encoded
        if len(value) <= limits.OPTION_VALUE
    ]
