"""How a stance model does on the items of this subject: agreement with their coders' stance to cooperation."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from analysis import actors, text, validate
from analysis.stance import article_stance

ROOT = Path(__file__).resolve().parent.parent
CUT = 0.33  # of the mean score of an item's names


def carry_over(shared: Path, language: str, score: Callable[[Sequence[tuple[str, int, int]]], np.ndarray]) -> dict:
    """Agreement of a model with the items' stance to cooperation, by fold: mean score over names of Russia and North Korea.

    ``score`` takes targets in sentences and returns their probabilities. Beside alpha, which hangs on the cut, stands how
    often an item of a label is ranked on its side of one without it: 0.5 is chance.
    """
    rows = []
    for item in items(shared):
        if item["language"] == language:
            found = [(s, a.start, a.end) for _, s in sentences_of(item) for a in names(s, item)]
            p = score(found) if found else np.full((1, 3), np.nan)
            mean = float((p[:, 2] - p[:, 0]).mean())
            said = "critical" if mean < -CUT else "approving" if mean > CUT else "neutral"
            rows.append({"id": item["item"], "fold": item["fold"], "gold": item["gold"], "said": said, "score": mean})
    table = pd.DataFrame(rows)
    return {
        fold: agreement(own) | {f"{label} ranked": ranked(own, label, side) for label, side in (("critical", -1), ("approving", 1))}
        for fold, own in table.groupby("fold", sort=True)
    }


def ranked(rows: pd.DataFrame, label: str, side: int) -> float | None:
    """Area under the curve of one label against the others; None where all or none have it."""
    rows = rows.dropna(subset="score")
    is_so = rows["gold"] == label
    return round(float(roc_auc_score(is_so, side * rows["score"])), 2) if is_so.nunique() == 2 else None


def scored_items(shared: Path) -> pd.DataFrame:
    """Items with the coders' stance and that of ``article_stance``."""
    known = list(items(shared))
    articles = pd.DataFrame({"article_id": [i["item"] for i in known], "language": [i["language"] for i in known]})
    parts = [(i["item"], k, s, i) for i in known for k, s in sentences_of(i)]
    sentences = pd.DataFrame([p[:3] for p in parts], columns=["article_id", "sentence", "text"]).assign(is_quote=False)
    mentions = pd.DataFrame(
        [(a, k, m.start, m.end, m.actor_id, m.country) for a, k, s, i in parts for m in names(s, i)],
        columns=["article_id", "sentence", "start", "end", "actor_id", "country"],
    )
    said = article_stance(sentences, articles=articles, actor_mentions=mentions).set_index("article_id")["label"]
    return pd.DataFrame([
        {"id": i["item"], "language": i["language"], "fold": i["fold"], "gold": i["gold"], "said": said[i["item"]]}
        for i in known
    ])


def agreement(group: pd.DataFrame) -> dict:
    """Krippendorff's alpha with its interval, and how many items agree."""
    scored = group[group["said"] != "unscored"]
    both = pd.concat([
        pd.DataFrame({"unit": scored["id"], "coder": coder, "value": scored[coder]}) for coder in ("gold", "said")
    ], ignore_index=True)
    value, low, high = validate.alpha(both)
    return {
        "alpha": round(value, 2), "low": round(low, 2), "high": round(high, 2), "n": len(scored),
        "agree": int((scored["gold"] == scored["said"]).sum()), "unscored": len(group) - len(scored),
    }


def items(shared: Path) -> Iterator[dict]:
    """Items on which the coders agree that there is a stance, or that it is neutral."""
    files = [shared / "gold" / "dev.jsonl", *sorted((ROOT / "tests" / "gold").glob("items_*.jsonl"))]
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            stance = set(item["stance"])
            if len(stance) == 1 and stance <= {"critical", "neutral", "approving"}:
                yield item | {"gold": stance.pop(), "fold": item.get("fold", "real")}


def sentences_of(item: dict) -> list[tuple[int, str]]:
    """Title and sentences with their numbers."""
    body = item["text"]
    return [(0, item["title"]), *enumerate((body[a:b] for a, b in text.sentences(body, language=item["language"])), 1)]


def names(sentence: str, item: dict) -> list:
    """Names of the two sides in a sentence."""
    return [a for a in actors.find(sentence, language=item["language"]) if a.country in ("RUS", "PRK")]
