"""A saved page to its article: title, body, captions, address, site, and the date that the page itself gives."""

from __future__ import annotations

import datetime as dt
import html as entities
import re
from typing import NamedTuple

from analysis.clean._calendar import days_named
from analysis.clean._published import UNDATED, Published, read_date
from analysis.clean._repair import strip_markup

__all__ = ["Head", "Page", "date_of_address", "date_of_page", "read_head", "read_page"]

_TAGS = re.compile(r"<(meta|link|html)\b([^<>]{1,3000})>", re.I)
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s\"'>]{1,2000}))")
_SCRIPTED = re.compile(r"\"(datePublished|url|name)\"\s*:\s*\"([^\"\\]{4,400})\"")
_TIME = re.compile(r"<time\b[^<>]{0,400}?\bdatetime\s*=\s*[\"']([^\"']{4,40})[\"']", re.I)
_READ = 400_000  # characters of a page that are searched for its head: some carry styles first
_DATES = (  # what pages call the day of publication, best first
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published", "pubdate",
    "publishdate", "publish-date", "publication_date", "article.published", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "cxenseparse:recs:publishtime", "article_date_original",
    "date",
)
_ADDRESS_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([/-])(0?[1-9]|1[0-2])\2([0-3]?\d)(?!\d)|(?<=[/_=-])((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?=[/_.&-]|$)"
)
_ADDRESS_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])/")
_SHORT = re.compile(r">\s*([^<>{}]{6,80})<")  # a line that can be a date line
_FIGCAPTION = re.compile(r"<figcaption\b[^>]{0,400}>(.{1,3000}?)</figcaption\s*>", re.I | re.S)
_PARAGRAPH = 40  # characters from which a line that stands in the body is the body's
_INNER = re.compile(r"<[^<>]*>")


class Head(NamedTuple):
    """What a page says of itself before any of it is read."""

    url: str
    site: str
    language: str
    date_text: str
    date_from: str


class Page(NamedTuple):
    """A page's article; ``rest`` is the visible text outside it."""

    title: str
    body: str
    captions: tuple[str, ...]
    rest: str
    url: str
    site: str


def read_head(page: str) -> Head:
    """Return address, site, language and date of a page from its head, by a quick look.

    >>> h = read_head('<html lang="fr"><meta content="2024-02-08T09:00:00+01:00" property="article:published_time">')
    >>> h.language, h.date_text, h.date_from
    ('fr', '2024-02-08T09:00:00+01:00', 'article:published_time')
    """
    head = page[:_READ]
    found: dict[str, str] = {}
    for tag, inner in _TAGS.findall(head):
        parts = {k.lower(): entities.unescape(a or b or c) for k, a, b, c in _ATTRIBUTE.findall(inner)}
        if tag.lower() == "html":
            found.setdefault("lang", parts.get("lang", ""))
        elif tag.lower() == "link" and parts.get("rel", "").lower() == "canonical":
            found.setdefault("canonical", parts.get("href", ""))
        else:
            name = (parts.get("property") or parts.get("name") or parts.get("itemprop") or "").lower()
            if name and parts.get("content"):
                found.setdefault(name, parts["content"])
    scripted = dict(reversed([(k, v) for k, v in _SCRIPTED.findall(head)]))
    date_from = next((name for name in _DATES if found.get(name)), "")
    date_text = found.get(date_from, "")
    if not date_text and "datePublished" in scripted:
        date_from, date_text = "datePublished", scripted["datePublished"]
    if not date_text and (time := _TIME.search(head)):
        date_from, date_text = "time", time[1]
    url = found.get("canonical") or found.get("og:url") or ""
    url = url if url.startswith(("http", "//")) else found.get("og:url", "")
    return Head(url, found.get("og:site_name", ""), found.get("lang", ""), date_text, date_from)


def read_page(page: str, *, url: str = "") -> Page:
    """Return the article of a page.

    The body is trafilatura's (Barbaresi 2021, doi:10.18653/v1/2021.acl-demo.15) with precision before recall, and once
    more without that when nothing is found. Captions are taken out of it; what is visible and not the article is kept.

    >>> p = read_page("<html><head><title>Talks</title></head><body><nav>Home</nav><article><h1>Talks</h1>"
    ...     "<p>The two ministers met in the capital and spoke for three hours about trade.</p>"
    ...     "<figure><figcaption>Two men.</figcaption></figure></article></body></html>")
    >>> p.title, p.captions
    ('Talks', ('Two men.',))
    """
    import trafilatura  # half a second, and only pages need it

    options = {"include_comments": False, "include_tables": False, "with_metadata": True, "url": url or None}
    document = None
    for precision in (True, False):
        document = trafilatura.bare_extraction(page, favor_precision=precision, **options)
        if document is not None and document.text:
            break
    captions = tuple(dict.fromkeys(c for m in _FIGCAPTION.finditer(page) if (c := _plain(m[1]))))
    if document is None:
        return Page("", "", captions, "", url, "")
    body = _without(document.text or "", captions)
    seen = strip_markup(page)[0] if len(page) <= _READ else ""
    rest = _without(entities.unescape(seen), (*captions, *body.split("\n"), document.title or ""))
    return Page(document.title or "", body, captions, rest, document.url or url, document.sitename or "")


def date_of_address(url: str) -> Published:
    """Return the day, or the month, that an address holds between its strokes.

    >>> date_of_address("https://example.org/2024/02/08/talks")
    Published(day=datetime.date(2024, 2, 8), precision='day', source='url: 2024/02/08')
    """
    for found in _ADDRESS_DAY.finditer(url):
        year, _, month, day, *compact = found.groups()
        parts = (year, month, day) if year else tuple(compact)
        try:
            return Published(dt.date(*map(int, parts)), "day", f"url: {found.group()}")
        except ValueError:
            continue
    month_only = _ADDRESS_MONTH.search(url)
    if month_only:
        return Published(dt.date(int(month_only[1]), int(month_only[2]), 1), "month", f"url: {month_only.group().strip('/')}")
    return UNDATED


def date_of_page(page: str, head: Head, *, zone: str, country: str) -> Published:
    """Return the day that a page gives: its head first, then what htmldate finds, then a short line with a full date.

    htmldate reads "19 June 2024" in some Russian pages as the first of January, so a first of January of its own finding
    is taken for unknown.

    >>> date_of_page('<meta name="date" content="2024-02-08">', read_head('<meta name="date" content="2024-02-08">'),
    ...              zone="UTC", country="").source
    'meta: date'
    """
    stated = read_date(head.date_text, zone, country)
    if stated.day:
        return stated._replace(source=stated.source.replace("field", f"meta: {head.date_from}"))
    from htmldate import find_date

    found = find_date(page, original_date=True, extensive_search=True)
    if found and not found.endswith("-01-01"):
        return Published(dt.date.fromisoformat(found), "day", "text: found in the page by htmldate")
    for line in _SHORT.finditer(page):
        named = [n for n in days_named(line[1], language=None) if n.year and n.day]
        if named:
            day = dt.date(named[0].year, named[0].month, named[0].day)
            return Published(day, "day", f"text: line '{_plain(line[1])}' of the page")
    return UNDATED


def _plain(markup: str) -> str:
    return " ".join(entities.unescape(_INNER.sub(" ", markup)).split())


def _without(content: str, gone: tuple[str, ...]) -> str:
    known = {" ".join(g.split()) for g in gone}
    whole = " ".join(known)
    lines = (" ".join(line.split()) for line in content.split("\n"))
    return "\n".join(x for x in lines if x and x not in known and not (len(x) > _PARAGRAPH and x in whole))
