"""Scripts and recordings: what a test's model says, and what an earlier run's model said."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from scanner.core.errors import ConfigError, OutputError
from scanner.core.usage import Usage
from scanner.llm.replay import RecordingChat, ReplayChat, ReplayError
from scanner.llm.scripted import ScriptedBatch, ScriptedChat, ScriptEndedError, say, use
from scanner.ports.batch import BatchStatus
from scanner.ports.chat import NoReply, Reply, Stop, Text, Thought, ToolUse, Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from scanner.ports.chat import ChatModel
    from tests.unit.llm.conftest import Ask

ANSWERS: list[Reply | NoReply] = [
    say("it is true \u2028"),
    use("read_code", {"path": "a\ud800.py", "lines": [1, None, 2.5]}),
    Reply((Thought({"type": "thinking", "signature": "s"}), ToolUse("t", "x", None, "{broken")), Stop.REFUSAL, Usage(1, 2, 3, 4, 5, 6), "m", "cyber"),
    NoReply(Trouble.TIMEOUT, "late", charged=True, usage=Usage(calls=1)),
]


def test_a_recording_answers_as_the_model_did(tmp_path: Path, ask: Ask) -> None:
    path = tmp_path / "case.jsonl"
    recorder = RecordingChat(ScriptedChat(ANSWERS), path)
    said = [recorder.send(ask(f"case {number}")) for number in range(4)]

    replay: ChatModel = ReplayChat.read(path)

    assert [replay.send(ask(f"case {number}")) for number in (3, 1, 0, 2)] == [said[number] for number in (3, 1, 0, 2)]
    assert said == ANSWERS


def test_the_same_request_gets_its_answers_in_their_order(tmp_path: Path, ask: Ask) -> None:
    path = tmp_path / "case.jsonl"
    recorder = RecordingChat(ScriptedChat([NoReply(Trouble.OVERLOADED), say("now")]), path)
    recorder.send(ask())
    recorder.send(ask())

    replay = ReplayChat.read(path)

    assert [replay.send(ask()) for _ in range(3)] == [NoReply(Trouble.OVERLOADED), say("now"), say("now")]


def test_a_request_that_was_never_recorded_is_told(tmp_path: Path, ask: Ask) -> None:
    path = tmp_path / "case.jsonl"
    RecordingChat(ScriptedChat([say("yes")]), path).send(ask())

    with pytest.raises(ReplayError, match=r"holds no answer to request [0-9a-f]{12} for claude-haiku-5-5"):
        ReplayChat.read(path).send(ask("something else"))


def test_a_recording_is_the_same_bytes_each_time_and_holds_no_code(tmp_path: Path, ask: Ask) -> None:
    paths = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for path in paths:
        RecordingChat(ScriptedChat([say("yes")]), path).send(ask("def secret_code(): ..."))

    one, two = (path.read_bytes() for path in paths)
    assert one == two
    assert one.isascii()
    assert b"secret_code" not in one
    assert one.count(b"\n") == 1
    assert stat.S_IMODE(paths[0].stat().st_mode) == 0o600


def test_threads_write_whole_lines(tmp_path: Path, ask: Ask) -> None:
    path = tmp_path / "case.jsonl"
    recorder = RecordingChat(ScriptedChat(lambda request: say(str(request.messages[0].blocks[0]) * 50)), path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: recorder.send(ask(f"case {number}")), range(100)))

    assert len({json.loads(line)["request"] for line in path.read_text("ascii").splitlines()}) == 100


def test_a_line_cut_off_by_a_kill_is_left_out_and_written_over(tmp_path: Path, ask: Ask) -> None:
    path = tmp_path / "case.jsonl"
    RecordingChat(ScriptedChat([say("whole")]), path).send(ask("one"))
    with path.open("ab") as file:
        file.write(b'{"answer":{"blo')

    assert ReplayChat.read(path).send(ask("one")) == say("whole")
    RecordingChat(ScriptedChat([say("next")]), path).send(ask("two"))
    replay = ReplayChat.read(path)
    assert [replay.send(ask("one")), replay.send(ask("two"))] == [say("whole"), say("next")]


@pytest.mark.parametrize("line", ["{}", "[]", "null", "nonsense", '{"v": 1, "request": "x", "answer": {"type": "reply"}}', "[" * 100_000])
def test_a_file_that_is_no_recording_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "case.jsonl"
    path.write_text(f"{line}\n", "utf-8")

    with pytest.raises(ConfigError, match=r"case\.jsonl:1: not a line of a recording"):
        ReplayChat.read(path)


def test_a_recording_of_another_version_is_told(tmp_path: Path, ask: Ask) -> None:
    path = tmp_path / "case.jsonl"
    RecordingChat(ScriptedChat([say("yes")]), path).send(ask())
    path.write_text(path.read_text("ascii").replace('"v":1', '"v":2'), "ascii")

    with pytest.raises(ConfigError, match="another version"):
        ReplayChat.read(path)


def test_a_recording_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        ReplayChat.read(tmp_path / "missing.jsonl")


def test_a_recording_that_cannot_be_written_is_told(tmp_path: Path, ask: Ask) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(OutputError, match="cannot be written"):
        RecordingChat(ScriptedChat([say("yes")]), tmp_path / "file" / "case.jsonl").send(ask())


def test_a_script_answers_in_order_and_no_further(ask: Ask) -> None:
    chat = ScriptedChat([say("one"), NoReply(Trouble.BROKEN)])

    assert [chat.send(ask("a")), chat.left, chat.send(ask("b")), chat.left] == [say("one"), 1, NoReply(Trouble.BROKEN), 0]
    with pytest.raises(ScriptEndedError, match="request 3 was not in the script"):
        chat.send(ask("c"))
    assert [request.messages[0].blocks[0] for request in chat.requests] == [Text("a"), Text("b"), Text("c")]


def test_a_script_can_be_a_function_of_the_request(ask: Ask) -> None:
    chat = ScriptedChat(lambda request: say(request.model))

    assert chat.send(ask(model="m")) == say("m")


def test_a_scripted_batch_behaves_like_one(ask: Ask) -> None:
    batches = ScriptedBatch(lambda request: say(request.model), polls=1)

    batch = batches.submit({"b": ask(model="m"), "a": ask(model="n")})

    assert isinstance(batch, str)
    assert [batches.poll(batch), batches.poll(batch)] == [BatchStatus(ended=False, done=0, total=2), BatchStatus(ended=True, done=2, total=2)]
    found = batches.results(batch)
    assert not isinstance(found, NoReply)
    assert list(found.items()) == [("a", say("n")), ("b", say("m"))]
    assert (batches.cancel(batch), batches.cancelled) == (None, [batch])
    assert os.sep not in batch
