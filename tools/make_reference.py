"""Rebuild data/processed/reference from the real archives (``make reference``): tables without text, under 5 MB."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import pandas as pd

from analysis import pipeline, schema, store, timeline, topics

ARCHIVES = (
    "western-feeds-2022-2023", "channel-one-ru", "world-feeds-2025", "kcna-en", "wikipedia-current-events",
)


def main() -> None:
    """Build the five archives, join their tables, and write them without text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--builds", type=Path, help="folder with the five builds; built afresh in a scratch folder without it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.builds or Path(scratch)
        for name in ARCHIVES:
            if not (folder / name / "BUILD.json").is_file():
                data = os.environ.get("ANALYSIS_DATA")
                pipeline.build(name, out=folder / name, data_dir=Path(data) if data else None,
                               progress=lambda line: print(line, file=sys.stderr))
        builds = [store.read_build(folder / name) for name in ARCHIVES]
        tables = {
            name: pd.concat([store.read_table(folder / a, name) for a in ARCHIVES], ignore_index=True)
            for name in schema.TABLES
            if all(name in b["outputs"] for b in builds) and name not in ("topics", "topic_terms", "article_topics")
        }
    # Topics and events are corpus-wide: they are drawn from the five archives together.
    tables |= topics.fit_all(tables["articles"])
    tables["events"], tables["event_reports"] = timeline.link(
        tables["event_mentions"], tables["articles"], reference=store.read_facts("EVENTS")
    )
    reasons: dict[str, int] = {}
    for build in builds:
        for reason, n in build["rejects_by_reason"].items():
            reasons[reason] = reasons.get(reason, 0) + n
    record = {
        "corpus": "reference", "inputs": [i for b in builds for i in b["inputs"]],
        "rows_in": sum(b["rows_in"] for b in builds), "rejects_by_reason": dict(sorted(reasons.items())),
        "sources": {b["corpus"]: {"rows_in": b["rows_in"], "articles": b["outputs"]["articles"]["rows"],
                                  "rejects_by_reason": b["rejects_by_reason"]} for b in builds},
        "usage_warnings": [w for b in builds for w in b["usage_warnings"]],
    }
    store.write_tables(store.corpus_folder("reference"), pipeline.without_text(tables), build=record)


if __name__ == "__main__":
    main()
