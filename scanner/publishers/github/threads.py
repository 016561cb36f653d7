"""Resolving the threads of findings that are gone, unless a person has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from scanner.publishers.github.api import Refused
from scanner.publishers.github.foreign import at
from scanner.publishers.github.markers import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.publishers.github.api import Api

_MOST_PAGES: Final = 50
_THREADS: Final = """
query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { id isResolved comments(first: 2) { totalCount nodes { body author { login } } } }
      }
    }
  }
}
"""
_RESOLVE: Final = "mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { thread { id } } }"


def resolve_threads(api: Api, repository: str, number: int, author: str, present: frozenset[str]) -> tuple[int, tuple[str, ...]]:
    """Resolve our own threads about findings that are not `present` any more. How many, and what a reader should know.

    A thread with a second comment in it is a conversation, and stays.
    """
    resolved = 0
    try:
        for thread in _threads(api, repository, number):
            if _is_done(thread, author, present):
                api.query(_RESOLVE, id=thread["id"])
                resolved += 1
    except Refused as refusal:
        return resolved, (f"threads about mended findings stay open: GitHub refused with {refusal.status}: {refusal.message}",)
    return resolved, ()


def _threads(api: Api, repository: str, number: int) -> Iterator[dict[str, Any]]:
    owner, _, name = repository.partition("/")
    after: str | None = None
    for _ in range(_MOST_PAGES):
        data = api.query(_THREADS, owner=owner, name=name, number=number, after=after)
        page = at(data, "repository", "pullRequest", "reviewThreads")
        yield from (node for node in at(page, "nodes") or () if isinstance(node, dict))
        after = at(page, "pageInfo", "endCursor")
        if not at(page, "pageInfo", "hasNextPage"):
            return


def _is_done(thread: dict[str, Any], author: str, present: frozenset[str]) -> bool:
    comments = at(thread, "comments", "nodes") or [None]
    about = marked(str(at(comments[0], "body") or ""))
    # GraphQL names a bot without the `[bot]` that the REST interface puts behind it.
    ours = at(comments[0], "author", "login") == author.removesuffix("[bot]")
    alone = at(thread, "comments", "totalCount") == 1
    return bool(about) and ours and alone and about not in present and thread.get("isResolved") is False
