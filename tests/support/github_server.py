"""A server on loopback that plays the part of GitHub that a publisher sees, with the rules it is strict about."""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "a" * 40
BOT = "github-actions[bot]"
_LONGEST = 65_536


@dataclass
class GitHub:
    """What the pull request holds, how the server misbehaves, and what it was asked."""

    files: list[dict[str, Any]] = field(default_factory=list)
    review_comments: list[dict[str, Any]] = field(default_factory=list)
    issue_comments: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)
    head: str = HEAD
    fork: bool = False
    strangers_lines: bool = False  # refuse every line, as after a force-push
    graphql_refused: bool = False
    answers: deque[tuple[int, dict[str, str], str]] = field(default_factory=deque)  # given instead, before the real ones
    lost_after: deque[str] = field(default_factory=deque)  # paths whose next write happens and answers 502
    requests: list[tuple[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    per_page: int = 100
    base: str = ""
    next_link: str = ""
    pulls: list[dict[str, Any]] = field(default_factory=list)
    queries: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def write_requests(self) -> list[tuple[str, str]]:
        return [item for item in self.requests if item[0] != "GET" and not item[1].endswith("graphql")]

    def comment(self, body: str, *, login: str = BOT, kind: str = "review") -> dict[str, Any]:
        made = {"id": 1000 + len(self.review_comments) + len(self.issue_comments), "body": body, "user": {"login": login}, "replies": []}
        (self.review_comments if kind == "review" else self.issue_comments).append(made)
        return made

    def shown(self, path: str) -> set[int]:
        patch = next((item.get("patch") for item in self.files if item["filename"] == path), None)
        lines: set[int] = set()
        number = 0
        for line in (patch or "").splitlines():
            found = re.match(r"@@ -\d+(?:,\d+)? \+(\d+)", line)
            if found:
                number = int(found[1])
            elif not line.startswith(("-", "\\")):
                lines.add(number)
                number += 1
        return lines


class Handler(BaseHTTPRequestHandler):
    state: GitHub

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
        del format, args

    def answer(self, status: int, value: object, headers: dict[str, str] | None = None, raw: str | None = None) -> None:
        data = (json.dumps(value) if raw is None else raw).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def opening(self) -> str | None:
        """Note the request; None when it was answered out of turn."""
        path = urlsplit(self.path).path
        self.state.queries[path] = parse_qs(urlsplit(self.path).query)
        self.state.requests.append((self.command, path))
        self.state.tokens.add(self.headers.get("Authorization", ""))
        if self.state.answers:
            status, headers, raw = self.state.answers.popleft()
            self.answer(status, None, headers, raw)
            return None
        return path

    def do_GET(self) -> None:
        path = self.opening()
        if path is None:
            return
        state = self.state
        if path.endswith("/pulls"):
            self.page(state.pulls)
        elif path == "/user":
            self.answer(403, {"message": "Resource not accessible by integration"})
        elif path.endswith("/pulls/7/files"):
            self.page(state.files)
        elif path.endswith("/pulls/7/comments"):
            self.page(state.review_comments)
        elif path.endswith("/issues/7/comments"):
            self.page(state.issue_comments)
        elif path.endswith("/pulls/7"):
            self.answer(200, {"number": 7, "head": {"sha": state.head}, "merge_commit_sha": "c" * 40})
        else:
            self.answer(404, {"message": "Not Found"})

    def page(self, items: list[dict[str, Any]]) -> None:
        query = parse_qs(urlsplit(self.path).query)
        number, size = int(query.get("page", ["1"])[0]), min(int(query.get("per_page", ["30"])[0]), self.state.per_page)
        headers = {}
        if number * size < len(items):
            url = self.state.next_link or f"{self.state.base}{urlsplit(self.path).path}?per_page={size}&page={number + 1}"
            headers = {"link": f'<{url}>; rel="next", <{url}>; rel="last"'}
        self.answer(200, items[(number - 1) * size : number * size], headers)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length") or 0)) or b"{}")
        path = self.opening()
        if path is None:
            return
        if path.endswith("/graphql"):
            self.graphql(body)
        elif self.state.fork:
            self.answer(403, {"message": "Resource not accessible by integration"})
        else:
            self.create(path, body)

    def create(self, path: str, body: dict[str, Any]) -> None:
        state = self.state
        if path.endswith("/reviews"):
            wrong = [fault for comment in body["comments"] if (fault := self.fault(comment))]
            if wrong or body["event"] != "COMMENT":
                self.answer(422, {"message": "Unprocessable Entity", "errors": wrong})
                return
            state.reviews.append(body)
            for comment in body["comments"]:
                state.comment(comment["body"]).update(comment)
            self.done(path, {})
        elif path.endswith("/pulls/7/comments"):
            fault = self.fault(body)
            if fault:
                self.answer(422, {"message": "Validation Failed", "errors": [fault]})
                return
            state.comment(body["body"]).update(body)
            self.done(path, {})
        elif path.endswith("/issues/7/comments"):
            if len(body["body"]) > _LONGEST:
                self.answer(422, {"message": "body is too long"})
                return
            state.comment(body["body"], kind="issue")
            self.done(path, {})
        else:
            self.answer(404, {"message": "Not Found"})

    def do_PATCH(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length") or 0)) or b"{}")
        path = self.opening()
        if path is None:
            return
        if self.state.fork:
            self.answer(403, {"message": "Resource not accessible by integration"})
            return
        number = int(path.rpartition("/")[2])
        found = next(item for item in self.state.issue_comments if item["id"] == number)
        found.update(body)
        self.done(path, found)

    def done(self, path: str, value: object) -> None:
        if self.state.lost_after and path.endswith(self.state.lost_after[0]):
            self.state.lost_after.popleft()
            self.answer(502, {"message": "Bad Gateway"})
        else:
            self.answer(201, value)

    def fault(self, comment: dict[str, Any]) -> str:
        names = {item["filename"] for item in self.state.files if item["status"] != "removed"}
        if comment["path"] not in names:
            return "pull_request_review_thread.path could not be resolved"
        if len(comment["body"]) > _LONGEST:
            return "body is too long"
        if comment.get("subject_type") == "file":
            return ""
        if self.state.strangers_lines or comment.get("line") not in self.state.shown(comment["path"]):
            return "pull_request_review_thread.line must be part of the diff"
        return ""

    def graphql(self, body: dict[str, Any]) -> None:
        if self.state.graphql_refused:
            self.answer(200, {"data": None, "errors": [{"message": "Resource not accessible by integration"}]})
            return
        if "resolveReviewThread" in body["query"]:
            self.state.resolved.append(body["variables"]["id"])
            self.answer(200, {"data": {"resolveReviewThread": {"thread": {"id": body["variables"]["id"]}}}})
            return
        nodes = [
            {
                "id": f"thread-{item['id']}",
                "isResolved": f"thread-{item['id']}" in self.state.resolved,
                "comments": {
                    "totalCount": 1 + len(item["replies"]),
                    "nodes": [{"body": item["body"], "author": {"login": item["user"]["login"].removesuffix("[bot]")}}],
                },
            }
            for item in self.state.review_comments
        ]
        after = int(body["variables"]["after"] or 0)
        page = {"pageInfo": {"hasNextPage": after + 2 < len(nodes), "endCursor": str(after + 2)}, "nodes": nodes[after : after + 2]}
        self.answer(200, {"data": {"repository": {"pullRequest": {"reviewThreads": page}}}})


@contextmanager
def serve() -> Iterator[GitHub]:
    """A server with an empty pull request, for as long as the context lasts."""
    state = GitHub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"state": state}))
    state.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
