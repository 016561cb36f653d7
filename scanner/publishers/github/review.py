"""Bringing the comments on one pull request up to date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scanner.core.errors import OutputError
from scanner.ports.publisher import Published
from scanner.publishers.github.api import Lost, Refused
from scanner.publishers.github.diff import changed_files
from scanner.publishers.github.markers import SUMMARY, mark, marked
from scanner.publishers.github.threads import resolve_threads

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scanner.ports.publisher import Draft, Note
    from scanner.publishers.github.api import Api
    from scanner.publishers.github.diff import ChangedFile

MOST_COMMENTS: Final = 30
_LONGEST: Final = 65_536  # characters GitHub takes in a comment
_ACTIONS_BOT: Final = "github-actions[bot]"
_UNPROCESSABLE: Final = 422
_ROUNDS: Final = 3
_NO_ACCESS: Final = frozenset({401, 403, 404})


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request to comment on: the repository (`owner/name`) and its number there."""

    repository: str
    number: int

    @property
    def path(self) -> str:
        """Its address in the REST interface."""
        return f"/repos/{self.repository}/pulls/{self.number}"

    @property
    def comments(self) -> str:
        """The address of the comments on its conversation."""
        return f"/repos/{self.repository}/issues/{self.number}/comments"


@dataclass(frozen=True, slots=True)
class GitHubReview:
    """A publisher of one pull request. `revision` is the head commit that the report speaks about."""

    api: Api
    pull: PullRequest
    revision: str

    def publish(self, draft: Draft) -> Published:
        """Post what is new, update the summary in place, resolve what is mended. A pull request that has moved on is left alone."""
        for _ in range(_ROUNDS):
            try:
                return self._publish(draft)
            except Refused as refusal:
                if refusal.status in _NO_ACCESS:
                    return Published(refused=f"GitHub refused with {refusal.status}: {refusal.message}")
                msg = f"GitHub refused with {refusal.status}: {refusal.message}"
                raise OutputError(msg) from refusal
            except Lost:
                continue  # look again at what is there, and add what is missing
        msg = "GitHub lost every attempt to write"
        raise OutputError(msg, "see https://www.githubstatus.com")

    def _publish(self, draft: Draft) -> Published:
        moved = self._moved(draft)
        if moved:
            return Published(refused=moved)
        files = changed_files(self.api.pages(f"{self.pull.path}/files"))
        author = self._author()
        own = [item for item in self.api.pages(f"{self.pull.path}/comments") if _is_by(item, author)]
        known = {marked(str(item.get("body", ""))) for item in own} - {""}
        fresh = [note for note in draft.notes if note.fingerprint not in known]
        placed = [note for note in fresh if note.place.path in files][:MOST_COMMENTS]
        added, unplaced = self._post(placed, files)
        left = {note.fingerprint for note in fresh} - {note.fingerprint for note in placed} | unplaced
        told = self._tell(draft, [note for note in draft.notes if note.fingerprint in left], author)
        resolved, remarks = resolve_threads(self.api, self.pull.repository, self.pull.number, author, draft.present)
        return Published(added=added, known=len(draft.notes) - len(fresh), resolved=resolved, summary=told, remarks=remarks)

    def _moved(self, draft: Draft) -> str:
        """Why the report is not about this pull request as it is, empty when it is."""
        answer = self.api.get(self.pull.path)
        head = answer.get("head", {}).get("sha") if isinstance(answer, dict) else None
        if head != self.revision:
            return f"the pull request stands at {str(head)[:12]} and the report is about {self.revision[:12]}; a newer run will speak"
        merged = answer.get("merge_commit_sha")
        if draft.revision and draft.revision not in {head, merged}:
            return f"the report is about {draft.revision[:12]}, which is not the head of the pull request ({self.revision[:12]})"
        return ""

    def _author(self) -> str:
        """Who our comments are by. The token of a workflow may not ask; then it is the Actions bot."""
        try:
            answer = self.api.get("/user")
        except Refused:
            return _ACTIONS_BOT
        login = answer.get("login") if isinstance(answer, dict) else None
        return login if isinstance(login, str) else _ACTIONS_BOT

    def _post(self, notes: Sequence[Note], files: dict[str, ChangedFile]) -> tuple[int, set[str]]:
        """Post comments: those at lines as one review, those about files by themselves. How many, and the fingerprints of those GitHub refused."""
        at_lines = [note for note in notes if note.place.start_line in files[note.place.path].lines]
        at_files = [note for note in notes if note.place.start_line not in files[note.place.path].lines]
        refused: set[str] = set()
        if at_lines:
            try:
                comments = [{"path": note.place.path, "line": note.place.start_line, "side": "RIGHT", "body": _body(note)} for note in at_lines]
                self.api.post(f"{self.pull.path}/reviews", {"event": "COMMENT", "commit_id": self.revision, "comments": comments})
            except Refused as refusal:
                if refusal.status != _UNPROCESSABLE:
                    raise
                refused |= self._post_singly(at_lines, line=True)  # one bad line refuses the whole review
        refused |= self._post_singly(at_files, line=False)
        return len(notes) - len(refused), refused

    def _post_singly(self, notes: Iterable[Note], *, line: bool) -> set[str]:
        refused: set[str] = set()
        for note in notes:
            where = {"line": note.place.start_line, "side": "RIGHT"} if line else {"subject_type": "file"}
            try:
                body = {"path": note.place.path, "commit_id": self.revision, "body": _body(note), **where}
                self.api.post(f"{self.pull.path}/comments", body)
            except Refused as refusal:
                if refusal.status != _UNPROCESSABLE:
                    raise
                refused.add(note.fingerprint)
        return refused

    def _tell(self, draft: Draft, left: Sequence[Note], author: str) -> str:
        """Create or update the one summary comment; say nothing where nothing was said and nothing is."""
        body = _summary(draft, left)
        mine = next(
            (item for item in self.api.pages(self.pull.comments) if _is_by(item, author) and str(item.get("body", "")).startswith(SUMMARY)), None
        )
        if mine is None:
            if draft.quiet:
                return "unneeded"
            self.api.post(self.pull.comments, {"body": body})
            return "created"
        if str(mine.get("body", "")).replace("\r\n", "\n") == body:
            return "unchanged"
        self.api.patch(f"/repos/{self.pull.repository}/issues/comments/{int(mine['id'])}", {"body": body})
        return "updated"


def _is_by(item: Any, author: str) -> bool:
    return isinstance(item, dict) and isinstance(item.get("user"), dict) and item["user"].get("login") == author


def _body(note: Note) -> str:
    return f"{mark(note.fingerprint)}\n{note.body}"[:_LONGEST]


def _summary(draft: Draft, left: Sequence[Note]) -> str:
    """The summary with what could not be said at a line, as far as it fits."""
    head = f"{SUMMARY}\n{draft.summary}"
    pieces: list[str] = []
    room = _LONGEST - len(head) - 200
    for number, note in enumerate(left):
        if len(note.body) + 10 > room:
            pieces.append(f"_{len(left) - number} more are in the run's summary and in code scanning._")
            break
        room -= len(note.body) + 10
        pieces.append(note.body)
    return "\n\n---\n\n".join((head, *pieces)).rstrip() + "\n"
