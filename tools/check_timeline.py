"""How many reference facts the builds of the archives report, and with which status (figures for docs/METHODS.md).

A fact counts as reportable when at least two relevant articles within seven days of it name a person of the fact (for
visits; for a leader's visit one of the two leaders) or its subject (for agreements). The builds keep text, so this runs on
a folder of five builds, not on the committed tables.
"""

import argparse
from pathlib import Path

import pandas as pd

from analysis import actors, coding, store, timeline

LEADERS = {"vladimir-putin", "kim-jong-un"}


def main() -> None:
    """Print recall by family and the reportable facts that were missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("builds", type=Path, help="folder with the five builds")
    parser.add_argument("--first", default="2022", help="first year (default: %(default)s)")
    parser.add_argument("--last", default="2025", help="last year (default: %(default)s)")
    arguments = parser.parse_args()
    folders = sorted(p.parent for p in arguments.builds.glob("*/BUILD.json"))
    articles, mentions, named = (
        pd.concat([store.read_table(f, t) for f in folders]) for t in ("articles", "event_mentions", "actor_mentions")
    )
    reference = store.read_facts("EVENTS")
    events, _ = timeline.link(mentions, articles, reference=reference)
    facts = timeline.against_reference(events, reference=reference, articles=articles)
    facts = facts[facts["date_start"].str[:4].between(arguments.first, arguments.last)]
    facts = facts.merge(reference[["event_id", "persons", "date_end"]], on="event_id")
    texts = articles.assign(subjects=[
        coding.subjects_in(f"{t}\n{b}", language=la) for t, b, la in zip(articles["title"], articles["body"], articles["language"], strict=True)
    ])
    who = named.groupby("article_id")["actor_id"].agg(set)
    facts["n_about"] = [_n_about(fact, texts, who) for fact in facts.to_dict("records")]
    due = facts[(facts["n_about"] >= 2) & facts["codebook_family"].isin(["visit", "agreement"])]
    for family, group in due.groupby("codebook_family"):
        found = group["is_found"].astype(bool)
        print(f"{family}: {found.sum()} of {len(group)} reportable facts found; status agrees in "
              f"{group.loc[found, 'status_agrees'].astype(bool).sum()} of {found.sum()}")
    print(due.loc[~due["is_found"].astype(bool), ["event_id", "codebook_status", "n_about", "title"]].to_string(index=False))


def _n_about(fact: dict, articles: pd.DataFrame, who: pd.Series) -> int:
    low, high = (pd.Timestamp(f"{d}-01"[:10] if len(d) == 7 else d) for d in (fact["date_start"], fact["date_end"] or fact["date_start"]))
    near = articles[articles["published_on"].between(low - pd.Timedelta(days=7), high + pd.Timedelta(days=7))]
    if fact["codebook_family"] == "agreement":
        subjects = coding.subjects_in(fact["title"], language="en")
        return int(sum(bool(s & subjects) for s in near["subjects"]))
    people = {s.actor_id for p in fact["persons"].split(";") for s in actors.find(p.strip()) if s.kind == "person"}
    people = (people - LEADERS) or people
    return int(sum(bool(who.get(a, set()) & people) for a in near["article_id"]))


if __name__ == "__main__":
    main()
