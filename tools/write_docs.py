"""Write docs/DATA_DICTIONARY.md from the declarations, and the coding tables of docs/METHODS.md from the measured figures.

Run after tools/write_validation.py (``make docs`` does both); tests/docs holds the pages to the sources.
"""

import re

import pandas as pd

from analysis import schema, store

LANGUAGES = {"en": "English", "fr": "French", "ru": "Russian", "ko": "Korean"}
FIELDS = ("status", "date", "actor", "direction", "voice")


def main() -> None:
    """Write both pages."""
    store.write_text(store.ROOT / "docs" / "DATA_DICTIONARY.md", schema.data_dictionary())
    page = store.ROOT / "docs" / "METHODS.md"
    figures = pd.read_csv(store.ROOT / "data" / "processed" / "validation.csv")
    text = page.read_text(encoding="utf-8")
    text = filled(text, "coding-dev", coding_table(figures, "dev"))
    store.write_text(page, filled(text, "coding-test", coding_table(figures, "test")))


def coding_table(figures: pd.DataFrame, fold: str) -> str:
    """Return F1 of detection by list of items and family with its interval, and the share right of each field."""
    own = figures[(figures["fold"] == fold) & figures["gold"].str.startswith("tests/gold")]
    found = own[(own["measure"] == "mention") & (own["statistic"] == "F1")]
    lists = sorted({*zip(own["language"], own["gold"], strict=True)}, key=lambda r: ([*LANGUAGES].index(r[0]), "archive" in r[1], r[1]))
    lines = ["| F1 (95 % interval; n of the gold) | visits | agreements | reactions |", "|---|---|---|---|"]
    for language, gold in lists:
        cells = []
        for family in ("visit", "agreement", "reaction"):
            rows = found[(found["gold"] == gold) & (found["family"] == family) & (found["n"] > 0)]
            cells += [f"{r.value:.2f} ({r.low:.2f} to {r.high:.2f}; {r.n:.0f})" for r in rows.itertuples()] or ["none in the gold"]
        lines.append(f"| {name_of(language, gold)} | " + " | ".join(cells) + " |")
    lines += ["", "| share right of matched mentions (n) | " + " | ".join(FIELDS) + " |", "|---" * (len(FIELDS) + 1) + "|"]
    for language, gold in lists:
        cells = []
        for field in FIELDS:
            rows = own[(own["measure"] == field) & (own["gold"] == gold) & own["family"].isin(schema.FAMILIES)]
            n = rows["n"].sum()
            cells.append(f"{(rows['value'] * rows['n']).sum() / n:.2f} ({n:.0f})" if n else "")
        lines.append(f"| {name_of(language, gold)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def name_of(language: str, gold: str) -> str:
    """Return what a list of coded items is called on the page."""
    lists = {"": "", "2": ", second list", "3": ", third list", "4": ", fourth list", "5": ", fifth list", "6": ", sixth list", "7": ", seventh list", "8": ", eighth list"}
    tail = gold.removesuffix(".jsonl").rpartition(f"_{language}")[2]
    return f"{LANGUAGES[language]}, " + ("archives" if "archive_" in gold else "written") + lists[tail]


def filled(page: str, name: str, content: str) -> str:
    """Return the page with the block of that name replaced."""
    pattern = rf"(<!-- measured: {name} -->\n).*?(\n<!-- end measured -->)"
    return re.sub(pattern, lambda m: m[1] + content + m[2], page, count=1, flags=re.S)


if __name__ == "__main__":
    main()
