"""Which outlet an item is from, where it sits and in which zone its day begins."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

import pandas as pd

from analysis.lexicons import read_lexicon

__all__ = ["UNKNOWN", "Directory", "Outlet", "host_of", "listed_outlets"]

UNKNOWN = "unknown"
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@\s]*@)?([^/?#:\s]+)", re.I)
_DOMAIN = re.compile(r"(?<![\w.-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?![\w.-])", re.I)
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "go", "gov", "gob", "gouv", "ne", "net", "or", "org"})
_USED = ("domain", "name", "country", "language", "bloc", "ownership", "zone")
_LONGEST_NAME = 80
_SURE = 0.9  # share of a country's listed outlets that must share a bloc before an unlisted one is given it


class Outlet(NamedTuple):
    """An outlet as the lexicon has it, or as far as the item tells; no zone where its country is unknown."""

    outlet_id: str
    country: str
    bloc: str
    ownership: str
    zone: str
    name: str
    language: str


def host_of(url: str) -> str:
    """Return the host of an address in small letters and without ``www.``, empty when there is none.

    >>> host_of("https://www.Example.org:443/a?b"), host_of("not an address")
    ('example.org', '')
    """
    found = _HOST.match(url.strip())
    return found[1].lower().rstrip(".").removeprefix("www.") if found else ""


class Directory:
    """The outlets that are known: those of the lexicon, and a corpus' own, which go first."""

    def __init__(self, own: pd.DataFrame | None = None) -> None:
        listed = read_lexicon("outlets")
        table = listed if own is None else pd.concat([own.reindex(columns=listed.columns, fill_value="").fillna(""), listed])
        table = table.drop_duplicates("domain")
        self._zones = _most_common(table, "zone", 0.0)
        self._blocs = _most_common(table, "bloc", _SURE)
        self._by_domain = {
            domain: Outlet(domain, country, bloc or UNKNOWN, ownership, self._zone(country, zone), name, language)
            for domain, name, country, language, bloc, ownership, zone in zip(*(table[c] for c in _USED), strict=True)
        }
        self._by_name: dict[str, str] = {}  # a name that two domains share decides nothing: the first is taken
        for domain, name in zip(table["domain"], table["name"], strict=True):
            self._by_name.setdefault(name.casefold().strip(), domain)
        self._by_name.pop("", None)
        self._found: dict[tuple[str, str, str], Outlet] = {}

    def find(self, stated: str, host: str, country: str = "") -> Outlet:
        """Return the outlet of an item from the name it states, the host of its address and the country it claims.

        The stated outlet goes first when it is listed by domain (the longest suffix wins) or by name, then the host;
        then the registered domain of either, then the stated name as it is. An outlet that is not listed takes the zone
        most common in its country, and the bloc only where nine in ten listed outlets of the country share one.

        >>> d = Directory()
        >>> d.find("", "www-preprod.bbc.co.uk").outlet_id, d.find("Nowhere Post", "").outlet_id
        ('bbc.co.uk', 'nowhere post')
        """
        key = (stated, host, country)
        if key not in self._found:
            self._found[key] = self._find(stated, host, country)
        return self._found[key]

    def _find(self, stated: str, host: str, country: str) -> Outlet:
        domain = _DOMAIN.search(stated)
        candidates = [domain[0].lower().removeprefix("www.") if domain else "", host]
        name = stated.casefold().strip()
        known = self._listed(candidates[0]) or self._by_name.get(name) or self._listed(host)
        if known:
            row = self._by_domain[known]
            return row if row.country else row._replace(country=country, zone=self._zone(country))
        label = next((registered_domain(c) for c in candidates if c), "") or name[:_LONGEST_NAME] or UNKNOWN
        return Outlet(label, country, self._blocs.get(country, UNKNOWN), "", self._zone(country), stated.strip(), "")

    def _listed(self, host: str) -> str:
        labels = host.split(".")
        suffixes = (".".join(labels[i:]) for i in range(len(labels) - 1))
        return next((s for s in suffixes if s in self._by_domain), "")

    def _zone(self, country: str, listed: str = "") -> str:
        """Return the zone of an outlet, empty when nobody knows where it is."""
        return (listed or self._zones.get(country, "")) if country else ""


@cache
def listed_outlets() -> Directory:
    """Return the directory of the lexicon alone, read once."""
    return Directory()


def registered_domain(host: str) -> str:
    """Return the part of a host that somebody registered, by rule: two labels, three under a country's second level.

    >>> registered_domain("news.example.co.uk"), registered_domain("a.b.example.com")
    ('example.co.uk', 'example.com')
    """
    labels = host.split(".")
    three = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if three else labels[-2:])


def _most_common(table: pd.DataFrame, column: str, least: float) -> dict[str, str]:
    counts: dict[str, Counter[str]] = {}
    for country, value in zip(table["country"], table[column], strict=True):
        if country and value and value != UNKNOWN:
            counts.setdefault(country, Counter())[value] += 1
    best = {c: min(n.items(), key=lambda kv: (-kv[1], kv[0])) for c, n in counts.items()}
    return {c: value for c, (value, n) in best.items() if n >= least * counts[c].total()}
