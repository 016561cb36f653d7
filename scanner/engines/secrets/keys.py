"""Private keys in PEM armour."""

from __future__ import annotations

import base64
import re
from typing import Final

from scanner.engines.secrets.sighting import Opinion, Sighting

_ARMOUR: Final = re.compile(r"-----(?:BEGIN|END) [A-Z0-9 ]{1,60}-----")
# Escaped line ends, quotes, joining operators and indentation, where the block stands inside a string literal.
_NOISE: Final = re.compile(r"\\[nrt]|[\s\"'`+,\\]")
_HEADER: Final = re.compile(r"(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|MessageID):(?:(?!\\n)[^\r\n])*")
_CHECKSUM: Final = re.compile(r"=[A-Za-z0-9+/]{4}\Z")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]+={0,2}\Z")
_SHORTEST: Final = 64  # an Ed25519 key in PKCS #8: 48 bytes
_DISTINCT: Final = 12

_OPENSSH_MAGIC: Final = b"openssh-key-v1\x00"
_OPENSSH_PLAIN: Final = b"\x00\x00\x00\x04none\x00\x00\x00\x04none"
_ASN1_SEQUENCE: Final = b"\x30"
_PGP_SECRET_KEY_TAGS: Final = frozenset({5, 7})  # RFC 9580, section 5


def private_key(sighting: Sighting) -> Opinion:
    """Fine for a key block that is not encrypted and whose body is long enough; doubtful when it does not decode to the start of a key."""
    return Opinion.REJECT if _encrypted(sighting.secret) else _body_opinion(sighting.secret)


def encrypted_private_key(sighting: Sighting) -> Opinion:
    """Fine for a key block that a passphrase protects and whose body is long enough; what it decodes to says nothing."""
    block = sighting.secret
    return Opinion.FINE if _encrypted(block) and _plausible(_body(block)) else Opinion.REJECT


def _encrypted(block: str) -> bool:
    if "ENCRYPTED" in block:
        return True
    decoded = _decode(_body(block))
    return decoded.startswith(_OPENSSH_MAGIC) and not decoded.startswith(_OPENSSH_MAGIC + _OPENSSH_PLAIN)


def _body_opinion(block: str) -> Opinion:
    body = _body(block)
    if not _plausible(body):
        return Opinion.REJECT
    decoded = _decode(body)
    if decoded.startswith((_ASN1_SEQUENCE, _OPENSSH_MAGIC)) or _is_pgp_secret_key(decoded):
        return Opinion.FINE
    return Opinion.DOUBT


def _plausible(body: str) -> bool:
    return len(body) >= _SHORTEST and len(set(body)) >= _DISTINCT and bool(_BASE64.match(body))


def _body(block: str) -> str:
    body = _NOISE.sub("", _HEADER.sub("", _ARMOUR.sub("", block)))
    return _CHECKSUM.sub("", body) if "PGP" in block else body


def _decode(body: str) -> bytes:
    """The first bytes of the body; nothing when it is not base64."""
    start = body[:120]
    try:
        return base64.b64decode(start[: len(start) // 4 * 4], validate=True)
    except ValueError:  # binascii.Error for what is no base64, ValueError itself for what is not ASCII
        return b""


def _is_pgp_secret_key(decoded: bytes) -> bool:
    if not decoded or not decoded[0] & 0x80:
        return False
    tag = decoded[0] & 0x3F if decoded[0] & 0x40 else (decoded[0] & 0x3F) >> 2
    return tag in _PGP_SECRET_KEY_TAGS
