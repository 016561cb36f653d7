"""Paths and repositories as the URI references that reports hold."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit

_IN_PATHS = "/!$&'()*+,;=@"  # RFC 3986's pchar and the separator, without `:`, which would make a scheme of a first segment
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_NOT_FROM_BYTES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_SCP = re.compile(r"(?:[\w.-]+@)?([\w.-]{2,}):/?([^\\]+)")
_SCHEMES = frozenset({"http", "https", "ssh", "git"})


def path_to_uri(path: str) -> str:
    """A relative path as a percent-encoded reference, byte for byte what stands on disk: bytes that are not UTF-8 are kept."""
    return quote(_encoded(path), safe=_IN_PATHS)


def uri_to_path(uri: str) -> str:
    """The path behind `path_to_uri`, with undecodable bytes as surrogate escapes, as `os.fsdecode` gives them on a UTF-8 system."""
    return unquote_to_bytes(uri).decode("utf-8", "surrogateescape")


def repository_uri(remote: str) -> str | None:
    """A remote as an absolute URI without credentials, Git's short form (`git@host:owner/name`) included; None for a local path or no remote."""
    short = _SCP.fullmatch(remote) if "://" not in remote else None
    text = f"ssh://{short[1]}/{short[2]}" if short else remote
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None  # brackets or a port that no URI may have: not a remote that a reader could open
    host = parts.hostname or ""
    if parts.scheme not in _SCHEMES or not re.fullmatch(r"[a-z0-9.-]+", host):
        return None
    authority = host if port is None else f"{host}:{port}"
    path = quote(_encoded(_STRAY_PERCENT.sub("%25", parts.path)), safe=_IN_PATHS + ":%")
    return f"{parts.scheme}://{authority}{path}"


def _encoded(path: str) -> bytes:
    return _NOT_FROM_BYTES.sub("\ufffd", path).encode("utf-8", "surrogateescape")
