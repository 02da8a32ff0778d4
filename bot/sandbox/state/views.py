"""Modals and App Homes: opening, pushing, updating, closing."""

from typing import Any, Literal

from bot.sandbox.blocks import first_state, state_of, with_ids
from bot.sandbox.model import Json, View
from bot.sandbox.state.world import STACK_DEPTH, World


class StackFullError(Exception):
    """A member already has three modals open."""


class ViewStack:
    """The views of every member: a stack of at most three modals, and one App Home."""

    def __init__(self, world: World) -> None:
        self._world = world

    def top(self, member_id: str) -> View | None:
        """Return the modal that the member sees, or None."""
        stack = self._world.modals.get(member_id)
        return stack[-1] if stack else None

    def open(self, member_id: str, payload: Json, *, workspace_id: str | None = None) -> View:
        """Show a modal of a workspace's app (None: their own) in place of every open one."""
        self._drop(member_id, list(self._world.modals[member_id]))
        return self._add(member_id, payload, workspace_id, previous=None)

    def push(self, member_id: str, payload: Json, *, workspace_id: str | None = None) -> View:
        """Show a modal on top of the open one. Raises StackFullError at three."""
        stack = self._world.modals[member_id]
        if len(stack) >= STACK_DEPTH:
            raise StackFullError
        return self._add(member_id, payload, workspace_id, previous=stack[-1] if stack else None)

    def update(self, view: View, payload: Json) -> View:
        """Replace what an open view shows; entered values stay where the ids stayed.

        In a modal the initial values that nobody touched stay too, in the App Home they do not.
        """
        kept = view.entered if view.type == "home" else view.state
        view.payload = self._prepared(payload)
        view.state = state_of(view.blocks, kept)
        view.hash = self._new_hash()
        view.errors = {}
        view.revision = self._world.touch()
        self._announce("home_published" if view.type == "home" else "view_changed", view)
        return view

    def publish(self, member_id: str, payload: Json) -> View:
        """Set the App Home of a member."""
        home = self._world.homes.get(member_id)
        if home is not None:
            return self.update(home, payload)
        view = self._new(member_id, payload, None, kind="home", previous=None)
        self._world.homes[member_id] = view
        self._announce("home_published", view)
        return view

    def show_errors(self, view: View, errors: dict[str, str]) -> None:
        """Show validation errors under the inputs of an open modal, by block_id."""
        view.errors = dict(errors)
        view.revision = self._world.touch()
        self._announce("view_changed", view)

    def close(self, view: View) -> None:
        """Take a modal away, and any that lies on top of it."""
        stack = self._world.modals[view.member_id]
        if view in stack:
            self._drop(view.member_id, stack[stack.index(view) :])

    def clear(self, member_id: str) -> list[View]:
        """Close every modal of a member; returns what was closed, the topmost first."""
        closed = list(reversed(self._world.modals[member_id]))
        self._drop(member_id, list(self._world.modals[member_id]))
        return closed

    def by_external_id(self, workspace_id: str, external_id: str) -> View | None:
        """Return the open view with an external id, or None."""
        for view in self._world.views.values():
            same = view.workspace_id == workspace_id and view.external_id == external_id
            if external_id and same and view.is_open:
                return view
        return None

    def _add(
        self, member_id: str, payload: Json, workspace_id: str | None, *, previous: View | None
    ) -> View:
        view = self._new(member_id, payload, workspace_id, kind="modal", previous=previous)
        self._world.modals[member_id].append(view)
        self._announce("view_opened", view)
        return view

    def _new(
        self,
        member_id: str,
        payload: Json,
        workspace_id: str | None,
        *,
        kind: Literal["modal", "home"],
        previous: View | None,
    ) -> View:
        view_id = self._world.new_id("V")
        view = View(
            id=view_id,
            workspace_id=workspace_id or self._world.app_workspace(member_id).id,
            member_id=member_id,
            type=kind,
            payload=self._prepared(payload),
            hash=self._new_hash(),
            root_view_id=previous.root_view_id if previous else view_id,
            previous_view_id=previous.id if previous else None,
            revision=self._world.touch(),
        )
        view.state = first_state(view.blocks)
        self._world.views[view.id] = view
        return view

    def _prepared(self, payload: Json) -> Json:
        return {**payload, "blocks": with_ids(payload.get("blocks", []), self._world.new_id)}

    def _new_hash(self) -> str:
        return f"{self._world.clock.now().timestamp():.0f}.{self._world.new_id('h')}"

    def _drop(self, member_id: str, views: list[View]) -> None:
        for view in views:
            self._world.modals[member_id].remove(view)
            view.is_open = False
            view.revision = self._world.touch()
            self._world.views.pop(view.id, None)
            self._announce("view_closed", view)

    def _announce(self, kind: Any, view: View) -> None:
        self._world.publish(
            kind, workspace_id=view.workspace_id, member_id=view.member_id, ref=view.id
        )
