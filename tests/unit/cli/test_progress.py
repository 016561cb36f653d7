"""The progress line: what it shows, how often it is drawn, and that it is gone afterwards."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from scanner.cli.progress import ProgressStyle, TerminalObserver
from scanner.reporters.neutral import cells

if TYPE_CHECKING:
    from scanner.ports.observer import Observer

WIDE = ProgressStyle(width=120, unicode=False)


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Screen(io.StringIO):
    """A terminal of one line: what was drawn since the last carriage return is what is seen."""

    @property
    def seen(self) -> str:
        line: list[str] = []
        column = 0
        for char in self.getvalue().rpartition("\n")[2]:
            if char == "\r":
                column = 0
                continue
            line[column : column + 1] = [char]
            column += 1
        return "".join(line).rstrip()

    @property
    def draws(self) -> int:
        return self.getvalue().count("\r")


class Broken(io.StringIO):
    """A terminal that went away."""

    def write(self, _text: str) -> int:
        msg = "gone"
        raise OSError(msg)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def observer(screen: Screen, clock: Clock) -> TerminalObserver:
    """Without its own thread, so that a test says when time passes."""
    return TerminalObserver(screen, enabled=True, style=WIDE, clock=clock)


def test_the_line_shows_the_stage_its_count_and_the_time(observer: TerminalObserver, screen: Screen, clock: Clock) -> None:
    observer.begin("parsing", 1_200)
    clock.now += 2
    observer.advance("parsing", 300)
    assert screen.seen == "/ 2.0 s  parsing 300/1,200 (25%)"


def test_several_stages_share_the_line(observer: TerminalObserver, screen: Screen, clock: Clock) -> None:
    observer.begin("following data", 10)
    observer.begin("matching patterns")
    observer.begin("looking for secrets")
    observer.advance("looking for secrets", 7)
    clock.now += 61
    observer.advance("following data")
    assert screen.seen.endswith("1 min 01 s  following data 1/10 (10%)  matching patterns  looking for secrets 7")


def test_a_stage_that_ended_leaves_the_line(observer: TerminalObserver, screen: Screen, clock: Clock) -> None:
    observer.begin("parsing", 3)
    observer.begin("matching")
    clock.now += 1
    observer.end("parsing")
    assert screen.seen.endswith("1.0 s  matching")
    clock.now += 1
    observer.end("matching")
    assert screen.seen == ""


def test_a_short_scan_draws_nothing(observer: TerminalObserver, screen: Screen, clock: Clock) -> None:
    observer.begin("parsing", 3)
    clock.now += 0.2
    observer.advance("parsing")
    observer.end("parsing")
    assert screen.getvalue() == ""


def test_the_line_is_drawn_at_most_ten_times_a_second(observer: TerminalObserver, screen: Screen, clock: Clock) -> None:
    observer.begin("parsing", 100_000)
    for _ in range(10_000):
        clock.now += 0.001
        observer.advance("parsing")
    assert 0 < screen.draws <= 2 * 100  # each returns twice: to remove the old line, and to draw the new one


def test_a_shorter_line_leaves_nothing_of_the_longer_one(observer: TerminalObserver, screen: Screen, clock: Clock) -> None:
    observer.begin("a stage with a long name")
    clock.now += 1
    observer.begin("b")
    clock.now += 1
    observer.end("a stage with a long name")
    assert screen.seen == "- 2.0 s  b"


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_the_line_is_gone_whatever_ends_the_scan(screen: Screen, clock: Clock, error: type[BaseException]) -> None:
    observer = TerminalObserver(screen, enabled=True, style=WIDE, clock=clock)

    def scan() -> None:
        with observer:
            observer.begin("parsing", 3)
            observer.advance("parsing")
            clock.now += 1  # from here on its thread may draw, too
            observer.advance("parsing", 0)
            assert "parsing 1/3" in screen.seen
            raise error

    with pytest.raises(error):
        scan()
    assert screen.seen == ""
    observer.advance("parsing")
    assert screen.seen == ""
    assert not any(thread.name == "casemate-progress" for thread in threading.enumerate())


def test_the_echo_of_ctrl_c_is_gone_too(observer: TerminalObserver, screen: Screen, clock: Clock) -> None:
    with observer:
        observer.begin("parsing")
        clock.now += 1
        observer.advance("parsing", 0)
        screen.write("^C")
    assert screen.seen == ""


def test_the_clock_goes_on_while_nobody_reports(screen: Screen) -> None:
    drawn = threading.Event()

    class Watched(Screen):
        def write(self, text: str) -> int:
            if "waiting" in text:
                drawn.set()
            return super().write(text)

    watched = Watched()
    with TerminalObserver(watched, enabled=True, style=WIDE) as observer:
        observer.begin("waiting")
        assert drawn.wait(30)
    assert watched.seen == ""
    assert screen.getvalue() == ""


def test_nothing_is_written_where_there_is_no_terminal(screen: Screen, clock: Clock) -> None:
    with TerminalObserver(screen, enabled=False, clock=clock) as observer:
        observer.begin("parsing", 3)
        clock.now += 5
        observer.advance("parsing", 3)
        observer.end("parsing")
    assert screen.getvalue() == ""


def test_a_log_has_a_plain_line_for_each_stage(screen: Screen, clock: Clock) -> None:
    with TerminalObserver(screen, enabled=False, style=ProgressStyle(log=True), clock=clock) as observer:
        observer.begin("parsing", 3)
        clock.now += 12
        observer.advance("parsing", 3)
        observer.end("parsing")
        observer.begin("matching")
        observer.end("matching")
    assert screen.getvalue() == "parsing: 12 s, 3 done\nmatching: 0.0 s\n"


def test_a_note_stays_above_the_live_line(observer: TerminalObserver, screen: Screen, clock: Clock) -> None:
    observer.begin("parsing")
    clock.now += 1
    observer.advance("parsing")
    observer.note("something \x1b[2J to know")
    clock.now += 1
    observer.advance("parsing")
    assert "\rsomething <U+001B>[2J to know\n" in screen.getvalue()
    assert screen.seen == "- 2.0 s  parsing 2"


@pytest.mark.parametrize("width", [0, 1, 10, 24, 80])
def test_the_line_never_reaches_the_last_column(screen: Screen, clock: Clock, width: int) -> None:
    observer = TerminalObserver(screen, enabled=True, style=ProgressStyle(width=width), clock=clock)
    observer.begin("a stage with wide characters 日本語 in its name", 100)
    clock.now += 1
    observer.advance("a stage with wide characters 日本語 in its name")
    assert cells(screen.seen) <= max(width - 1, 0)


def test_stage_names_cannot_draw(screen: Screen, clock: Clock) -> None:
    observer = TerminalObserver(screen, enabled=True, style=WIDE, clock=clock)
    observer.begin("\x1b[2J\n日")
    clock.now += 1
    observer.advance("\x1b[2J\n日")
    assert screen.seen == "/ 1.0 s  <U+001B>[2J<U+000A>\\u65e5 1"


def test_a_terminal_that_went_away_does_not_end_the_scan(clock: Clock) -> None:
    with TerminalObserver(Broken(), enabled=True, style=ProgressStyle(log=True), clock=clock) as observer:
        observer.begin("parsing")
        clock.now += 1
        observer.advance("parsing")
        observer.end("parsing")


def test_stages_nobody_began_or_ended_do_no_harm(observer: TerminalObserver, screen: Screen, clock: Clock) -> None:
    observer.end("never begun")
    clock.now += 1
    observer.advance("never begun")
    assert screen.seen == "/ 1.0 s  never begun 1"


def test_threads_may_report_at_once(screen: Screen, clock: Clock) -> None:
    with TerminalObserver(screen, enabled=True, style=WIDE, clock=clock) as observer:
        seen: Observer = observer
        seen.begin("parsing", 4_000)

        def work(_: int) -> None:
            for _step in range(1_000):
                seen.advance("parsing")

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, range(4)))
        clock.now += 1
        seen.advance("parsing", 0)
        assert "parsing 4,000/4,000 (100%)" in screen.getvalue()
    assert screen.seen == ""
