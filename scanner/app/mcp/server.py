"""The protocol: the official SDK on standard input and output. The only module that imports it.

The protocol has a thread of its own, and the tools run in the main one, one after the other: there a signal ends a scan as it ends `casemate scan`,
with no engine left behind, and answers do not depend on which of two calls was quicker.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import TextIOWrapper
from typing import TYPE_CHECKING, Final, cast

import anyio
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.types import TextContent, Tool, ToolAnnotations

from scanner.app.mcp.desk import Desk
from scanner.app.mcp.offers import OFFERS, call
from scanner.app.mcp.shown import explanation
from scanner.core.errors import ScannerError
from scanner.core.version import VERSION
from scanner.ports.observer import SilentObserver
from scanner.triage.tools.base import ToolError
from scanner.triage.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from mcp.server.session import ServerSession

    from scanner.app.mcp.session import Session
    from scanner.ports.chat import Json
    from scanner.ports.observer import Observer

    Ask = Callable[[Callable[[], str]], Awaitable[str]]
    _Register = Callable[..., Callable[[object], object]]

NAME: Final = "casemate"
_NEWS_SECONDS: Final = 1.0  # between two words about progress
_MOST_ERROR: Final = 1_000  # characters


class RefusedError(Exception):
    """A tool's complaint: one clear line, which the SDK sends as the result of the call."""


def serve(session: Session) -> None:
    """Answer the client on standard input and output until it hangs up. For the main thread of a process that does nothing else."""
    incoming, outgoing = _protocol_streams()
    desk = Desk()
    failures: list[BaseException] = []

    def talk() -> None:
        try:
            asyncio.run(_talk(session, desk, incoming, outgoing))
        except* OSError:
            pass  # the client is gone, and nobody is left to tell
        except* Exception as group:  # noqa: BLE001 -- raised again where the main thread sees it
            failures.append(group)
        finally:
            desk.close()

    thread = threading.Thread(target=talk, name="casemate-mcp", daemon=True)
    thread.start()
    try:
        desk.work()
    finally:
        session.close()
    if failures:
        raise failures[0]


def _protocol_streams() -> tuple[TextIOWrapper, TextIOWrapper]:
    """The two ends of the protocol, out of everybody else's reach: whoever prints prints to standard error, and no child reads the client's words."""
    sys.stdout.flush()
    incoming, outgoing = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return (
        TextIOWrapper(os.fdopen(incoming, "rb"), encoding="utf-8", errors="replace"),
        TextIOWrapper(os.fdopen(outgoing, "wb"), encoding="utf-8", newline="\n"),
    )


async def _talk(session: Session, desk: Desk, incoming: TextIOWrapper, outgoing: TextIOWrapper) -> None:
    server = make_server(session, desk.ask)
    async with stdio_server(anyio.wrap_file(incoming), anyio.wrap_file(outgoing)) as (read, write):
        await server.run(read, write, server.create_initialization_options())


def make_server(session: Session, ask: Ask) -> Server[dict[str, Json], object]:
    """The server of a session. `ask` runs a function where tools run, and gives what it gives."""
    server: Server[dict[str, Json], object] = Server(NAME, version=VERSION, instructions=_instructions(session))

    async def list_tools() -> list[Tool]:
        return [
            Tool(
                name=offer.name,
                description=offer.description,
                inputSchema=dict(offer.schema),
                annotations=ToolAnnotations(readOnlyHint=not offer.writes, destructiveHint=False, openWorldHint=False),
            )
            for offer in OFFERS.values()
        ]

    async def call_tool(name: str, given: dict[str, Json]) -> list[TextContent]:
        text = await ask(partial(answer, session, name, given, _observer(server)))
        return [TextContent(type="text", text=text)]

    # The SDK gives its decorators no types. Input is not validated there: the tools refuse it in their own words.
    cast("_Register", server.list_tools)()(list_tools)
    cast("_Register", server.call_tool)(validate_input=False)(call_tool)
    return server


def answer(session: Session, name: str, given: Mapping[str, Json], observer: Observer) -> str:
    """What a tool says. Raises RefusedError with one clear line for everything that is no answer; a bug is told on standard error, too."""
    try:
        return call(session, name, given, observer)
    except ToolError as error:
        raise RefusedError(one_line(str(error), _MOST_ERROR)) from error
    except ScannerError as error:
        said = f"{error} ({error.hint})" if error.hint else str(error)
        raise RefusedError(one_line(said, _MOST_ERROR)) from error
    except Exception as error:
        traceback.print_exc()
        msg = f"internal error: {type(error).__name__}; this is a bug in Casemate, which standard error says more about"
        raise RefusedError(msg) from error


def _instructions(session: Session) -> str:
    return (
        "Casemate finds security bugs in source code below one root. Begin with scan, read a finding with get_finding, follow it with the tools that "
        "read code, and record what you conclude with record_verdict. Paths are relative to the top of the repository, as the tools show them. "
        + explanation(session.ground.marker)
    )


def _observer(server: Server[dict[str, Json], object]) -> Observer:
    """Progress for a client that asked for it."""
    context = server.request_context
    token = context.meta.progressToken if context.meta else None
    return SilentObserver() if token is None else _News(token, context.session, asyncio.get_running_loop())


@dataclass(slots=True)
class _News:
    """Tells the client how far a scan has come, at most once a second."""

    token: str | int
    session: ServerSession
    loop: asyncio.AbstractEventLoop
    steps: int = 0
    told: float = 0.0
    pending: set[asyncio.Task[None]] = field(default_factory=set)

    def begin(self, stage: str, total: int | None = None) -> None:  # noqa: ARG002 -- the port's signature
        """A stage starts."""
        self._tell(stage)

    def advance(self, stage: str, steps: int = 1) -> None:
        """Some steps are done."""
        self.steps += steps
        self._tell(stage)

    def end(self, stage: str) -> None:
        """A stage is over."""

    def _tell(self, stage: str) -> None:
        now = time.monotonic()
        if now - self.told >= _NEWS_SECONDS:
            self.told = now
            self.loop.call_soon_threadsafe(self._send, self.steps, stage)

    def _send(self, steps: int, stage: str) -> None:
        task = self.loop.create_task(self._sent(steps, stage))
        self.pending.add(task)
        task.add_done_callback(self.pending.discard)

    async def _sent(self, steps: int, stage: str) -> None:
        with suppress(anyio.ClosedResourceError, anyio.BrokenResourceError):  # the client is gone
            await self.session.send_progress_notification(self.token, float(steps), message=stage)
