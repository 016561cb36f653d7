from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scanner.core.errors import OutputError
from scanner.core.location import Span
from scanner.ports.publisher import Draft, Note
from scanner.publishers.github.markers import SUMMARY, mark
from scanner.publishers.github.review import MOST_COMMENTS, GitHubReview, PullRequest
from tests.support.github_server import HEAD

if TYPE_CHECKING:
    from scanner.publishers.github.api import Api
    from tests.support.github_server import GitHub

PATCH = "@@ -1,3 +1,4 @@\n import os\n+import sys\n \n-old\n+new"


def note(number: int, path: str = "app.py", line: int = 2) -> Note:
    return Note(f"{number:032x}", Span(path, line, 1, line, 5), f"Finding {number}.")


def draft(*notes: Note, present: frozenset[str] | None = None, quiet: bool = False) -> Draft:
    return Draft(notes, frozenset(item.fingerprint for item in notes) if present is None else present, "### The summary", quiet=quiet)


@pytest.fixture
def review(github: GitHub, api: Api) -> GitHubReview:
    github.files = [{"filename": "app.py", "status": "modified", "patch": PATCH}]
    return GitHubReview(api, PullRequest("o/r", 7), HEAD)


def test_a_new_finding_is_told_at_its_line_and_in_the_summary(github: GitHub, review: GitHubReview) -> None:
    done = review.publish(draft(note(1)))
    assert (done.added, done.summary, done.refused) == (1, "created", "")
    (comment,) = github.review_comments
    assert (comment["path"], comment["line"], comment["side"], comment["body"]) == ("app.py", 2, "RIGHT", f"{mark('0' * 31 + '1')}\nFinding 1.")
    assert github.reviews[0]["event"] == "COMMENT"
    assert github.issue_comments[0]["body"] == f"{SUMMARY}\n### The summary\n"


def test_publishing_twice_changes_nothing(github: GitHub, review: GitHubReview) -> None:
    said = draft(note(1), note(2, line=4), note(3, line=90))
    review.publish(said)
    before = len(github.write_requests())
    again = review.publish(said)
    assert (again.added, again.known, again.summary) == (0, 3, "unchanged")
    assert len(github.write_requests()) == before


def test_a_line_outside_of_the_diff_becomes_a_comment_about_the_file(github: GitHub, review: GitHubReview) -> None:
    review.publish(draft(note(1, line=90)))
    assert [(item["path"], item["subject_type"]) for item in github.review_comments] == [("app.py", "file")]


def test_a_file_outside_of_the_pull_request_is_told_in_the_summary(github: GitHub, review: GitHubReview) -> None:
    done = review.publish(draft(note(1, path="store.py")))
    assert (done.added, github.review_comments) == (0, [])
    assert github.issue_comments[0]["body"] == f"{SUMMARY}\n### The summary\n\n---\n\nFinding 1.\n"


def test_a_removed_file_can_hold_no_comment(github: GitHub, review: GitHubReview) -> None:
    github.files = [{"filename": "app.py", "status": "removed", "patch": PATCH}]
    assert review.publish(draft(note(1))).added == 0
    assert "Finding 1." in github.issue_comments[0]["body"]


def test_a_renamed_file_is_commented_under_its_new_name(github: GitHub, review: GitHubReview) -> None:
    github.files = [{"filename": "new.py", "previous_filename": "app.py", "status": "renamed"}]
    assert review.publish(draft(note(1, path="new.py"))).added == 1


def test_one_line_that_github_refuses_does_not_cost_the_others(github: GitHub, review: GitHubReview) -> None:
    github.strangers_lines = True
    done = review.publish(draft(note(1), note(2, line=90)))
    assert done.added == 1
    assert [item.get("subject_type") for item in github.review_comments] == ["file"]
    assert "Finding 1." in github.issue_comments[0]["body"]


def test_all_pages_are_read_before_anything_is_posted(github: GitHub, review: GitHubReview) -> None:
    github.per_page = 3
    github.files = [{"filename": f"f{number}.py", "status": "added", "patch": "@@ -0,0 +1 @@\n+x"} for number in range(10)]
    for number in range(10):
        github.comment(f"{mark(f'{number:032x}')}\nFinding {number}.")
    done = review.publish(draft(*(note(number, path=f"f{number}.py", line=1) for number in range(10))))
    assert (done.added, done.known) == (0, 10)


def test_a_flood_ends_at_thirty_and_the_rest_is_in_the_summary(github: GitHub, review: GitHubReview) -> None:
    done = review.publish(draft(*(note(number) for number in range(MOST_COMMENTS + 5))))
    assert done.added == MOST_COMMENTS
    assert github.issue_comments[0]["body"].count("Finding ") == 5


def test_a_summary_that_grows_too_long_says_how_many_are_missing(github: GitHub, review: GitHubReview) -> None:
    long = [replace(note(number, path="other.py"), body=f"Finding {number}. " + "x" * 3_000) for number in range(40)]
    review.publish(draft(*long))
    body = github.issue_comments[0]["body"]
    assert len(body) <= 65_536
    assert f"_{40 - body.count('Finding ')} more are" in body


def test_nothing_is_said_where_there_is_nothing_and_nothing_was_said(github: GitHub, review: GitHubReview) -> None:
    done = review.publish(draft(quiet=True))
    assert (done.summary, github.write_requests()) == ("unneeded", [])


def test_the_summary_is_updated_in_place_when_all_is_mended(github: GitHub, review: GitHubReview) -> None:
    review.publish(draft(note(1)))
    done = review.publish(replace(draft(quiet=True), summary="### All is well"))
    assert done.summary == "updated"
    assert [item["body"] for item in github.issue_comments] == [f"{SUMMARY}\n### All is well\n"]


def test_a_strangers_comment_with_our_mark_is_not_taken_for_ours(github: GitHub, review: GitHubReview) -> None:
    github.comment(f"{mark('0' * 31 + '1')}\nnothing to see", login="mallory")
    github.comment(f"{SUMMARY}\nall is well", login="mallory", kind="issue")
    done = review.publish(draft(note(1)))
    assert (done.added, done.summary) == (1, "created")


def test_threads_about_mended_findings_are_resolved_unless_somebody_answered(github: GitHub, review: GitHubReview) -> None:
    review.publish(draft(note(1), note(2), note(3)))
    github.review_comments[1]["replies"] = ["We know, see the ticket."]
    done = review.publish(draft(note(3), present=frozenset({note(3).fingerprint})))
    assert done.resolved == 1
    assert github.resolved == [f"thread-{github.review_comments[0]['id']}"]
    assert review.publish(draft(note(3))).resolved == 0


def test_a_token_that_may_not_resolve_is_told_and_costs_nothing_else(github: GitHub, review: GitHubReview) -> None:
    github.graphql_refused = True
    done = review.publish(draft(note(1)))
    assert done.added == 1
    assert "stay open" in done.remarks[0]


def test_on_a_fork_the_refusal_is_a_value(github: GitHub, review: GitHubReview) -> None:
    github.fork = True
    assert review.publish(draft(note(1))).refused == "GitHub refused with 403: Resource not accessible by integration"


def test_a_pull_request_that_is_not_there_is_a_value(api: Api) -> None:
    assert GitHubReview(api, PullRequest("o/r", 8), HEAD).publish(draft(note(1))).refused == "GitHub refused with 404: Not Found"


def test_after_a_force_push_an_old_report_says_nothing(github: GitHub, review: GitHubReview) -> None:
    github.head = "b" * 40
    done = review.publish(draft(note(1)))
    assert done.refused.startswith("the pull request stands at bbbbbbbbbbbb")
    assert github.write_requests() == []


def test_a_report_of_another_commit_is_refused(review: GitHubReview) -> None:
    assert review.publish(replace(draft(note(1)), revision="d" * 40)).refused.startswith("the report is about dddddddddddd")
    assert review.publish(replace(draft(note(1)), revision="c" * 40)).added == 1, "the merge commit that Actions checks out is as good"


@pytest.mark.parametrize(
    ("status", "headers"), [(429, {"retry-after": "7"}), (403, {"retry-after": "7"}), (403, {"x-ratelimit-remaining": "0"}), (502, {}), (503, {})]
)
def test_limits_and_server_errors_are_waited_out(
    github: GitHub, review: GitHubReview, waits: list[float], status: int, headers: dict[str, str]
) -> None:
    github.answers.append((status, headers, '{"message": "later"}'))
    assert review.publish(draft(note(1))).added == 1
    assert waits == [7.0 if "retry-after" in headers else 2.0]


def test_a_wait_is_never_longer_than_a_minute(github: GitHub, review: GitHubReview, waits: list[float]) -> None:
    github.answers.append((429, {"retry-after": "86400"}, "{}"))
    review.publish(draft(note(1)))
    assert waits == [60.0]


def test_a_limit_that_stays_ends_in_a_refusal(github: GitHub, review: GitHubReview) -> None:
    github.answers.extend([(403, {"retry-after": "1"}, '{"message": "You have exceeded a secondary rate limit"}')] * 5)
    assert review.publish(draft(note(1))).refused == "GitHub refused with 403: rate limited: You have exceeded a secondary rate limit"


@pytest.mark.parametrize("lost", ["/reviews", "/issues/7/comments"])
def test_a_write_that_answers_with_an_error_is_not_done_twice(github: GitHub, review: GitHubReview, lost: str) -> None:
    github.lost_after.append(lost)
    review.publish(draft(note(1)))
    assert (len(github.review_comments), len(github.issue_comments)) == (1, 1)


@pytest.mark.parametrize("raw", ["<html>", '{"message": "no list"}'])
def test_an_answer_that_is_not_githubs_is_one_clear_error(github: GitHub, review: GitHubReview, raw: str) -> None:
    github.answers.append((200, {}, f'{{"number": 7, "head": {{"sha": "{HEAD}"}}}}'))
    github.answers.append((200, {}, raw))
    with pytest.raises(OutputError, match="GitHub answered /repos/o/r/pulls/7/files with something that is no"):
        review.publish(draft(note(1)))


def test_the_token_goes_to_no_other_host(github: GitHub, review: GitHubReview) -> None:
    github.per_page = 1
    github.files = github.files * 2
    github.next_link = "http://localhost:1/steal"
    with pytest.raises(OutputError, match="named a next page on another host"):
        review.publish(draft(note(1)))
    assert github.tokens == {"Bearer token-of-the-run"}


def test_a_repository_that_has_moved_says_so(github: GitHub, review: GitHubReview) -> None:
    github.answers.append((301, {"location": "http://localhost:1/elsewhere"}, "{}"))
    with pytest.raises(OutputError, match="has moved; name the repository as it is called now"):
        review.publish(draft(note(1)))


def test_the_token_is_in_no_representation(api: Api) -> None:
    assert "token-of-the-run" not in repr(api)
