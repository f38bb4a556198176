"""One address for one page: what only tracks the reader, and what only names a place in the page, is dropped."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

__all__ = ["canonical_url"]

# Parameters that say where the reader came from. Whatever is not known stays: many sites name the article by one.
_TRACKING = re.compile(
    r"(?:utm|at|ns|mc|pk|piwik|mtm|hsa|vero|wt|cmp|oly|trk|ito|feed|rss)_.+|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid"
    r"|cmp|cmpid|cid|xtor|ito|mod|partner|smid|smtyp|emc|taid|ref|referrer|ref_src|ref_url|source|src|via|ftag|ocid|ncid|sr_share"
    r"|feedtype|feedname|rss|rss_id|from_rss|share|shared|sh|link_type|reflink|ex_cid|campaign|socialflow\w*|traffic_source"
    r"|_ga|_gl|spm|wpisrc|guccounter|guce_referr\w*|tracking|traffic|icid|intcid|sref|utm",
    re.I,
)
_LONGEST = 4000


def canonical_url(url: str) -> str:
    """Return the canonical form of an address, empty when it is none.

    Scheme https, host in small letters without ``www.`` and port, no fragment, no tracking parameters, the others in
    order, no slash at the end. The result is for telling pages apart; nearly always it can be opened, too.

    >>> canonical_url("http://www.Example.org/news/a/?utm_source=rss&id=7#top")
    'https://example.org/news/a?id=7'
    """
    url = url.strip()
    if not url or len(url) > _LONGEST or any(c.isspace() for c in url):
        return ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""
    if not host or parts.scheme.lower() not in ("http", "https", ""):
        return ""
    kept = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k))
    query = f"?{urlencode(kept)}" if kept else ""
    return f"https://{host}{parts.path.rstrip('/')}{query}"
