"""What a test holds in its hands: members, the messages they see, the modals they have open."""

from bot.sandbox.handles.member import MemberHandle
from bot.sandbox.handles.shown import MessageHandle, ViewHandle
from bot.sandbox.handles.surface import NoAnswer, NoSuchElement, Surface, WrongSurface

__all__ = [
    "MemberHandle",
    "MessageHandle",
    "NoAnswer",
    "NoSuchElement",
    "Surface",
    "ViewHandle",
    "WrongSurface",
]
