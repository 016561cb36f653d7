from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from scanner.llm.scripted import ScriptedBatch, ScriptedChat, say
from scanner.ports.chat import ChatRequest, Message, NoReply, Side, Text, ToolSpec, Trouble
from scanner.stores.memory import MemoryStore
from scanner.triage.batching import SHELF, GatheringChat, Pace

if TYPE_CHECKING:
    from scanner.ports.chat import Reply

TOOL = ToolSpec("read_code", "Reads.", {"type": "object"})
PACE = Pace(gather=0.05, poll=0.0)


def question(number: int, model: str = "fast") -> ChatRequest:
    return ChatRequest(model, (Text("Judge."),), (Message(Side.USER, (Text(f"Case {number}."),)),), (TOOL,))


def answer(request: ChatRequest) -> Reply:
    block = request.messages[0].blocks[0]
    return say(f"about {block.text}" if isinstance(block, Text) else "")


def gathering(batches: ScriptedBatch, store: MemoryStore | None = None, live: ScriptedChat | None = None) -> GatheringChat:
    return GatheringChat(live or ScriptedChat([]), batches, "fast", store or MemoryStore(), pace=PACE)


def test_questions_that_come_together_are_one_batch_and_each_gets_its_answer() -> None:
    batches = ScriptedBatch(answer, polls=2)
    chat = gathering(batches)
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda number: chat.send(question(number)), range(8)))
    assert replies == [answer(question(number)) for number in range(8)]
    assert sum(len(batch) for batch in batches.batches.values()) == 8
    assert len(batches.batches) < 8


def test_other_models_and_questions_that_open_no_case_are_asked_at_once() -> None:
    live = ScriptedChat([say("strong"), say("OK")])
    chat = gathering(ScriptedBatch(answer), live=live)
    assert chat.send(question(1, "strong")) == say("strong")
    assert chat.send(ChatRequest("fast", (), (Message(Side.USER, (Text("Are you there?"),)),))) == say("OK")


def test_a_run_that_was_killed_fetches_its_batch_and_hands_in_nothing() -> None:
    batches, store = ScriptedBatch(answer), MemoryStore()
    gathering(batches, store).send(question(1))
    again = ScriptedBatch(answer)
    again.batches = dict(batches.batches)
    assert gathering(again, store).send(question(1)) == answer(question(1))
    assert len(again.batches) == 1


def test_the_batch_is_remembered_before_anybody_waits_for_it() -> None:
    store = MemoryStore()
    kept: list[int] = []

    class Watched(ScriptedBatch):
        def poll(self, batch: str) -> object:  # type: ignore[override]
            kept.append(store.entries)
            return super().poll(batch)

    gathering(Watched(answer), store).send(question(1))
    assert kept == [1]
    assert SHELF == "batches"


def test_a_batch_that_is_refused_is_each_questions_trouble() -> None:
    class Refuses(ScriptedBatch):
        def submit(self, requests: object) -> str | NoReply:  # noqa: ARG002 -- the port's signature
            return NoReply(Trouble.AUTHENTICATION, "no")

    assert gathering(Refuses(answer)).send(question(1)) == NoReply(Trouble.AUTHENTICATION, "no")


def test_a_question_that_the_batch_does_not_answer_counts_as_charged() -> None:
    class Forgets(ScriptedBatch):
        def results(self, batch: str) -> dict[str, Reply | NoReply]:  # noqa: ARG002 -- the port's signature
            return {}

    reply = gathering(Forgets(answer)).send(question(1))
    assert isinstance(reply, NoReply)
    assert (reply.trouble, reply.charged) == (Trouble.BROKEN, True)


def test_ending_the_run_keeps_nobody_waiting() -> None:
    batches = ScriptedBatch(answer, polls=1_000_000)
    chat = gathering(batches)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(chat.send, question(number)) for number in range(2)]
        while not batches.batches:
            pass
        chat.halt()
        replies = [future.result(timeout=20) for future in waiting]
    assert all(isinstance(reply, NoReply) and reply.charged for reply in replies)
