"""What the name of a file or a directory already says: version control, vendored, generated, minified, binary."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scanner.core.coverage import Skip
from scanner.sources.reader import Refusal

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_VERSION_CONTROL: Final = frozenset({".git", ".hg", ".svn", ".bzr", "_darcs", ".jj", ".sl", ".pijul"})

_VENDORED: Final = frozenset(
    {
        ".bundle", ".cargo-home", ".eggs", ".gradle", ".m2", ".mypy_cache", ".nox", ".pnpm-store", ".pytest_cache", ".ruff_cache", ".terraform",
        ".tox", ".virtualenv", "__pycache__", "__pypackages__", "_vendor", "bower_components", "carthage", "dist-packages", "jspm_packages",
        "node_modules", "pods", "site-packages", "third-party", "third_party", "thirdparty",
    }
)  # fmt: skip

# A directory called `vendor` holds other people's code where a package manager put it there, or where web assets are collected.
_VENDOR_SIBLINGS: Final = ("go.mod", "composer.json", "Gemfile", "Cargo.toml")
_VENDOR_PARENTS: Final = frozenset({"assets", "css", "javascripts", "js", "public", "static", "stylesheets"})
_VENDOR_CHILDREN: Final = ("autoload.php", "modules.txt", "bundle")

_LOCK_FILES: Final = frozenset(
    {
        ".terraform.lock.hcl", "bun.lock", "bun.lockb", "cargo.lock", "composer.lock", "conda-lock.yml", "deno.lock", "flake.lock", "gemfile.lock",
        "go.sum", "go.work.sum", "gradle.lockfile", "mix.lock", "npm-shrinkwrap.json", "package-lock.json", "package.resolved",
        "packages.lock.json", "paket.lock", "pdm.lock", "pipfile.lock", "pixi.lock", "pnpm-lock.yaml", "podfile.lock", "poetry.lock",
        "pubspec.lock", "pylock.toml", "uv.lock", "yarn.lock",
    }
)  # fmt: skip

_GENERATED: Final = re.compile(
    r"""
    .+_pb2(?:_grpc)?\.pyi?                  # protoc: Python
    | .+\.pb(?:\.gw)?\.(?:go|cc|h|dart)     # protoc: Go, C++, Dart
    | .+_(?:grpc_)?pb\.(?:js|d\.ts|rb)      # protoc: JavaScript, Ruby
    | .+_grpc\.pb\.(?:go|cc|h)
    | zz_generated\..+\.go                  # Kubernetes' generators
    | .+\.(?:g|g\.i|designer)\.cs           # .NET designers
    | .+\.(?:g|freezed)\.dart
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MINIFIED: Final = re.compile(r".+[.-]min\.(?:js|mjs|cjs|css|html?)", re.IGNORECASE)
_SOURCE_MAP: Final = re.compile(r".+\.(?:js|mjs|cjs|css)\.map", re.IGNORECASE)

_BINARY_ENDINGS: Final = frozenset(
    {
        "7z", "a", "aac", "ai", "apk", "avi", "avif", "blend", "bmp", "bz2", "cab", "class", "crx", "deb", "dex", "dll", "dmg",
        "doc", "docx", "dylib", "ear", "egg", "eot", "exe", "flac", "flv", "fon", "gif", "gmo", "gz", "h5", "heic", "icns", "ico", "ipa",
        "iso", "jar", "jks", "jpeg", "jpg", "keystore", "ko", "lz4", "m4a", "mdb", "mkv", "mo", "mov", "mp3", "mp4", "mpeg", "mpg", "msi",
        "node", "npy", "npz", "nupkg", "o", "odp", "ods", "odt", "ogg", "onnx", "otf", "pack", "parquet", "pdb", "pdf", "png",
        "ppt", "pptx", "psd", "pyc", "pyd", "pyo", "rar", "rlib", "rpm", "shp", "shx", "snupkg", "so", "sqlite", "sqlite3", "swf", "tar", "tgz",
        "tif", "tiff", "ttc", "ttf", "war", "wasm", "wav", "webm", "webp", "whl", "wim", "wmv", "woff", "woff2", "xls", "xlsx", "xz", "zip",
        "zst",
    }
)  # fmt: skip


def is_version_control(name: str, *, is_directory: bool) -> bool:
    """Whether a file or directory of this name belongs to a version control system; a file `.git` points to a repository elsewhere."""
    return name.lower() in _VERSION_CONTROL or (is_directory and name == "CVS")


def looks_like_repository(children: AbstractSet[str]) -> bool:
    """Whether a directory with these children may be a git repository without a work tree; its HEAD decides (see `is_head`)."""
    return {"HEAD", "objects", "refs"} <= children


def is_head(data: bytes) -> bool:
    """Whether this is what git keeps in a file called HEAD."""
    return re.fullmatch(rb"(?:ref: refs/\S+|[0-9a-f]{40}|[0-9a-f]{64})\s*", data) is not None


def vendored_name(name: str, parent: str, siblings: AbstractSet[str]) -> str:
    """Why a directory holds other people's code, going by its name, its parent's name and what stands beside it; empty when nothing says so."""
    if name.lower() in _VENDORED:
        return f"named {name}"
    if name != "vendor":
        return ""
    beside = next((item for item in _VENDOR_SIBLINGS if item in siblings), "")
    if beside:
        return f"vendor beside {beside}"
    return f"vendor below {parent}" if parent.lower() in _VENDOR_PARENTS else ""


def vendored_content(name: str, children: AbstractSet[str]) -> str:
    """Why a directory with these children holds other people's code; empty when nothing says so."""
    if "pyvenv.cfg" in children:
        return "a virtual environment: holds pyvenv.cfg"
    inside = next((item for item in _VENDOR_CHILDREN if item in children), "") if name == "vendor" else ""
    return f"vendor with {inside}" if inside else ""


def refuse_generated_name(name: str) -> Refusal | None:
    """The refusal for a file that a program wrote, going by its name."""
    if name.lower() in _LOCK_FILES:
        return Refusal(Skip.GENERATED, "a lock file")
    if _GENERATED.fullmatch(name):
        return Refusal(Skip.GENERATED, "named as generated code is")
    if _SOURCE_MAP.fullmatch(name):
        return Refusal(Skip.GENERATED, "a source map")
    return Refusal(Skip.MINIFIED, "named as minified code is") if _MINIFIED.fullmatch(name) else None


def refuse_binary_name(name: str) -> Refusal | None:
    """The refusal for a file whose ending only binary formats have."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return Refusal(Skip.BINARY, f"ends in .{ending}") if ending in _BINARY_ENDINGS else None
