"""Whether the name that a value is given to says that the value is secret."""

from __future__ import annotations

import re
from typing import Final

_PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

# Words behind `password`, `token` and the like that make the name one of something else: `token_url`, `passwordField`.
_NOT_AFTER: Final = frozenset(
    """
    address alg algo algorithm arn attempt attempts attr attribute attributes auth backend bucket cache change changed check checker checksum class
    classes cleanup code codes col column command config confirm confirmation confirmed container content cookie cost count created credentials
    css date delimiter desc description dialog dict digest dir directory doc docs element email enabled encoder encoding endpoint engine entropy
    env error errors event exists expiration expired expires expiry factory fail failed feature field fields file filename fingerprint flow folder
    for forgot form format func function generator get group handler hash hasher hashers hashes header headers help helper hint host html http id
    identifier ids in index info input interval invalid is issuer iv kind label labels lang language len length level lifetime limit link list
    loader location login lookup manager mapping max md message method min minimum missing mode model module msg name names namespace nonce not
    number object of option options ordinal output page parameter parameters param params parser path paths pattern placeholder plugin policy position
    prefix prefixes prompt property protocol provider purpose query reader ref reference regex regexp region registry renewal required reset
    resource role route rule rules schema scheme scope scopes screen section sel selector serializer server service session set sha size source
    state status storage store strength style subject suffix table tag template text title to tooltip ttl type types uri url urls usage used user
    username validate validation validator validators vault verify version view warning widget with
    """.split()  # noqa: SIM905 -- a list of words is read and changed as text
)
# And in front of it: `next_token`, `publicKey`.
_NOT_BEFORE: Final = frozenset(
    """
    bad cancel cancellation confirm continuation csrf cursor dummy encrypted end error example fake forgot hash hashed i18n invalid label max min
    missing mock next no not num page pagination parse prev previous public reset sample start symbol sync wrong
    """.split()  # noqa: SIM905 -- a list of words is read and changed as text
)
# What may follow a lower-case word without a separator: `secretkey`, but not `secretary`.
_GLUED: Final = frozenset({"s", "key", "keys", "value", "str", "string", "token", "secret", "base", "phrase", "prod", "dev", "live"})
# `compass`, `bypass`
_NOT_PASS: Final = ("com", "by", "sur", "tres", "under", "over", "en", "multi", "single", "two", "first", "second", "one", "render")
_WORDS_BEFORE: Final = 3


def names_a_secret(before: str, word: str, after: str) -> bool:
    """Whether a name holds a secret itself; `word` is the part that suggests it (`token`), with what stands before and behind it in the name."""
    if word.lower() == "pass" and before.lower().endswith(_NOT_PASS):
        return False
    if glued := _glued(word, after):
        if glued.lower() not in _GLUED:
            return False
        after = after[len(glued) :]
    return _NOT_AFTER.isdisjoint(_words(after)) and _NOT_BEFORE.isdisjoint(_words(before)[-_WORDS_BEFORE:])


def _glued(word: str, after: str) -> str:
    """The letters behind the word that belong to the same word: `izer` of `tokenizer`, `IZER` of `TOKENIZER`, none of `tokenUrl`."""
    match = re.match(r"[A-Z]+(?![a-z])" if word.isupper() else r"[a-z]+", after)
    return match.group() if match else ""


def _words(text: str) -> list[str]:
    return [part.lower() for part in _PARTS.findall(text)]
