"""One model as a settings file or the package's list describes it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, TypeVar

from scanner.core.nearest import nearest
from scanner.llm.models import Model, Thinking
from scanner.llm.pricing import Prices, Pricing, Tier
from scanner.ports.chat import Effort

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

_KEYS: Final = (
    "like",
    "prices",
    "long_prompts",
    "batch_discount",
    "context",
    "max_output",
    "thinking",
    "effort",
    "strict_tools",
    "forced_tools",
    "caching",
)
_REQUIRED: Final = ("input", "output")
# What cache writes and reads cost where an entry does not say: the published multiples for writes, and no discount for reads.
_MULTIPLES: Final = {"cache_write": Decimal("1.25"), "cache_write_1h": Decimal(2), "cache_read": Decimal(1)}
_UNKNOWN: Final = Prices(*(Decimal(0) for _ in range(5)))  # stands in where prices are wrong; no model comes of it


def read_entry(name: str, entry: object, models: Mapping[str, Model]) -> tuple[Model | None, list[str]]:
    """The model an entry describes, and the mistakes in it; with mistakes there is no model.

    An entry is a mapping with any of: `like` (the id of a model to start from), `prices` (a mapping with `input` and `output`, and optionally
    `cache_write`, `cache_write_1h` and `cache_read`: US dollars per million tokens), `long_prompts` (a mapping with `above`, a number of tokens,
    and `prices`), `batch_discount` (0 to 1), `context`, `max_output`, `thinking` (none, adaptive), `effort` (a list), `strict_tools`,
    `forced_tools`, `caching`. Numbers may be texts, and keys may have hyphens. An entry for a model in `models` changes that one; a model that
    is neither there nor like another must have prices. New prices come without the old ones for long prompts.
    """
    reader = _Reader(name)
    if not isinstance(entry, dict):
        return None, [f"{name}: expected a table, found {entry!r}"]
    table = reader.table("", entry, _KEYS)
    base = models.get(name)
    if "like" in table:
        base = models.get(str(table["like"]))
        if base is None:
            reader.wrong("like", f"there is no model {table['like']!r}; known models: {', '.join(sorted(models))}")
    pricing = _pricing(reader, table, base)
    model = Model(
        id=name,
        pricing=pricing,
        context=reader.get(table, "context", _count, base.context if base else 200_000),
        max_output=reader.get(table, "max_output", _count, base.max_output if base else 8_192),
        thinking=reader.get(table, "thinking", _thinking, base.thinking if base else Thinking.NONE),
        efforts=reader.get(table, "effort", _efforts, base.efforts if base else ()),
        strict_tools=reader.get(table, "strict_tools", _boolean, base.strict_tools if base else False),
        forced_tools=reader.get(table, "forced_tools", _boolean, base.forced_tools if base else True),
        caching=reader.get(table, "caching", _boolean, base.caching if base else True),
    )
    return (None if reader.mistakes else model), reader.mistakes


def _pricing(reader: _Reader, table: Mapping[str, object], base: Model | None) -> Pricing:
    known = base.pricing if base else None
    tiers: tuple[Tier, ...] = ()
    if "prices" in table:
        prices = _prices(reader, "prices", table["prices"])
    elif known is not None:
        prices, tiers = known.prices, known.tiers
    else:
        reader.wrong("prices", "missing: give input and output in US dollars per million tokens, or like = the id of a model with the same prices")
        prices = _UNKNOWN
    if "long_prompts" in table:
        tiers = _tiers(reader, table["long_prompts"])
    discount = reader.get(table, "batch_discount", _share, known.batch_discount if known else Decimal(0))
    return Pricing(prices, tiers, discount)


def _tiers(reader: _Reader, value: object) -> tuple[Tier, ...]:
    if not isinstance(value, dict):
        reader.wrong("long_prompts", f"expected a table with above and prices, found {value!r}")
        return ()
    table = reader.table("long_prompts.", value, ("above", "prices"))
    missing = [key for key in ("above", "prices") if key not in table]
    if missing:
        reader.wrong("long_prompts", f"missing: {', '.join(missing)}")
        return ()
    above = reader.get(table, "above", _count, 1, "long_prompts.")
    return (Tier(above, _prices(reader, "long_prompts.prices", table["prices"])),)


def _prices(reader: _Reader, key: str, value: object) -> Prices:
    if not isinstance(value, dict):
        reader.wrong(key, f"expected a table with input and output, found {value!r}")
        return _UNKNOWN
    table = reader.table(f"{key}.", value, (*_REQUIRED, *_MULTIPLES))
    missing = [name for name in _REQUIRED if name not in table]
    if missing:
        reader.wrong(key, f"missing: {', '.join(missing)}")
        return _UNKNOWN
    plain = reader.get(table, "input", _money, Decimal(0), f"{key}.")
    return Prices(
        input=plain,
        output=reader.get(table, "output", _money, Decimal(0), f"{key}."),
        **{name: reader.get(table, name, _money, plain * multiple, f"{key}.") for name, multiple in _MULTIPLES.items()},
    )


class _Reader:
    """Collects what is wrong with one entry."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.mistakes: list[str] = []

    def wrong(self, key: str, message: str) -> None:
        self.mistakes.append(f"{self.name}.{key}: {message}")

    def table(self, prefix: str, value: Mapping[str, object], keys: tuple[str, ...]) -> dict[str, object]:
        """The table with its keys spelled in one way; unknown ones are mistakes."""
        table = {str(key).replace("-", "_"): item for key, item in value.items()}
        for key in table:
            if key not in keys:
                near = nearest(key, keys)
                advice = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(keys)}"
                self.wrong(f"{prefix}{key}", f"unknown key; {advice}")
        return table

    def get(self, table: Mapping[str, object], key: str, parse: Callable[[object], T], default: T, prefix: str = "") -> T:
        """The value of a key, or the default where it is missing or wrong."""
        if key not in table:
            return default
        try:
            return parse(table[key])
        except ValueError as error:
            self.wrong(f"{prefix}{key}", f"{error}, found {table[key]!r}")
            return default


def _money(value: object) -> Decimal:
    number = _decimal(value)
    if number is None or number < 0:
        msg = "expected US dollars per million tokens"
        raise ValueError(msg)
    return number


def _share(value: object) -> Decimal:
    number = _decimal(value)
    if number is None or not 0 <= number <= 1:
        msg = "expected a number from 0 to 1"
        raise ValueError(msg)
    return number


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        msg = "expected a whole number above zero"
        raise ValueError(msg)
    return value


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        msg = "expected true or false"
        raise ValueError(msg)  # noqa: TRY004 -- one kind of error for every value that is wrong
    return value


def _thinking(value: object) -> Thinking:
    if value not in tuple(Thinking):
        msg = f"expected one of {', '.join(Thinking)}"
        raise ValueError(msg)
    return Thinking(str(value))


def _efforts(value: object) -> tuple[Effort, ...]:
    if not isinstance(value, list) or any(item not in tuple(Effort) for item in value):
        msg = f"expected a list of {', '.join(Effort)}"
        raise ValueError(msg)
    return tuple(effort for effort in Effort if effort in value)
