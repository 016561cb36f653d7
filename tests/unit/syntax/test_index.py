from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scanner.core.location import Span
from scanner.syntax import index as index_module
from scanner.syntax.file import SourceText
from scanner.syntax.index import TreeCodeIndex
from scanner.syntax.inspection import InspectJob
from scanner.syntax.parse import Parsed, parse
from scanner.syntax.project import ProjectIndex, index_file
from scanner.syntax.symbols import DefinitionKind

_SNIPPETS = Path(__file__).parent / "snippets"
_SHOP = "class Shop:\n    def checkout(self, id):  # pay\n        return run('é', id)  # twice\n\nLIMIT = 3\n"


@pytest.fixture
def index(tmp_path: Path) -> TreeCodeIndex:
    (tmp_path / "shop.py").write_text(_SHOP)
    (tmp_path / "conf.yml").write_text("a: 'x y' # note\nb: [1, 2]\n")
    (tmp_path / "unlisted.py").write_text(_SHOP)
    (tmp_path / "link.py").symlink_to("/etc/passwd")
    return TreeCodeIndex(tmp_path, {"shop.py": "python", "conf.yml": "yaml", "link.py": "python", "gone.py": "python"})


def test_a_place_is_named_by_the_definitions_around_it(index: TreeCodeIndex) -> None:
    places = {(1, 1): "Shop", (2, 5): "Shop.checkout", (3, 16): "Shop.checkout", (5, 1): "", (5, 9): "", (99, 1): ""}
    assert {place: index.enclosing_symbol(Span("shop.py", *place, *place)) for place in places} == places


def test_tokens_leave_out_comments_and_layout(index: TreeCodeIndex) -> None:
    assert index.code_tokens(Span("shop.py", 2, 5, 3, 37)) == (
        *("def", "checkout", "(", "self", ",", "id", ")", ":"),
        *("return", "run", "(", "'", "é", "'", ",", "id", ")"),
    )


def test_tokens_are_cut_to_the_span(index: TreeCodeIndex) -> None:
    assert index.code_tokens(Span("shop.py", 3, 18, 3, 22)) == ("n", "('"[0], "'", "é")
    assert index.code_tokens(Span("shop.py", 3, 16, 3, 16)) == ()


def test_files_without_a_grammar_have_lexical_tokens_and_comments_but_no_symbols(index: TreeCodeIndex) -> None:
    whole = Span("conf.yml", 1, 1, 3, 1)
    assert index.code_tokens(whole) == ("a", ":", "'", "x", "y", "'", "b", ":", "[", "1", ",", "2", "]")
    assert [comment.text for comment in index.comments("conf.yml")] == ["# note"]
    assert index.enclosing_symbol(whole) == ""
    assert index.symbols("conf.yml").comments == index.comments("conf.yml")


@pytest.mark.parametrize("path", ["link.py", "gone.py"])
def test_what_cannot_be_read_answers_with_nothing(index: TreeCodeIndex, path: str) -> None:
    span = Span(path, 1, 1, 9, 1)
    assert (index.enclosing_symbol(span), index.code_tokens(span), index.comments(path)) == ("", (), ())


def test_a_file_that_is_not_listed_is_not_parsed(index: TreeCodeIndex) -> None:
    assert index.enclosing_symbol(Span("unlisted.py", 2, 5, 2, 6)) == ""


@pytest.mark.parametrize("path", ["../shop.py", "/etc/passwd", "a/../../b"])
def test_a_path_out_of_the_root_is_refused(index: TreeCodeIndex, path: str) -> None:
    with pytest.raises(ValueError, match="leaves the scanned directory"):
        index.comments(path)


def test_the_index_forgets_files_and_gives_the_same_answers_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_MOST_FILES", 2)
    for number in range(5):
        (tmp_path / f"{number}.py").write_text(f"def f{number}():\n    pass\n")
    index = TreeCodeIndex(tmp_path, {f"{number}.py": "python" for number in range(5)})
    for _ in range(2):
        assert [index.enclosing_symbol(Span(f"{number}.py", 2, 5, 2, 5)) for number in range(5)] == ["f0", "f1", "f2", "f3", "f4"]
        assert len(index._files) == 2
        assert index._bytes == sum(len(file.data) for file in index._files.values())


def test_threads_can_share_an_index(index: TreeCodeIndex) -> None:
    span = Span("shop.py", 3, 16, 3, 19)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(index.enclosing_symbol, [span] * 50)) == {"Shop.checkout"}


@pytest.mark.parametrize("name", sorted(path.stem for path in _SNIPPETS.glob("*.txt")))
def test_the_tokens_of_a_file_are_its_text_without_comments_and_layout(name: str) -> None:
    text = (_SNIPPETS / f"{name}.txt").read_text()
    index = TreeCodeIndex(_SNIPPETS, {f"{name}.txt": name.partition("-")[0]})
    tokens = index.code_tokens(Span(f"{name}.txt", 1, 1, text.count("\n") + 1, 1))
    for comment in index.comments(f"{name}.txt"):
        text = text.replace(comment.text, "", 1)
    assert "".join("".join(tokens).split()) == "".join(text.split())
    assert all(token.strip() == token and token for token in tokens)


@pytest.mark.parametrize("name", sorted(path.stem for path in _SNIPPETS.glob("*.txt")))
def test_a_place_has_the_same_name_whether_or_not_the_whole_file_was_asked_for(name: str) -> None:
    data = (_SNIPPETS / f"{name}.txt").read_bytes()
    parsed = parse(name.partition("-")[0], data)
    assert isinstance(parsed, Parsed)
    asked, fresh = SourceText(name, parsed.language, data, parsed), SourceText(name, parsed.language, data, parsed)
    assert asked.definitions
    for offset in range(len(data) + 1):
        line, column = asked.lines.position(offset)
        one, other = asked.around(line, column), fresh.around(line, column)
        assert (one and (one.qualified, one.span)) == (other and (other.qualified, other.span))


def test_names_are_found_across_files(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(_SHOP)
    (tmp_path / "b.go").write_text("package b\n\nfunc (c *Cart) checkout() {}\nfunc run() { checkout() }\n")
    files = [index_file(InspectJob(str(tmp_path), path, language)) for path, language in (("b.go", "go"), ("a.py", "python"), ("none.py", "python"))]
    project = ProjectIndex(files)
    assert [(item.span.path, item.qualified) for item in project.find_definitions("checkout")] == [
        ("a.py", "Shop.checkout"),
        ("b.go", "Cart.checkout"),
    ]
    assert [item.kind for item in project.find_definitions("Cart.checkout")] == [DefinitionKind.METHOD]
    assert project.find_definitions("art.checkout") == ()
    assert [(span.path, span.start_line) for span in project.find_references("x.checkout")] == [("a.py", 2), ("b.go", 3), ("b.go", 4)]
    assert project.find_references("nobody") == ()
