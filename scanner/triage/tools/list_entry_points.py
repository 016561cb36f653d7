"""list_entry_points: where the world comes in, as far as decorators, annotations and routing calls tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scanner.ports.chat import ToolSpec
from scanner.syntax.languages import GRAMMARS
from scanner.syntax.symbols import DefinitionKind
from scanner.triage.tools.base import capped, closed
from scanner.triage.visible import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scanner.ports.chat import Json
    from scanner.syntax.symbols import FileSymbols
    from scanner.triage.view import View

_MOST: Final = 150
_MOST_FILES: Final = 500
# The last part of a decorator's or an annotation's name.
_DECORATOR: Final = re.compile(
    r"(?i)route|get|post|put|patch|delete|head|options|websocket|endpoint|api_view|action|task|command|group|callback|subscriber|consumer|listener"
    r"|handler|tool|resource|query|mutation|(?:request|get|post|put|patch|delete)mapping|path|http(?:get|post|put|delete|patch)?|controller|restcontroller"
)
# A call that hands a handler to a router: `app.get("/x", f)`, `mux.HandleFunc(...)`, `path("x", view)`, `Route::post(...)`.
_ROUTED: Final = re.compile(
    r"(?:^|\.)(?:get|post|put|patch|delete|all|use|route|add_url_rule|add_route|add_api_route|HandleFunc|Handle|GET|POST|PUT|PATCH|DELETE"
    r"|path|re_path|resources?|match)$"
)
_OWNER: Final = re.compile(
    r"(?i)^(?:app|router|routes?|server|api|mux|r|e|g|group|blueprint|bp|fastify|http|path|re_path|resources?|match|get|post|put|patch|delete)\b"
)
_HINT: Final = re.compile(
    rb"(?i)rout|mapping|handle|path\(|endpoint|@(?:app|api|bp|get|post|task|click|cli)|\.(?:get|post|put|delete|use)\(|command|websocket"
)


# Handlers by what they take or give: Go, Java's servlets and filters, ASGI and WSGI, functions of a cloud, Rack.
_SIGNATURE: Final = re.compile(
    r"http\.ResponseWriter|\*(?:gin|fiber)\.(?:Context|Ctx)|echo\.Context|HttpServletRequest|HttpExchange|ServerRequest|ContainerRequestContext"
    r"|\(\s*scope\s*,\s*receive\s*,\s*send\b|\(\s*(?:self\s*,\s*)?environ\s*,\s*start_response\b|\(\s*event\s*,\s*context\b"
    r"|\(\s*(?:req|request|_req)\b[^)]*,\s*(?:res|response|reply)\b|def call\(\s*env\s*\)|NextApiRequest|APIGatewayProxyEvent"
)
_SIGNATURE_HINT: Final = re.compile(
    rb"ResponseWriter|Context\b|fiber\.Ctx|HttpServletRequest|HttpExchange|ServerRequest|receive|environ|event|\breq\b|request|env\b"
)
_HEAD_LINES: Final = 4  # over which a signature may stretch
_NO_PROOF: Final = "That something is not among these is no evidence that it cannot be reached."


class ListEntryPoints:
    """Shows functions that frameworks call."""

    spec = ToolSpec(
        "list_entry_points",
        "List places where the program is entered from outside: routes, handlers, commands, tasks. Known by their usual forms; some may be missing.",
        closed({}),
    )

    def run(self, view: View, given: Mapping[str, Json]) -> str:  # noqa: ARG002 - it takes no input
        """One line for each, in the order of files."""
        found: dict[tuple[str, int], str] = {}
        for path, line, symbol in _places(view):
            found[path, line] = found.get((path, line), "") or symbol  # a decorator is a call as well
        places = sorted((path, line, symbol) for (path, line), symbol in found.items())
        if not places:
            return f"No entry points were recognised. {_NO_PROOF}"
        output = [f"{len(places)} found" + (f", the first {_MOST} of them" if len(places) > _MOST else "")]
        for path, line, symbol in places[:_MOST]:
            text = "".join((view.lines(path) or ())[line - 1 : line]).strip()
            output.append(f"{view.shown(path)}:{line}{f' for {view.word(symbol)}' if symbol else ''} | {shortened(text)}")
        return capped([*output, _NO_PROOF])


def _places(view: View) -> Iterator[tuple[str, int, str]]:
    tree = view.tree
    hinted = [path for path, data in tree.raw() if tree.language(path) in GRAMMARS and (_HINT.search(data) or _SIGNATURE_HINT.search(data))]
    for path in hinted[:_MOST_FILES]:
        symbols = tree.symbols(path)
        yield from _by_signature(view, symbols)
        for mark in symbols.decorators:
            if _DECORATOR.fullmatch(re.split(r"[.:]", mark.name)[-1]):
                yield path, mark.span.start_line, mark.target
        for call in symbols.calls:
            callee = call.callee.replace("::", ".")
            if _ROUTED.search(callee) and _OWNER.match(callee):
                yield path, call.span.start_line, ""


def _by_signature(view: View, symbols: FileSymbols) -> Iterator[tuple[str, int, str]]:
    """Functions that take what a server hands to handlers."""
    page = view.tree.page(symbols.path)
    for item in symbols.definitions:
        if page is None or item.kind not in {DefinitionKind.FUNCTION, DefinitionKind.METHOD}:
            continue
        start = item.span.start_line
        end = min(item.body.start_line if item.body else start, start + _HEAD_LINES)
        head = " ".join("".join(piece.text for piece in line if piece.code) for line in page.lines[start - 1 : end])
        if _SIGNATURE.search(head):
            yield symbols.path, start, item.qualified
