from __future__ import annotations

import subprocess
import sys

import pytest

from scanner.syntax.grammars import has_grammar
from scanner.syntax.languages import GRAMMARS, LANGUAGES, PLAIN, detect_language, is_declaration_file


@pytest.mark.parametrize(
    ("path", "head", "language"),
    [
        ("a/b.py", b"", "python"),
        ("a/B.PY", b"", "python"),
        ("stubs/a.pyi", b"", "python"),
        ("app.jsx", b"", "javascript"),
        ("app.tsx", b"", "tsx"),
        ("app.mts", b"", "typescript"),
        ("de.ts", b'<?xml version="1.0"?>\n<!DOCTYPE TS>', "xml"),
        ("Main.java", b"", "java"),
        ("x.cs", b"", "csharp"),
        ("build.gradle.kts", b"", "kotlin"),
        ("a.h", b"#include <stdio.h>\nint f(void);\n", "c"),
        ("a.h", b'#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void);\n', "c"),
        ("a.h", b"#pragma once\nnamespace shop {\nclass Cart;\n}\n", "cpp"),
        ("a.h", b"#include <string>\nstd::string f();\n", "cpp"),
        ("a.hpp", b"", "cpp"),
        ("Gemfile", b"", "ruby"),
        ("lib/tasks/Rakefile", b"", "ruby"),
        ("Dockerfile", b"", "dockerfile"),
        ("docker/Dockerfile.prod", b"", "dockerfile"),
        ("api.dockerfile", b"", "dockerfile"),
        ("Jenkinsfile", b"", "text"),
        (".env", b"", "env"),
        (".env.local", b"", "env"),
        ("prod.env", b"", "env"),
        ("main.tf", b"", "terraform"),
        ("main.tf.json", b"", "json"),
        ("config.yml.example", b"", "yaml"),
        ("Dockerfile.tmpl", b"", "dockerfile"),
        ("page.html.erb", b"", "html"),
        ("bin/run", b"#!/usr/bin/env -S python3.12 -u\n", "python"),
        ("bin/run", b"#!/bin/sh\n", "bash"),
        ("bin/run", b"#! /usr/local/bin/node --x\n", "javascript"),
        ("bin/run", b"#!/usr/bin/env FOO=1 ruby\n", "ruby"),
        ("bin/run", b"#!/usr/bin/perl\n", ""),
        ("index", b"\xef\xbb\xbf<?php echo 1;", "php"),
        ("photo.jpg", b"\xff\xd8", ""),
        ("LICENSE", b"", "text"),
        ("noext", b"", ""),
    ],
)
def test_a_language_follows_from_the_name_and_then_from_the_first_bytes(path: str, head: bytes, language: str) -> None:
    assert detect_language(path, head) == language


@pytest.mark.parametrize("path", ["a.pyi", "lib/index.d.ts", "x.d.mts"])
def test_a_file_that_only_declares_is_marked_as_such(path: str) -> None:
    assert is_declaration_file(path)


@pytest.mark.parametrize("path", ["a.py", "d.ts", "index.ts", "a.pyi.txt"])
def test_a_file_that_runs_is_not_marked_as_declaring(path: str) -> None:
    assert not is_declaration_file(path)


def test_exactly_the_languages_said_to_have_a_grammar_have_one() -> None:
    assert {language for language in LANGUAGES if has_grammar(language)} == GRAMMARS
    assert not GRAMMARS & PLAIN


def test_telling_languages_apart_loads_no_parser() -> None:
    code = "import sys, scanner.syntax.languages, scanner.syntax.inspection; print([m for m in sys.modules if m.startswith('tree_sitter')])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert shown.stdout == "[]\n"
