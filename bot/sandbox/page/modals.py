"""A member's open modals, and the App Home, as pieces."""

from functools import partial

from markupsafe import Markup

from bot.sandbox.model import View
from bot.sandbox.page.pieces import Piece
from bot.sandbox.page.screen import Screen
from bot.sandbox.page.templating import render
from bot.sandbox.rendering import render_blocks, with_state
from bot.sandbox.rendering.text.objects import spoken


def modal_pieces(screen: Screen) -> list[Piece]:
    """The stack, the topmost last."""
    stack = screen.world.modals.get(screen.member.id, [])
    return [_modal(screen, view, depth) for depth, view in enumerate(stack)]


def _modal(screen: Screen, view: View, depth: int) -> Piece:
    return Piece(f"v-{view.id}", str(view.revision), partial(_draw, screen, view, depth))


def _draw(screen: Screen, view: View, depth: int) -> Markup:
    blocks = with_state(view.blocks, view.state)
    return render(
        "modal",
        language=screen.viewer.language,
        view=view,
        depth=depth,
        title=spoken(view.title),
        submit=_label(view, "submit"),
        close=_label(view, "close"),
        app=screen.app,
        body=render_blocks(
            blocks, screen.viewer, prefix=view.id, surface="modal", errors=view.errors
        ),
        has_inputs=any(block.get("type") == "input" for block in view.blocks),
    )


def home_piece(screen: Screen) -> Piece:
    """The App Home, or a note that there is none yet."""
    view = screen.world.homes.get(screen.member.id)
    version = str(view.revision) if view else "none"
    return Piece("home", version, partial(_draw_home, screen, view))


def _draw_home(screen: Screen, view: View | None) -> Markup:
    body = None
    if view is not None:
        blocks = with_state(view.blocks, view.state)
        body = render_blocks(blocks, screen.viewer, prefix=view.id, surface="home")
    language = screen.viewer.language
    return render("home", language=language, view=view, body=body, app=screen.app)


def _label(view: View, key: str) -> str:
    value = view.payload.get(key)
    return spoken(str(value.get("text", ""))) if isinstance(value, dict) else ""
