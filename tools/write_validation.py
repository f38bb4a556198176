"""Write data/processed/validation.csv, the figures that validity cards print, by measuring the gold files (``make docs``).

Rows of ../shared/gold/dev.jsonl and of the coded items of archives are kept as they were where these are absent.
"""

import sys

import pandas as pd

from analysis import store, validate

KEY = ["gold", "measure", "family", "language", "fold"]


def figures(before: pd.DataFrame) -> pd.DataFrame:
    """The figures of today's rules, with the rows of ``before`` that cannot be measured here."""
    rows = validate.validation_rows(validate.measure_gold(validate.find_gold())).round({"value": 4, "low": 4, "high": 4})
    is_elsewhere = before["gold"].str.contains(r"^\.\.|archive_") if len(before) else []
    kept = before[is_elsewhere & ~before["gold"].isin(rows["gold"])] if len(before) else before
    if len(kept):
        print(f"kept {len(kept)} rows of {', '.join(kept['gold'].unique())}, which is not here", file=sys.stderr)
        rows = pd.concat([rows, kept], ignore_index=True)
    return rows.sort_values(KEY, ignore_index=True)


if __name__ == "__main__":
    path = validate.FIGURES
    old = pd.read_csv(path, dtype={"n_items": "Int64"}).fillna({"family": ""}) if path.is_file() else pd.DataFrame()
    store.write_text(path, figures(old).to_csv(index=False, lineterminator="\n"))
