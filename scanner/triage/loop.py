"""The agent: ask, run the tools it wants, until it submits a verdict or a bound is reached. The bounds are here, whatever the model says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from scanner.core.usage import Usage
from scanner.core.verdict import Cause
from scanner.ports.chat import ChatRequest, Message, NoReply, Side, Stop, Text, ToolResult, ToolUse, Trouble
from scanner.ports.chat_json import canonical, request_json
from scanner.triage import prompts
from scanner.triage.answer import Claim, Malformed, read_claim
from scanner.triage.brief import enclosed
from scanner.triage.tools.toolbox import SPECS, SUBMIT, use

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scanner.ports.chat import Block, ChatModel, Effort, Json, Reply
    from scanner.triage.audit import Record
    from scanner.triage.brief import Brief
    from scanner.triage.budget import Budget
    from scanner.triage.settings import Limits
    from scanner.triage.view import View

_OVERHEAD: Final = 4_000  # tokens that an endpoint may add to a prompt with tools, beyond what we send
_AT_ONCE: Final = 8  # tool calls of one answer that are run; the others are told to wait


@dataclass(frozen=True, slots=True)
class Seat:
    """One side of one case: who is asked, in which part, about what, seen how. `brief(short)` builds the brief; `complain` tells what is wrong."""

    model: str
    effort: Effort | None
    role: str
    brief: Callable[[bool], Brief]
    view: View
    complain: Callable[[Claim], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Ending:
    """How an investigation ended: with a claim, or with the cause why there is none.

    `given` is the claim as it was submitted; `tools` are (name, input, what it said); with the brief they are all that the claim rests on.
    `passing` says that the same question may find another end another time: a clock, the network or a person ended it.
    """

    claim: Claim | None
    cause: Cause
    detail: str
    usage: Usage
    brief: str
    short: bool
    given: Mapping[str, Json] | None = None
    tools: tuple[tuple[str, Mapping[str, Json], str], ...] = ()
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Means:
    """What an investigation works with. `clock` counts seconds; `stopped` says that the run shall end."""

    chat: ChatModel
    budget: Budget
    limits: Limits
    record: Record
    clock: Callable[[], float]
    stopped: Callable[[], bool]


class Investigation:
    """One run of the loop. Made for one use."""

    def __init__(self, seat: Seat, means: Means) -> None:
        self._seat = seat
        self._means = means
        self._brief = seat.brief(False)  # noqa: FBT003 - whole, not short
        self._messages: list[Message] = []
        self._usage = Usage()
        self._turns = self._calls = self._nudges = self._returned = 0
        self._short = False
        self._tools: list[tuple[str, Mapping[str, Json], str]] = []
        self._started = means.clock()

    def run(self) -> Ending:
        """Investigate. Never raises for what the model or the endpoint does."""
        self._open()
        while True:
            if (limit := self._exceeded()) is not None:
                return self._end(None, Cause.LIMIT, limit)
            if (halted := self._halted()) is not None:
                return replace(self._end(None, Cause.LIMIT, halted), passing=True)
            request = self._request()
            with self._means.budget.reserve(request.model, _bound(request), request.max_tokens) as money:
                if money is None:
                    return replace(self._end(None, Cause.BUDGET, "what is left of the money does not cover another call"), passing=True)
                answer = self._means.chat.send(request)
                self._usage += self._means.budget.settle(money, answer)
            self._turns += 1
            ending = self._fail(answer) if isinstance(answer, NoReply) else self._take(answer)
            if ending is not None:
                return ending

    def _take(self, reply: Reply) -> Ending | None:
        """What a reply leads to: the end, or None for another turn."""
        calls = [block for block in reply.blocks if isinstance(block, ToolUse)]
        match reply.stop:
            case Stop.REFUSAL:
                return self._end(None, Cause.REFUSAL, reply.detail or "the model refused")
            case Stop.CONTEXT:
                return self._shrink("the case does not fit the model's window")
            case Stop.MAX_TOKENS:
                self._messages.append(
                    Message(Side.ASSISTANT, tuple(block for block in reply.blocks if not isinstance(block, ToolUse)) or (Text("..."),))
                )
                return self._nudge(Cause.LIMIT, "the answer was longer than allowed", "Your answer was cut off for its length. Be brief.")
            case Stop.PAUSE_TURN if not calls:
                self._messages.append(Message(Side.ASSISTANT, reply.blocks))
                return self._nudge(Cause.NO_VERDICT, "the model paused again and again", prompts.CONTINUE, most=3)
            case _:
                self._messages.append(Message(Side.ASSISTANT, reply.blocks or (Text("..."),)))
        if not calls:
            return self._nudge(Cause.NO_VERDICT, "the model ended its turn without a verdict", prompts.NO_VERDICT)
        return self._answer(calls)

    def _answer(self, calls: Sequence[ToolUse]) -> Ending | None:
        results: list[Block] = []
        for number, call in enumerate(calls):
            if call.name == SUBMIT:
                outcome = self._submitted(call)
                if isinstance(outcome, Ending):
                    return outcome
                results.append(ToolResult(call.id, outcome, error=True))
            elif number >= _AT_ONCE or self._calls >= self._means.limits.tool_calls:
                results.append(ToolResult(call.id, "not run: too many calls; decide with what you have", error=True))
            else:
                results.append(self._run(call))
        if self._turns >= self._means.limits.turns - 1:
            results.append(Text(prompts.LAST_TURN))
        self._say(*results)
        return None

    def _run(self, call: ToolUse) -> ToolResult:
        self._calls += 1
        if call.input is None:
            return ToolResult(call.id, "the input was no JSON object", error=True)
        answer = use(call.name, call.input, self._seat.view)
        self._tools.append((call.name, call.input, answer.text))
        self._means.record.write("tool", name=call.name, input=dict(call.input), result=answer.text, error=answer.error)
        return ToolResult(call.id, answer.text if answer.error else enclosed(answer.text, self._brief.marker), answer.error)

    def _submitted(self, call: ToolUse) -> Ending | str:
        """The end, or a complaint: what is malformed, and what does not resolve, is told once."""
        claim = read_claim(call.input) if call.input is not None else Malformed("the input was no JSON object")
        wrong = (claim.message,) if isinstance(claim, Malformed) else self._seat.complain(claim)
        self._means.record.write("submitted", input=None if call.input is None else dict(call.input), complaints=list(wrong))
        last = self._returned > 0 or self._turns >= self._means.limits.turns
        if isinstance(claim, Claim) and (not wrong or last):
            return replace(self._end(claim), given=call.input)
        if last:
            return self._end(None, Cause.MALFORMED, "; ".join(wrong))
        self._returned += 1
        return "\n".join((prompts.COMPLAINT, *(f"- {item}" for item in wrong), prompts.ONCE_MORE))

    def _fail(self, answer: NoReply) -> Ending | None:
        if answer.trouble is Trouble.TOO_LARGE:
            return self._shrink("the case does not fit the model's window")
        why = f"{answer.trouble.value}: {answer.detail}" if answer.detail else answer.trouble.value
        return replace(self._end(None, Cause.UNAVAILABLE, why), passing=True)

    def _shrink(self, why: str) -> Ending | None:
        """Start again with a shortened brief, once."""
        if self._short:
            return self._end(None, Cause.CONTEXT, why)
        self._short = True
        self._brief = self._seat.brief(True)  # noqa: FBT003 - short
        self._tools.clear()
        self._open()
        return None

    def _nudge(self, cause: Cause, why: str, words: str, most: int = 1) -> Ending | None:
        if self._nudges >= most:
            return self._end(None, cause, why)
        self._nudges += 1
        self._say(Text(words))
        return None

    def _exceeded(self) -> str | None:
        limits = self._means.limits
        used = self._usage.prompt_tokens + self._usage.output_tokens
        if self._turns >= limits.turns:
            return f"no verdict after {limits.turns} turns"
        if used >= limits.tokens:
            return f"no verdict after {used} tokens"
        return None

    def _halted(self) -> str | None:
        if self._means.stopped():
            return "the run was stopped"
        seconds = self._means.limits.seconds
        return f"no verdict within {seconds:g} seconds" if self._means.clock() - self._started >= seconds else None

    def _request(self) -> ChatRequest:
        last = self._turns >= self._means.limits.turns - 1 or self._calls >= self._means.limits.tool_calls
        common, role = prompts.system(self._seat.role)
        return ChatRequest(
            model=self._seat.model,
            system=(Text(common), Text(role, cache=True)),
            messages=(*self._messages[:-1], _cached(self._messages[-1])),
            tools=SPECS,
            max_tokens=self._means.limits.answer_tokens,
            effort=self._seat.effort,
            force_tool=SUBMIT if last else "",
        )

    def _open(self) -> None:
        self._messages = [Message(Side.USER, (Text(self._brief.rule, cache=True), Text(self._brief.case)))]

    def _say(self, *blocks: Block) -> None:
        self._messages.append(Message(Side.USER, blocks))

    def _end(self, claim: Claim | None, cause: Cause = Cause.NO_VERDICT, detail: str = "") -> Ending:
        return Ending(claim, cause, detail, self._usage, self._brief.digest, self._short, tools=tuple(self._tools))


def _cached(message: Message) -> Message:
    """The last message with the end of what the next request will share marked."""
    *before, last = message.blocks
    return Message(message.side, (*before, replace(last, cache=True) if isinstance(last, Text | ToolResult) else last))


def _bound(request: ChatRequest) -> int:
    """No prompt has more tokens than its text has bytes; what the endpoint adds for tools comes on top."""
    return len(canonical(request_json(request))) + _OVERHEAD
