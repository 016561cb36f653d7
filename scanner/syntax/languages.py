"""Which language a file is in, from its name and its first bytes.

Cheap on purpose: other rooms ask for every file of a tree, so nothing here imports a parser.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

GRAMMARS = frozenset(("python", "javascript", "typescript", "tsx", "java", "go", "ruby", "php", "csharp", "c", "cpp", "rust", "kotlin", "bash"))
"""The languages that can be parsed."""

PLAIN = frozenset(("yaml", "json", "toml", "dockerfile", "terraform", "html", "css", "xml", "sql", "markdown", "text", "properties", "ini", "env"))
"""The languages that are known but read without a grammar."""

LANGUAGES = GRAMMARS | PLAIN

HEAD_BYTES = 4096
"""How much of a file's beginning `detect_language` looks at; more does no harm."""

_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "python": (".py", ".pyi", ".pyw", ".pyx", ".wsgi"),
    "javascript": (".js", ".jsx", ".mjs", ".cjs", ".es6"),
    "typescript": (".ts", ".mts", ".cts"),
    "tsx": (".tsx",),
    "java": (".java",),
    "go": (".go",),
    "ruby": (".rb", ".rake", ".gemspec", ".ru", ".podspec", ".jbuilder"),
    "php": (".php", ".phtml", ".php3", ".php4", ".php5", ".php7", ".phps"),
    "csharp": (".cs", ".csx"),
    "c": (".c", ".h"),
    "cpp": (".cc", ".cpp", ".cxx", ".c++", ".hh", ".hpp", ".hxx", ".h++", ".ipp", ".inl", ".tpp"),
    "rust": (".rs",),
    "kotlin": (".kt", ".kts"),
    "bash": (".sh", ".bash", ".bats", ".ksh", ".zsh"),
    "yaml": (".yaml", ".yml"),
    "json": (".json", ".jsonc", ".json5", ".ipynb", ".webmanifest", ".geojson", ".har"),
    "toml": (".toml",),
    "dockerfile": (".dockerfile", ".containerfile"),
    "terraform": (".tf", ".tfvars", ".hcl"),
    "html": (".html", ".htm", ".xhtml", ".vue", ".svelte", ".erb", ".ejs", ".hbs", ".mustache", ".j2", ".jinja", ".jinja2", ".twig"),
    "css": (".css", ".scss", ".less"),
    "xml": (".xml", ".xsd", ".xsl", ".xslt", ".svg", ".plist", ".csproj", ".vbproj", ".props", ".targets", ".config", ".resx", ".wsdl"),
    "sql": (".sql", ".ddl", ".psql"),
    "markdown": (".md", ".markdown", ".mdx"),
    "text": (".txt", ".rst", ".adoc", ".log", ".csv", ".tsv", ".pem", ".key", ".crt", ".groovy", ".gradle"),
    "properties": (".properties",),
    "ini": (".ini", ".cfg", ".conf", ".cnf", ".service", ".socket", ".timer", ".desktop"),
    "env": (".env",),
}

_NAMES: Mapping[str, tuple[str, ...]] = {
    "python": ("SConstruct", "SConscript", "wscript"),
    "ruby": (
        *("Gemfile", "Rakefile", "Vagrantfile", "Podfile", "Fastfile", "Appfile", "Guardfile", "Capfile", "Brewfile", "Thorfile"),
        *("Dangerfile", ".irbrc", ".pryrc"),
    ),
    "bash": (".bashrc", ".bash_profile", ".bash_aliases", ".bash_logout", ".profile", ".zshrc", ".zprofile", ".zshenv", "PKGBUILD", "APKBUILD"),
    "dockerfile": ("Dockerfile", "Containerfile"),
    "json": (".babelrc", ".eslintrc", ".prettierrc", ".jshintrc", ".swcrc", "composer.lock", "Pipfile.lock", ".dockercfg"),
    "toml": ("Pipfile", "poetry.lock", "uv.lock", "pdm.lock", "Cargo.lock"),
    "ini": (
        *(".editorconfig", ".gitconfig", ".gitmodules", ".npmrc", ".yarnrc", ".pypirc", ".coveragerc", ".flake8", ".pylintrc", ".s3cfg"),
        *(".boto", ".my.cnf", ".hgrc"),
    ),
    "env": (".envrc",),
    "text": (
        *("Makefile", "GNUmakefile", "Jenkinsfile", "Procfile", "CODEOWNERS", "LICENSE", "README", "go.mod", "go.sum", "yarn.lock"),
        *(".netrc", ".htpasswd", ".htaccess", ".pgpass", ".git-credentials", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"),
    ),
}

_INTERPRETERS: Mapping[str, tuple[str, ...]] = {
    "python": ("python", "pypy", "uv"),
    "javascript": ("node", "nodejs", "bun"),
    "typescript": ("deno", "ts-node", "tsx"),
    "ruby": ("ruby", "jruby"),
    "php": ("php",),
    "bash": ("sh", "bash", "dash", "ash", "ksh", "zsh", "bats"),
    "kotlin": ("kotlin",),
    "java": ("java",),
    "rust": ("rust-script",),
    "go": ("gorun",),
}

_BY_SUFFIX = {suffix: language for language, suffixes in _SUFFIXES.items() for suffix in suffixes}
_BY_NAME = {name.lower(): language for language, names in _NAMES.items() for name in names}
_BY_INTERPRETER = {name: language for language, names in _INTERPRETERS.items() for name in names}

# Names with a part that varies: Dockerfile.prod, .env.local, prod.env.example.
_PATTERNS = (
    (re.compile(r"(?:dockerfile|containerfile)[._-].+"), "dockerfile"),
    (re.compile(r"\.env[._-].+|.*\.env\.[a-z]+"), "env"),
    (re.compile(r"jenkinsfile[._-].+|makefile[._-].+|(?:requirements|constraints).*\.txt"), "text"),
    (re.compile(r".*\.tf\.json|.*\.tfstate(?:\.backup)?"), "json"),
)
# Suffixes put behind the real one: config.yml.example is read as config.yml.
_TEMPLATE_SUFFIXES = frozenset((".example", ".sample", ".dist", ".template", ".tmpl", ".tpl", ".bak", ".orig", ".in"))

_SHEBANG = re.compile(rb"(?:\xef\xbb\xbf)?#![ \t]*(\S+)([^\r\n]*)")
_VERSION_TAIL = re.compile(r"[\d.]+$")
_CPP = re.compile(
    rb"^[ \t]*+(?:template[ \t]*+<|namespace\b|using[ \t]++(?:namespace\b|\w++(?:::|[ \t]*+=))|(?:public|private|protected)[ \t]*+:"
    rb"|class[ \t]++\w++[^;\r\n]*+$|#[ \t]*+include[ \t]*+<[a-z_]++>)|\bstd::|\bconstexpr\b|\bnoexcept\b|\boverride\b",
    re.MULTILINE,
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<(?:\?xml|!DOCTYPE TS)")
_PHP = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<\?(?:php\b|=)")


def detect_language(path: str, head: bytes) -> str:
    """The language of a file, "" when it is none of ours.

    `path` is relative, with `/` between its parts; `head` is the file's beginning, at best `HEAD_BYTES` long. The name decides first, then the
    suffix, then a `#!` line, then what the beginning looks like. JSX counts as javascript; a `.h` file is C unless it looks like C++.
    """
    name = path.rpartition("/")[2].lower()
    language = _BY_NAME.get(name) or _by_pattern(name) or _by_suffix(name)
    if language:
        return _second_look(name, language, head)
    return _by_content(head)


def is_declaration_file(path: str) -> bool:
    """Whether a file only declares what runs elsewhere (`.pyi`, `.d.ts`): its language is known, but stages that look for behaviour leave it out."""
    return path.lower().endswith((".pyi", ".d.ts", ".d.mts", ".d.cts"))


def _by_pattern(name: str) -> str:
    return next((language for pattern, language in _PATTERNS if pattern.fullmatch(name)), "")


def _by_suffix(name: str) -> str:
    stem, suffix = _split(name)
    if suffix in _TEMPLATE_SUFFIXES:
        if stem in _BY_NAME:
            return _BY_NAME[stem]
        name, (stem, suffix) = stem, _split(stem)
    if name == ".env":
        return "env"
    return _BY_SUFFIX.get(suffix, "")


def _split(name: str) -> tuple[str, str]:
    """A name without its suffix, and the suffix with its dot, as `pathlib` tells them: one that only begins or ends with a dot has none."""
    dot = name.rfind(".")
    return (name[:dot], name[dot:]) if 0 < dot < len(name) - 1 else (name, "")


def _second_look(name: str, language: str, head: bytes) -> str:
    if name.endswith(".h") and _CPP.search(head):
        return "cpp"
    if name.endswith(".ts") and _XML.match(head):
        return "xml"  # Qt keeps translations in .ts files
    return language


def _by_content(head: bytes) -> str:
    shebang = _SHEBANG.match(head)
    if shebang:
        return _by_interpreter(shebang[1].decode("utf-8", "replace"), shebang[2].decode("utf-8", "replace"))
    if _PHP.match(head):
        return "php"
    if _XML.match(head):
        return "xml"
    return ""


def _by_interpreter(command: str, arguments: str) -> str:
    name = PurePosixPath(command).name
    if name == "env":
        words = (word for word in arguments.split() if not word.startswith("-") and "=" not in word)
        name = PurePosixPath(next(words, "")).name
    return _BY_INTERPRETER.get(_VERSION_TAIL.sub("", name), "")
