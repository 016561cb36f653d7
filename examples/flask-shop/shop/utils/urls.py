"""Addresses."""

from urllib.parse import urlsplit


def local_target(target, fallback="/"):
    """`target` reduced to a path on this site, or `fallback`."""
    if not target:
        return fallback
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return fallback
    path = "/" + parts.path.lstrip("/\\")
    return f"{path}?{parts.query}" if parts.query else path
