"""The cheap pass over every raw item: outlet, day, totals, and whether North Korea is named at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from analysis import schema
from analysis.clean._outlets import Directory, Outlet, host_of, listed_outlets
from analysis.clean._pages import date_of_address, date_of_page, read_head
from analysis.clean._published import NEVER, UNDATED, Published, out_of_range, read_date
from analysis.clean._relevance import NORTH_KOREA, RUSSIA, missing_side, screen_pattern
from analysis.clean._repair import HIDDEN, as_str, repair, strip_markup

__all__ = ["REASONS", "Screened", "judge", "screen"]

# Every reason for which cleaning does not keep an item. A reject's detail adds the evidence.
REASONS = {
    "date_in_future": "Its date is after the last day that the caller allows, or after it was collected.",
    "date_out_of_range": "Its date is before 1945.",
    "irrelevant": "It does not name Russia and North Korea close together.",
    "no_text": "Nothing is left of it once markup and boilerplate are cut.",
    "duplicate": "The same item, or the same text of the same outlet within three days, is kept already.",
}
ADDED = ("published_on", "date_precision", "date_source", "outlet_id")


@dataclass(frozen=True)
class Screened:
    """``kept``: records with outlet and day added; ``rejects``; ``totals`` of all items, relevant or not."""

    kept: pd.DataFrame
    rejects: pd.DataFrame
    totals: pd.DataFrame


class _Fields(NamedTuple):
    """What of a record tells its outlet and day; None where it has nothing."""

    date_text: object
    url: object
    outlet: object
    outlet_country: object
    html: object
    fetched_on: object


def screen(
    records: pd.DataFrame, *, latest: dt.date | None = None, outlets: pd.DataFrame | None = None
) -> Screened:
    """Turn away what cannot be an article about the two countries, before anything costly is done.

    Parameters
    ----------
    records : DataFrame
        Table ``records``, a batch of any size.
    latest : date, optional
        Items dated after this day are rejected; 31 December 2100 when not given.
    outlets : DataFrame, optional
        A corpus' own outlets, in the columns of ``lexicons/outlets.csv``; they go before the lexicon's.

    Returns
    -------
    Screened
        Every record is in exactly one of ``kept`` and ``rejects``. ``kept`` has the columns of ``records`` and
        ``published_on`` (missing when unknown), ``date_precision``, ``date_source``, ``outlet_id``. ``totals`` counts an
        outlet's items of a day, kept or not; items without a day, or with an impossible one, are in no total.

    >>> r = pd.DataFrame({"title": ["Putin lands in Pyongyang", "Rain"], "date_text": ["2024-06-18", "2024-06-18"],
    ...                   "outlet": ["example.org"] * 2, "raw_row": [1, 2]}).reindex(
    ...                   columns=schema.TABLES["records"].names).assign(source_id="s", raw_path="p")
    >>> s = screen(r)
    >>> len(s.kept), s.rejects["reason"].tolist(), s.totals["n_items"].tolist()
    (1, ['irrelevant'], [2])
    """
    judged = judge(records, latest=latest, outlets=outlets)
    bad = judged["reason"] != ""
    rejects = judged.loc[bad, schema.TABLES["rejects"].names]
    kept = judged.loc[~bad, [*records.columns, *ADDED]].reset_index(drop=True)
    return Screened(kept, schema.check(rejects, "rejects"), _totals(judged))


def judge(
    records: pd.DataFrame, *, latest: dt.date | None = None, outlets: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return ``records`` with the columns that ``screen`` adds, and ``reason`` and ``detail`` of a rejection.

    >>> judge(schema.empty("records")).columns[-2:].tolist()
    ['reason', 'detail']
    """
    directory = Directory(outlets) if outlets is not None else listed_outlets()
    bound = latest or NEVER
    rows = zip(*(_values(records, c) for c in _Fields._fields), strict=True)
    added = [_place(_Fields(*row), directory=directory, latest=bound) for row in rows]
    found = pd.DataFrame(added, columns=[*ADDED, "reason", "detail"], index=records.index)
    dated = found["reason"] == ""
    lack = _lacks(records[dated])
    found.loc[lack.index, "detail"] = lack
    found.loc[lack.index, "reason"] = lack.map(lambda d: "irrelevant" if d else "")
    found["published_on"] = pd.to_datetime(found["published_on"]).astype(schema.DTYPES["date"])
    return pd.concat([records.drop(columns=[c for c in found if c in records]), found], axis=1)


def find_outlet(outlet: object, url: object, country: object, directory: Directory) -> Outlet:
    """Return the outlet of a record from the fields that tell it."""
    return directory.find(as_str(outlet), host_of(as_str(url)), as_str(country))


def _values(records: pd.DataFrame, column: str) -> list[object]:
    return records[column].astype(object).where(records[column].notna(), None).tolist()


def _place(record: _Fields, *, directory: Directory, latest: dt.date) -> tuple[object, ...]:
    """Return what ``ADDED`` names, and the reason and detail of a rejection."""
    head = read_head(record.html) if isinstance(record.html, str) else None
    address = as_str(record.url) or (head.url if head else "")
    place = find_outlet(record.outlet or (head.site if head else ""), address, record.outlet_country, directory)
    day = record.fetched_on.date() if isinstance(record.fetched_on, dt.datetime) else None
    stated = read_date(as_str(record.date_text), place.zone, place.country)
    published = stated if stated.day else _fallback(address, record.html, head, place)
    if not published.day and stated.source:
        published = stated
    reason, detail = out_of_range(published, latest, day)
    return published.day, published.precision, published.source, place.outlet_id, reason, detail


def _fallback(address: str, page: object, head: object, place: Outlet) -> Published:
    """Return the day from the page's own head or, failing that, from the address."""
    if head and head.date_text:
        found = date_of_page(page, head, zone=place.zone, country=place.country)
        if found.day:
            return found
    return date_of_address(address) if address else UNDATED


def _lacks(records: pd.DataFrame) -> pd.Series:
    """Return for each record what it lacks to name both countries; empty when it may name them."""
    fields = [records[c].astype("str").fillna("") for c in ("title", "body", "html")]
    text = (fields[0] + "\n" + fields[1] + "\n" + fields[2]).astype("str")
    first, second = (_matches(text, screen_pattern(side)) for side in (NORTH_KOREA, RUSSIA))
    likely = (_matches(text, HIDDEN) | (first & second)).to_numpy()
    # A page is read as a whole, menus and all: its article is found later.
    read = [missing_side(repair(strip_markup(t)[0])) for t in text[likely]]
    lack = first.map({True: "does not name Russia", False: "does not name North Korea"}).astype("object")
    lack[likely] = read
    return lack.astype("str")


def _matches(text: pd.Series, pattern: str) -> pd.Series:
    import pyarrow as pa
    import pyarrow.compute as pc  # its engine reads 200 MB in seconds and never backtracks

    array = pa.array(text, type=pa.large_string(), from_pandas=True)
    return pd.Series(pc.match_substring_regex(array, pattern, ignore_case=True).to_numpy(False), index=text.index)


def _totals(judged: pd.DataFrame) -> pd.DataFrame:
    counted = judged[judged["published_on"].notna() & (judged["date_precision"] == "day")]
    counted = counted[~counted["reason"].isin(("date_in_future", "date_out_of_range"))]
    grouped = counted.groupby(["source_id", "outlet_id", "published_on"]).size()
    totals = grouped.rename("n_items").reset_index().rename(columns={"published_on": "day"})
    return schema.check(totals, "totals")
