from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.core.location import Span
from scanner.syntax.index import TreeCodeIndex
from scanner.syntax.lexical import lexical_comments

if TYPE_CHECKING:
    from pathlib import Path

    from scanner.ports.code_index import Comment


def _comments(tmp_path: Path, language: str, data: bytes) -> tuple[Comment, ...]:
    (tmp_path / "file").write_bytes(data)
    return TreeCodeIndex(tmp_path, {"file": language}).comments("file")


@pytest.mark.parametrize(
    ("language", "source", "texts"),
    [
        ("python", 's = "# no"  # one\n# two\n', ["# one", "# two"]),
        ("javascript", 'let s = "// no"; /* one\n */ // two\nlet r = /\\/\\/ no/;\n', ["/* one\n */", "// two"]),
        ("typescript", "let s: string = `// no`; // one\n", ["// one"]),
        ("tsx", "let e = <a>// no</a>; // one\n", ["// one"]),
        ("java", '/** one */ class A { String s = "// no"; } // two\n', ["/** one */", "// two"]),
        ("go", "package a // one\nvar s = `// no`\n/* two */\n", ["// one", "/* two */"]),
        ("ruby", 's = "# no #{x}" # one\n=begin\ntwo\n=end\n', ["# one", "=begin\ntwo\n=end"]),
        ("php", "<?php // one\n# two\n$s = '// no'; /* three */ ?>\n<p>// no\n", ["// one", "# two", "/* three */"]),
        ("csharp", 'class A { string s = @"// no"; } // one\n/// two\n', ["// one", "/// two"]),
        ("c", 'char *s = "/* no */"; // one\n/* two */\n', ["// one", "/* two */"]),
        ("cpp", 'auto s = R"(// no)"; // one\n', ["// one"]),
        ("rust", 'let s = "// no"; // one\n/// two\nfn f() {}\n/* three /* nested */ */\n', ["// one", "/// two", "/* three /* nested */ */"]),
        ("kotlin", 'val s = "// no" // one\n/* two */\n', ["// one", "/* two */"]),
        ("bash", "#!/bin/sh\necho '# no' a#no # one\ncat <<E\n# no\nE\n", ["#!/bin/sh", "# one"]),
    ],
)
def test_comments_come_from_the_tree_where_there_is_one(tmp_path: Path, language: str, source: str, texts: list[str]) -> None:
    assert [comment.text for comment in _comments(tmp_path, language, source.encode())] == texts


@pytest.mark.parametrize(
    ("language", "source", "texts"),
    [
        ("yaml", "# one\nk: 'it''s # no' # two\nu: http://a#no\nx: it's # three\n", ["# one", "# two", "# three"]),
        ("yaml", "- run: |\n    echo # no\n\n    # no\n  env: # one\n", ["# one"]),
        ("yaml", "- |\n # no\n- - >-\n   # no\n  - x # one\n", ["# one"]),
        ("toml", "a = \"# no\" # one\nb = '''\n# no\n'''\n#two", ["# one", "#two"]),
        ("terraform", 'a = "# no" // one\nb = <<-EOF\n# no\n  EOF\n/* two\n */ # three', ["// one", "/* two\n */", "# three"]),
        ("dockerfile", "FROM x # no\n  # one\n", ["# one"]),
        ("ini", "; one\na = b ; two\nurl = a#no\n", ["; one", "; two"]),
        ("properties", "# one\n! two\na = b # no\n", ["# one", "! two"]),
        ("env", 'A="# no" # one\nB=a#no\n', ["# one"]),
        ("html", "<a href='<!-- no'><!-- one\n--><b><!-- two", ["<!-- no'><!-- one\n-->", "<!-- two"]),
        ("xml", "<![CDATA[<!-- no -->]]><!-- one -->", ["<!-- one -->"]),
        ("sql", "select '--no', \"--no\", $$ --no $$ -- one\n/* two */", ["-- one", "/* two */"]),
        ("css", "a{b:url(http://no)} /* one */ // two\n", ["/* one */", "// two"]),
        ("json", '{"a": "http://no /* no */", // one\n}', ["// one"]),
        ("markdown", "# no\n<!-- one -->", ["<!-- one -->"]),
        ("text", "# no\n", []),
        ("", "# no\n", []),
    ],
)
def test_comments_are_found_lexically_where_there_is_no_grammar(tmp_path: Path, language: str, source: str, texts: list[str]) -> None:
    assert [comment.text for comment in _comments(tmp_path, language, source.encode())] == texts


def test_a_comment_says_whether_code_stands_before_it_on_its_line(tmp_path: Path) -> None:
    source = b"/* a */ // b\nint x; /* c */ // d\n/* e\n */ // f\nint y; /* g\n */ // h\n"
    shown = {comment.text[-1 if comment.text[1] == "/" else 3]: comment.trailing for comment in _comments(tmp_path, "c", source)}
    assert shown == {"a": False, "b": False, "c": True, "d": True, "e": False, "f": False, "g": True, "h": False}


def test_a_comment_stands_where_a_person_counts_it(tmp_path: Path) -> None:
    source = 'é = "😀"  # hé\r\n\r\n  # two\rx = 1 # three'.encode()
    assert [comment.span for comment in _comments(tmp_path, "python", source)] == [
        Span("file", 1, 11, 1, 15),
        Span("file", 3, 3, 3, 8),
        Span("file", 4, 7, 4, 14),
    ]


def test_a_doc_comment_ends_on_its_own_line(tmp_path: Path) -> None:
    (comment,) = _comments(tmp_path, "rust", b"/// doc\r\nfn f() {}\n")
    assert comment.span == Span("file", 1, 1, 1, 8)


@pytest.mark.parametrize("language", ["yaml", "toml", "terraform", "sql", "html", "css", "env"])
def test_an_open_comment_or_string_ends_with_the_file(language: str) -> None:
    for source in (b"/* a", b"<!-- a", b'"a', b"'a", b"<<E\n#", b"$$ a", b'"""a', b"# a"):
        assert all(0 <= start <= end <= len(source) for start, end in lexical_comments(language, source))
