"""What module specifiers mean in a JavaScript program: `./db`, `@app/db`, `#db`, `package/sub`, by the files that are there and their settings.

Node's and TypeScript's rules, as far as a repository shows them: extensions and `index` files, `.js` that stands for `.ts`; `package.json`
(`name`, `main`, `module`, `exports`, `imports`) for packages of the same repository; `paths` and `baseUrl` of `tsconfig.json` and
`jsconfig.json` with `extends`. A built file that is not there (`dist/index.js`) is looked for where it was built from (`src/index.ts`).
The settings are the scanned program's: they are read as data, confined to the root, and decide nothing but which of its own files a
specifier names.
"""

from __future__ import annotations

import json
import posixpath
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.core.files import Unreadable, read_confined
from scanner.ports.cache import key_of
from scanner.taint.facts import PUBLIC, Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

ENDINGS: Final = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts")
_SWAPPED: Final = {".js": (".ts", ".tsx", ".jsx"), ".jsx": (".tsx",), ".mjs": (".mts", ".ts"), ".cjs": (".cts", ".ts")}
_MANIFEST: Final = "package.json"
_CONFIGS: Final = ("tsconfig.json", "jsconfig.json", "tsconfig.base.json")
_MOST_BYTES: Final = 1_000_000
_DEEPEST: Final = 8  # settings that extend settings, conditions in conditions, packages that point to packages
_CONDITIONS: Final = ("source", "development", "import", "module", "require", "node", "browser", "default")
_BUILT: Final = frozenset({"dist", "build", "lib", "out", "cjs", "esm", "es", "output"})
_OFFERS: Final = ("module", "source", "types", "typings", "umd:main", "jsnext:main", "es2015", "esnext")
_STARTS: Final = frozenset({"start", "serve", "dev", "develop", "server", "preview", "start:dev", "start:prod"})
_RUN: Final = re.compile(r"(?<![\w./-])[\w./-]+\.(?:[cm]?[jt]sx?)\b|(?<=node )[\w./-]+")
_MADE: Final = _BUILT - {"lib"}  # where sources hardly ever stand
_OWN: Final = frozenset({"@", "~"})
_COMMENTS: Final = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_LAST_COMMA: Final = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')


class Purpose(NamedTuple):
    """What a `package.json` says that it is there for: to be imported, to be run, or neither in so many words."""

    offers: tuple[str, ...]  # the files that others import
    started: tuple[str, ...]  # the files that are run
    runs: bool  # whether it is a program that is started, and nobody's library


class Package(NamedTuple):
    """One `package.json`: its folder (empty: the root), name, main files, and its maps of what it offers and imports under other names."""

    folder: str
    name: str
    mains: tuple[str, ...]
    exports: tuple[tuple[str, tuple[str, ...]], ...]
    imports: tuple[tuple[str, tuple[str, ...]], ...]
    purpose: Purpose


class Paths(NamedTuple):
    """One `tsconfig.json`: the folder that its names are relative to, whether plain names are looked for there, and its patterns."""

    base: str
    plain: bool
    patterns: tuple[tuple[str, tuple[str, ...]], ...]


class Layout(NamedTuple):
    """A program's files, packages and settings: plain data, so that workers can be sent it."""

    files: frozenset[str]
    packages: Mapping[str, Package]  # by folder
    names: Mapping[str, str]  # package name -> folder
    configs: Mapping[str, Paths]  # by folder
    builds: Mapping[str, str] = {}  # files that are not followed themselves, each with the one that it was compiled from

    @property
    def identity(self) -> str:
        """What stands for all of it."""
        return key_of(sorted(self.files), *(sorted(held.items()) for held in (self.packages, self.names, self.configs, self.builds)))

    def resolver(self, path: str) -> Callable[[str], str]:
        """What specifiers mean in one file."""
        known: dict[str, str] = {}

        def resolve(specifier: str) -> str:
            found = known.get(specifier)
            if found is None:
                found = known[specifier] = self._resolve(specifier, path)
            return found

        return resolve

    def reached(self) -> Mapping[str, Reach]:
        """How other programs come to each file: what a package names is where they begin, and nobody comes into an application.

        Where no package tells, or what it tells is not there, everybody may begin anywhere.
        """
        begun = {folder: self._begun(package) for folder, package in self.packages.items() if "node_modules" not in folder.split("/")}
        entries = frozenset().union(*begun.values())
        found: dict[str, Reach] = {}
        for path in (*self.files, *self.builds):
            folder = next((here for here in _upwards(posixpath.dirname(path)) if here in begun and self.packages[here].name), None)
            if folder is None:
                folder = next((here for here in _upwards(posixpath.dirname(path)) if here in begun), None)
            found[path] = Reach.ENTRY if folder is None else self._reach(path, self.packages[folder], begun[folder], entries)
        for build, path in self.builds.items():  # who comes to a build comes to what stands for it
            found[path] = min(found[path], found[build])
        return found

    def _reach(self, path: str, package: Package, own: Collection[str], entries: Collection[str]) -> Reach:
        purpose = package.purpose
        if purpose.runs:
            return Reach.NEVER
        if path in entries:
            return Reach.ENTRY
        if own:
            return Reach.BEHIND
        # What others would import is nowhere, and is not made of the sources either: what there is to run is all there is.
        run = not purpose.offers or (self._first(package.folder, purpose.started) and not any(map(_is_made, purpose.offers)))
        return Reach.NEVER if purpose.started and run else Reach.ENTRY

    def _begun(self, package: Package) -> frozenset[str]:
        """The files that a package names for others to import; `index` where it names none, unless that is what is run."""
        folder, purpose = package.folder, package.purpose
        found = {place for target in purpose.offers for place in self._named(folder, target)}
        if not purpose.offers and package.name:
            index = self._file(posixpath.join(folder, "index"), main=False)
            found.update({index} - {self._first(folder, [target]) for target in purpose.started})
        found.update([self._unbuilt(place) for place in found])
        found.discard("")
        if all(map(_is_made, found)) and self._has_sources(folder):
            return frozenset()  # it names what is made of its sources, and which of them that is does not show
        return frozenset(found)

    def _has_sources(self, folder: str) -> bool:
        """Whether a package comes with what it is made of, and not with a script or two besides all that was made."""
        own = [path for path in self.files if not folder or path.startswith(f"{folder}/")]
        made = sum(map(_is_made, own))
        return len(own) - made >= max(made, 1)

    def _named(self, folder: str, target: str) -> Iterator[str]:
        head, star, tail = posixpath.normpath(posixpath.join(folder, target)).partition("*")
        if star:
            held = (path for path in (*self.files, *self.builds) if path.startswith(head) and path.endswith(tail))
            yield from (self.builds.get(path, path) for path in held)
        else:
            yield self._first(folder, [target if target.strip("./") else "index"])

    def _resolve(self, specifier: str, path: str) -> str:
        """The dotted name of the module that a specifier names in a file: one of the program as others see it, or a library."""
        plain = specifier.removeprefix("node:").partition("?")[0]
        if plain != specifier:
            return plain
        folder = posixpath.dirname(path)
        if plain.startswith(("./", "../")) or plain in {".", ".."}:
            target = posixpath.normpath(posixpath.join(folder, plain))
            found = "" if target.startswith("..") else self._file("" if target == "." else target)
            return module_name(found or target) + (PUBLIC if found else "")
        found = self._bare(plain, folder)
        return module_name(found) + PUBLIC if found else plain.rstrip("/")

    def _bare(self, specifier: str, folder: str) -> str:
        if specifier.startswith("#"):
            return self._own_import(specifier, folder)
        for here in _upwards(folder):
            config = self.configs.get(here)
            if config is not None:
                return self._mapped(config, specifier) or self._package(specifier) or self._habitual(specifier, folder)
        return self._package(specifier) or self._habitual(specifier, folder)

    def _habitual(self, specifier: str, folder: str) -> str:
        """`@/db` and `~/db`, which no package can be called: settings of a bundler or a framework say that they stand for the sources' own folder."""
        head, _, inner = specifier.partition("/")
        if head not in _OWN or not inner:
            return ""
        return next((found for here in _upwards(folder) if (found := self._first(here, [inner, f"src/{inner}", f"app/{inner}"]))), "")

    def _own_import(self, specifier: str, folder: str) -> str:
        for here in _upwards(folder):
            package = self.packages.get(here)
            if package is not None:
                return self._first(here, _matching(package.imports, specifier))
        return ""

    def _mapped(self, config: Paths, specifier: str) -> str:
        found = self._first(config.base, _matching(config.patterns, specifier))
        return found or (self._file(posixpath.join(config.base, specifier)) if config.plain and specifier else "")

    def _package(self, specifier: str) -> str:
        """A package of the same repository by its name."""
        parts = specifier.split("/")
        length = 2 if specifier.startswith("@") else 1
        folder = self.names.get("/".join(parts[:length]))
        if folder is None:
            return ""
        package, sub = self.packages[folder], "/".join(parts[length:])
        found = self._first(folder, _matching(package.exports, f"./{sub}" if sub else "."))
        return found or (self._file(posixpath.join(folder, sub)) if sub else self._main(package))

    def _main(self, package: Package) -> str:
        for main in package.mains:
            found = self._file(posixpath.normpath(posixpath.join(package.folder, main)), main=False)
            if found:
                return found
        for guess in ("index", "src/index"):
            found = self._file(posixpath.join(package.folder, guess), main=False)
            if found:
                return found
        return ""

    def _first(self, folder: str, targets: Iterable[str]) -> str:
        for target in targets:
            place = posixpath.normpath(posixpath.join(folder, target))
            found = "" if place.startswith(("..", "/")) else self._file(place)
            if found:
                return found
        return ""

    def _file(self, place: str, *, main: bool = True) -> str:
        """The file that a path without certain ending stands for; empty for none."""
        for candidate in _candidates(place):
            if candidate in self.files:
                return candidate
            if candidate in self.builds:
                return self.builds[candidate]
        package = self.packages.get(place)
        if main and package is not None:
            return self._main(package)
        return self._unbuilt(place)  # built files are not there; what they are built from is

    def _unbuilt(self, place: str) -> str:
        """The file that a built one was built from; empty for none."""
        parts = place.split("/")
        for number, part in enumerate(parts[:-1]):
            if part in _BUILT:
                source = "/".join((*parts[:number], "src", *parts[number + 1 :]))
                found = next((candidate for candidate in _candidates(source) if candidate in self.files), "")
                if found:
                    return found
        return ""


def module_name(path: str) -> str:
    """The name of a file's module: its path, with nothing in it that could be taken for the dot between names, and no library's name."""
    return "/" + path.replace(":", "::").replace(".", ":")


def read_layout(root: str, paths: Collection[str], programs: Collection[str], builds: Mapping[str, str] | None = None) -> Layout:
    """The layout of a snapshot: `paths` are all its files, `programs` those of JavaScript and TypeScript that are followed; `builds` as in Layout."""
    packages: dict[str, Package] = {}
    configs: dict[str, Paths] = {}
    for path in sorted(paths):
        folder, name = posixpath.split(path)
        if name == _MANIFEST:
            packages[folder] = _package(folder, _json(root, path))
        elif name in _CONFIGS and folder not in configs:
            found = _config(root, path, 0)
            if found is not None:
                configs[folder] = found
    names: dict[str, str] = {}
    for folder, package in packages.items():
        if package.name and "node_modules" not in folder.split("/"):
            names.setdefault(package.name, folder)
    return Layout(frozenset(programs), packages, names, configs, builds or {})


def _is_made(path: str) -> bool:
    return not _MADE.isdisjoint(path.split("/"))


def _upwards(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def _candidates(place: str) -> Iterator[str]:
    if place:
        yield place
        stem, ending = posixpath.splitext(place)
        yield from (stem + other for other in _SWAPPED.get(ending, ()))
        yield from (place + other for other in ENDINGS)
    inside = f"{place}/index" if place else "index"
    yield from (inside + other for other in ENDINGS)


def _matching(patterns: Iterable[tuple[str, tuple[str, ...]]], specifier: str) -> Iterator[str]:
    """The targets of the patterns that fit, the most exact pattern first."""
    fitting = []
    for pattern, targets in patterns:
        head, star, tail = pattern.partition("*")
        if not star and pattern == specifier:
            fitting.append((-len(pattern) - 1, pattern, targets, ""))
        elif star and specifier.startswith(head) and specifier.endswith(tail) and len(specifier) >= len(head) + len(tail):
            fitting.append((-len(head), pattern, targets, specifier[len(head) : len(specifier) - len(tail)]))
    for _, _, targets, rest in sorted(fitting):
        yield from (target.replace("*", rest) for target in targets)


def _json(root: str, path: str) -> dict[str, object]:
    """A settings file, comments and last commas allowed; empty where it is none."""
    data = read_confined(root, path, _MOST_BYTES)
    if isinstance(data, Unreadable):
        return {}
    text = data.decode("utf-8-sig", "replace")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        try:
            value = json.loads(_LAST_COMMA.sub(lambda found: found.group(1) or "", _COMMENTS.sub(lambda found: found.group(1) or "", text)))
        except (ValueError, RecursionError):
            return {}  # not ours to complain of: the program's own tools will
    return value if isinstance(value, dict) else {}


def _package(folder: str, value: dict[str, object]) -> Package:
    name = value.get("name")
    exports = value.get("exports")
    if isinstance(exports, dict) and not any(str(key).startswith(".") for key in exports):
        exports = {".": exports}
    elif not isinstance(exports, dict):
        exports = {".": exports} if exports else {}
    imports = value.get("imports")
    return Package(
        folder,
        name if isinstance(name, str) else "",
        tuple(main for key in ("source", "module", "main", "browser") if isinstance(main := value.get(key), str)),
        tuple((str(key), tuple(_targets(target, 0))) for key, target in exports.items()),
        tuple((str(key), tuple(_targets(target, 0))) for key, target in (imports.items() if isinstance(imports, dict) else ())),
        _purpose(value),
    )


def _purpose(value: dict[str, object]) -> Purpose:
    """An application is private, or nothing but started: what tools write into every new one (`main`) makes no library of it."""
    scripts, tools, browser = value.get("scripts"), value.get("bin"), value.get("browser")
    start = " ".join(str(command) for name, command in scripts.items() if name in _STARTS) if isinstance(scripts, dict) else ""
    main = value.get("main")
    started = [*_targets(tools, 0), *_RUN.findall(start)]
    offers = [main] if isinstance(main, str) and main else []
    offers.extend(module for key in _OFFERS if isinstance(module := value.get(key), str))
    offers.extend(_targets(value.get("exports"), 0))
    if isinstance(browser, str):
        offers.append(browser)
    library = any(value.get(key) for key in (*_OFFERS, "exports", "bin", "files", "peerDependencies"))
    own = {posixpath.normpath(place) for place in started}
    runs = bool(start) and not library and (value.get("private") is True or (isinstance(main, str) and posixpath.normpath(main) in own))
    if value.get("private") is True and not offers:
        runs = True
    return Purpose(tuple(dict.fromkeys(offers)), tuple(dict.fromkeys(started)), runs)


def _targets(value: object, depth: int) -> Iterator[str]:
    """The paths of an entry of `exports`, those for running code first."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _targets(item, depth + 1)
    elif isinstance(value, dict):
        for condition in _CONDITIONS:
            if condition in value:
                yield from _targets(value[condition], depth + 1)
        for condition, item in value.items():
            if condition not in _CONDITIONS and condition != "types":
                yield from _targets(item, depth + 1)


def _config(root: str, path: str, depth: int) -> Paths | None:
    value = _json(root, path)
    folder = posixpath.dirname(path)
    options = value.get("compilerOptions")
    options = options if isinstance(options, dict) else {}
    base, written = options.get("baseUrl"), options.get("paths")
    if base is None and written is None:
        extended = value.get("extends")
        for parent in extended if isinstance(extended, list) else [extended]:
            if isinstance(parent, str) and parent.startswith(".") and depth < _DEEPEST:
                place = posixpath.normpath(posixpath.join(folder, parent if parent.endswith(".json") else f"{parent}.json"))
                found = None if place.startswith("..") else _config(root, place, depth + 1)
                if found is not None:
                    return found
        return None
    start = posixpath.normpath(posixpath.join(folder, base)) if isinstance(base, str) else folder
    if start.startswith(("..", "/")):
        return None
    patterns = tuple(
        (str(pattern), tuple(target for target in targets if isinstance(target, str)))
        for pattern, targets in (written.items() if isinstance(written, dict) else ())
        if isinstance(targets, list)
    )
    return Paths("" if start == "." else start, isinstance(base, str), patterns)
