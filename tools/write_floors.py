"""Pin the floors of tests/gold/floors.csv at today's figures less a hundredth (run by hand, never by CI).

A floor that would fall is kept unless --lower says that the fall is meant; the reason belongs in CHANGELOG.md.
"""

import argparse
import csv
import math
import os
from pathlib import Path

from analysis import coding, store, validate

GOLD = store.ROOT / "tests" / "gold"


def main() -> None:
    """Measure every gold file by language, fold and family, and write the floors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lower", action="store_true", help="let floors fall")
    arguments = parser.parse_args()
    shared = Path(os.environ.get("ANALYSIS_SHARED", store.ROOT.parent / "shared")) / "gold" / "dev.jsonl"
    path = GOLD / "floors.csv"
    with path.open(encoding="utf-8") as stream:
        pinned = {tuple(row[k] for k in ("gold", "fold", "language", "family")): float(row["floor"])
                  for row in csv.DictReader(stream)}
    rows = [("shared", "all", "all", *r) for r in measured(shared, None)]
    for gold in sorted([*GOLD.glob("items_*.jsonl"), *GOLD.glob("archive_*.jsonl")]):
        language = gold.stem.split("_")[1][:2]
        for fold in sorted({g.get("fold", "dev") for g in validate.read_gold(gold)}):
            rows += [(gold.stem, fold, language, *r) for r in measured(gold, fold)]
    lines = ["gold,fold,language,family,floor"]
    for *key, value in rows:
        floor = max(0.0, math.floor(100 * value - 1) / 100)
        old = pinned.get(tuple(key), 0.0)
        lines.append(",".join([*key, f"{floor if arguments.lower else max(floor, old):.2f}"]))
    store.write_text(path, "\n".join(lines) + "\n")


def measured(path: Path, fold: str | None) -> list[tuple[str, float]]:
    """Return F1 by family and the share right by field."""
    gold = [g for g in validate.read_gold(path) if fold is None or g["fold"] == fold]
    fields = ("family", "status", "detail", "actor", "counterpart", "direction", "date_start", "voice", "sentence")
    said = {
        g["item"]: [
            {f: getattr(m, f) for f in fields}
            for m in coding.code_article(g["title"], g["text"], language=g["language"], published=g["published"])
        ]
        for g in gold
    }
    matched = validate.match_mentions(gold, said)
    f1 = validate.f1_table(matched, n_boot=1).set_index("family")["f1"]
    right = validate.field_table(matched).set_index("field")["share"]
    found = {family: value for family, value in f1.items() if not math.isnan(value)}
    return [*found.items(), *((f, right[f]) for f in ("status", "date", "actor"))]


if __name__ == "__main__":
    main()
