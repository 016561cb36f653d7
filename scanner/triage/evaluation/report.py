"""The measurements as text for people and as JSON for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from scanner.triage.evaluation.metrics import measure
from scanner.triage.verdict_json import verdict_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scanner.triage.evaluation.metrics import Metrics, Outcome, Rate

SCHEMA: Final = "casemate-eval-1"
_RATES: Final = (
    ("rightly decided", "accuracy"),
    ("precision", "precision"),
    ("recall", "recall"),
    ("safe cases closed", "closed"),
    ("unsafe closures", "unsafe_closures"),
    ("undecided", "undecided"),
)


def render_text(outcomes: Sequence[Outcome]) -> str:
    """Totals, the same by kind and language, and every case that was not decided rightly."""
    total = measure(outcomes)
    lines = [f"{total.cases} cases"]
    lines += [f"  {label:<18} {_rate(getattr(total, name))}" for label, name in _RATES]
    lines += [f"  undecided because  {', '.join(f'{cause} {count}' for cause, count in total.causes.items())}"] if total.causes else []
    usage = total.usage
    lines += [
        f"  calls              {usage.calls}",
        f"  tokens a case      {total.median_tokens} (median)",
        f"  cost a case        ${total.median_usd:.4f} (median), ${usage.cost_usd:.4f} in total",
        f"  read from cache    {usage.cache_read_share:.0%} of the prompts",
    ]
    for title, key in (("kind", _kind), ("language", _language)):
        lines += ["", f"By {title}: cases, rightly decided, unsafe closures, undecided"]
        for name, part in _grouped(outcomes, key):
            lines.append(f"  {name:<36} {part.cases:>4} {part.accuracy.hits:>4} {part.unsafe_closures.hits:>4} {part.undecided.hits:>4}")
    wrong = [outcome for outcome in outcomes if not outcome.right]
    lines += ["", "Not decided rightly:" if wrong else "Every case was decided rightly."]
    for item in wrong:
        unsafe = "  UNSAFE CLOSURE" if item.unsafe else ""
        lines.append(f"  {item.case.id}: {item.case.label.value}, said {item.said}{unsafe}")
    return "\n".join(lines) + "\n"


def render_json(outcomes: Sequence[Outcome]) -> str:
    """The same and every verdict; one text for one set of outcomes."""
    value = {
        "schema": SCHEMA,
        "total": _metrics(measure(outcomes)),
        "by_kind": {name: _metrics(part) for name, part in _grouped(outcomes, _kind)},
        "by_language": {name: _metrics(part) for name, part in _grouped(outcomes, _language)},
        "by_cwe": {name: _metrics(part) for name, part in _grouped(outcomes, lambda item: item.case.finding.rule.weakness)},
        "cases": [
            {
                "id": item.case.id,
                "label": item.case.label.value,
                "said": item.said,
                "right": item.right,
                "unsafe": item.unsafe,
                "models": list(item.judgement.models),
                "tokens": item.judgement.usage.prompt_tokens + item.judgement.usage.output_tokens,
                "calls": item.judgement.usage.calls,
                "cost_usd": str(item.judgement.usage.cost_usd),
                "verdict": verdict_json(item.judgement.verdict),
            }
            for item in outcomes
        ],
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _metrics(part: Metrics) -> dict[str, Any]:
    rates = {name: _rate_json(getattr(part, name)) for _, name in _RATES}
    usage = part.usage
    return {
        "cases": part.cases,
        **rates,
        "causes": dict(part.causes),
        "calls": usage.calls,
        "prompt_tokens": usage.prompt_tokens,
        "output_tokens": usage.output_tokens,
        "cache_read_share": round(usage.cache_read_share, 4),
        "cost_usd": str(usage.cost_usd),
        "median_usd": str(part.median_usd),
        "median_tokens": part.median_tokens,
    }


def _rate(rate: Rate) -> str:
    if rate.value is None or rate.interval is None:
        return "no cases"
    low, high = rate.interval
    return f"{rate.value:>6.1%}  ({rate.hits} of {rate.total}; 95% from {low:.1%} to {high:.1%})"


def _rate_json(rate: Rate) -> dict[str, Any]:
    interval = None if rate.interval is None else [round(bound, 6) for bound in rate.interval]
    return {"hits": rate.hits, "total": rate.total, "value": None if rate.value is None else round(rate.value, 6), "interval_95": interval}


def _grouped(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> list[tuple[str, Metrics]]:
    names = sorted({key(outcome) for outcome in outcomes})
    return [(name or "-", measure([outcome for outcome in outcomes if key(outcome) == name])) for name in names]


def _kind(outcome: Outcome) -> str:
    return outcome.case.kind


def _language(outcome: Outcome) -> str:
    return outcome.case.language
