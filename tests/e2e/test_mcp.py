"""The server as an agent meets it: the SDK's own client on the standard streams of the real command."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

COMMAND = ["-c", "from scanner.cli.main import main; main()", "mcp"]
SECONDS = 120
FILES = {
    "view.py": """\
from flask import Flask, request

from store import find

app = Flask(__name__)


@app.route("/users")
def users():
    return str(find(request.args["name"]))
""",
    "store.py": """\
import sqlite3


def find(name):
    connection = sqlite3.connect("shop.db")
    return connection.execute(f"SELECT * FROM users WHERE name = '{name}'").fetchall()
""",
}
TOOLS = {
    "scan",
    "list_findings",
    "get_finding",
    "explain_rule",
    "record_verdict",
    "read_code",
    "find_definition",
    "find_references",
    "search_code",
    "list_directory",
    "list_entry_points",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    root.mkdir()
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG", "TMPDIR"}}


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def with_client(root: Path, talk: Callable[[ClientSession], Awaitable[None]]) -> None:
    async def run() -> None:
        server = StdioServerParameters(command=sys.executable, args=[*COMMAND, "--root", str(root)], env=environment(), cwd=root.parent)
        async with stdio_client(server) as (read, write), ClientSession(read, write) as client:
            await client.initialize()
            await talk(client)

    asyncio.run(asyncio.wait_for(run(), SECONDS))


async def said(client: ClientSession, tool: str, **given: Any) -> str:
    answer = await client.call_tool(tool, given)
    (block,) = answer.content
    assert block.type == "text"
    assert not answer.isError, block.text
    return block.text


async def refused(client: ClientSession, tool: str, **given: Any) -> str:
    answer = await client.call_tool(tool, given)
    (block,) = answer.content
    assert block.type == "text"
    assert answer.isError
    assert "\n" not in block.text
    return block.text


def test_an_agent_finds_a_bug_reads_the_code_and_records_what_it_concludes(shop: Path) -> None:
    async def talk(client: ClientSession) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert tools.keys() == TOOLS
        assert {name for name, tool in tools.items() if not (tool.annotations and tool.annotations.readOnlyHint)} == {"record_verdict"}
        found = json.loads(await said(client, "scan", min_severity="high"))
        assert found["complete"]
        mark = next(item["fingerprint"] for item in found["findings"] if item["rule"] == "python-sql-injection")
        finding = json.loads(await said(client, "get_finding", fingerprint=mark))
        assert finding["repository"]["trace"][-1]["at"] == "store.py:6"
        assert "def find(name):" in await said(client, "find_definition", name="find")
        assert "view.py:10" in await said(client, "find_references", name="find")
        assert "/users" in await said(client, "list_entry_points")
        claim = {
            "fingerprint": mark,
            "verdict": "refuted",
            "reason": "sanitized",
            "rationale": "It is escaped.",
            "owner": "me",
            "expires": "2099-01-01",
        }
        assert "expires" in await refused(client, "record_verdict", citations=[], **claim)
        assert "unknown input" in await refused(client, "scan", root="/")
        assert "no such" in await refused(client, "read_code", path="../../etc/passwd", start_line=1, end_line=2)
        assert "no such tool" in await refused(client, "run_command", command="id")

    with_client(shop, talk)


def test_a_change_is_compared_with_its_base(shop: Path) -> None:
    git(shop, "init", "-q")
    git(shop, "add", "-A")
    git(shop, "commit", "-q", "-m", "one")
    with (shop / "store.py").open("a", encoding="utf-8") as stream:
        stream.write("\n\ndef run(name):\n    return eval(name)\n")
    with (shop / "view.py").open("a", encoding="utf-8") as stream:
        stream.write('\n\n@app.route("/run")\ndef run():\n    import store\n\n    return store.run(request.args["code"])\n')

    async def talk(client: ClientSession) -> None:
        found = json.loads(await said(client, "scan", diff="HEAD"))
        states = {item["rule"]: item["state"] for item in found["findings"]}
        assert states["python-code-injection"] == "new"
        assert states["python-sql-injection"] == "persisting"
        assert found["states"]["new"] >= 1
        assert "not a revision" in await refused(client, "scan", diff="--upload-pack=x")

    with_client(shop, talk)


def messages(*requests: dict[str, Any]) -> str:
    hello = {
        "jsonrpc": "2.0",
        "id": 0,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
    }
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    return "".join(f"{json.dumps(item)}\n" for item in (hello, ready, *requests))


@contextmanager
def serving(root: Path, *code: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, *(code or COMMAND), "--root", str(root)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=environment(), cwd=root.parent) as process:
        try:
            yield process
        finally:
            process.kill()


def calling(tool: str, **given: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": given}}


def tell(process: subprocess.Popen[str], text: str) -> None:
    assert process.stdin
    process.stdin.write(text)
    process.stdin.flush()


def answer_to(process: subprocess.Popen[str], number: int) -> dict[str, Any]:
    """Reads lines, each of which must be a message, up to the answer to a request."""
    assert process.stdout
    while True:
        message: dict[str, Any] = json.loads(process.stdout.readline())
        if message.get("id") == number:
            return message


def with_call(body: str) -> tuple[str, str]:
    """The command with another function in the place of the one that runs tools."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    head = "import os, sys, time\nimport scanner.app.mcp.offers as offers\nfrom scanner.cli.main import main\nbefore = offers.call\n"
    return "-c", f"{head}def call(*given):\n{lines}offers.call = call\nsys.argv[1:1] = ['mcp']\nmain()\n"


def test_whatever_prints_prints_to_standard_error(shop: Path) -> None:
    noisy = (
        "print('printed', flush=True)\nos.write(1, b'written\\n')\nos.system('echo started')\nassert sys.stdin.read() == ''\nreturn before(*given)"
    )
    with serving(shop, *with_call(noisy)) as process:
        tell(process, messages(calling("list_directory", path=".")) + "this is no message\n")
        assert "store.py" in answer_to(process, 1)["result"]["content"][0]["text"]
        rest, errors = process.communicate(timeout=SECONDS)
        assert process.returncode == 0
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in rest.splitlines())
    assert all(word in errors for word in ("printed", "written", "started"))


def test_a_client_that_hangs_up_while_a_scan_runs_leaves_nothing_behind(shop: Path) -> None:
    with serving(shop, *with_call("print('busy', file=sys.stderr, flush=True)\ntime.sleep(600)")) as process:
        tell(process, messages(calling("scan")))
        assert process.stdin
        assert process.stderr
        assert process.stderr.readline() == "busy\n"
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_a_signal_ends_the_server(shop: Path) -> None:
    with serving(shop) as process:
        tell(process, messages())
        assert answer_to(process, 0)["result"]["serverInfo"]["name"] == "casemate"
        process.terminate()
        assert process.wait(timeout=60) == 130


def test_a_bug_is_one_line_for_the_client_and_a_traceback_on_standard_error(shop: Path) -> None:
    with serving(shop, *with_call("raise ZeroDivisionError('words of the code')")) as process:
        tell(process, messages(calling("scan")))
        result = answer_to(process, 1)["result"]
        _, errors = process.communicate(timeout=SECONDS)
    assert result["isError"]
    assert result["content"][0]["text"].startswith("internal error: ZeroDivisionError; this is a bug")
    assert "words of the code" not in result["content"][0]["text"]
    assert "Traceback" in errors


def test_without_the_sdk_the_extra_is_named(shop: Path) -> None:
    bare = "import sys; sys.modules['mcp'] = None; sys.argv[1:1] = ['mcp']\nfrom scanner.cli.main import main; main()"
    with serving(shop, "-c", bare) as process:
        output, errors = process.communicate(timeout=SECONDS)
        assert process.returncode == 2
    assert output == ""
    assert errors.splitlines() == [
        "casemate: error: the Model Context Protocol SDK is not installed",
        "  hint: pip install 'casemate[mcp]'",
    ]


def test_a_root_that_is_no_directory_is_a_usage_error(shop: Path) -> None:
    with serving(shop / "view.py") as process:
        _, errors = process.communicate(timeout=SECONDS)
        assert process.returncode == 2
    assert errors.count("casemate: error: --root:") == 1
