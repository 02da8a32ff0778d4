"""What a member offers help with and wants to learn, on Home: in two lines, with one button."""

from collections.abc import Sequence

from bot.cards.blocks import Block, divider, section
from bot.cards.card import NAME, listed
from bot.cards.elements import button
from bot.cards.ids import Action
from bot.cards.mrkdwn import safe
from bot.domain.lookup.skill_offer import HelpSide, NamedOffer
from bot.text.translator import Translator

# Of a section's, for one of the two lists.
_ROOM = 1300


def home_offers(offers: Sequence[NamedOffer], tr: Translator) -> list[Block]:
    """Build the part; nothing where the member offers and wants nothing."""
    if not offers:
        return []
    lines = []
    for side, title in (
        (HelpSide.HELP, tr("*You offer help with*")),
        (HelpSide.LEARN, tr("*You want to learn*")),
    ):
        names = [offer_name(each, tr) for each in offers if each.side is side]
        if names:
            lines.append(f"{title}\n{_within(names, tr)}")
    change = button(Action.MY_OFFERS, tr("Take Back…"), "offers")
    return [divider(), section("\n".join(lines), change)]


def _within(names: Sequence[str], tr: Translator) -> str:
    """Return whole names, as many as there is room for; all are in the list that the button opens.

    A name is never cut: half of an escaped sign would be shown.
    """
    shown, room = list[str](), _ROOM
    for each in names:
        room -= len(each) + len("; ")
        if room < 0:
            break
        shown.append(each)
    rest = len(names) - len(shown)
    more = [tr.plural("and {count} more", "and {count} more", rest)] if rest else []
    return listed([*shown, *more], tr)


def offer_name(offer: NamedOffer, tr: Translator) -> str:
    """Return the skill's name as mrkdwn; of one that has gone also that, by its last name."""
    if offer.name is not None:
        return safe(tr.of(offer.name), NAME)
    last = tr.of(offer.former) if offer.former else offer.key
    return tr("{skill}: no longer in the framework", skill=safe(last, NAME))
