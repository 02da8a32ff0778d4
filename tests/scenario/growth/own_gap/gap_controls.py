"""The gap card of these scenarios: what is typed for it, and the controls of its first item."""

from bot.cards.ids import Action

LEAD = "/promote-gap llm-engineer lead"
MET = f"{Action.MARK}.0"
MENU = f"{Action.MARK_MENU}.0"
