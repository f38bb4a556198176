"""One article through cleaning and every measure, with the reason for each decision: the drill-down."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis import actors, clean, coding, pipeline, sources, topics

__all__ = ["as_html", "as_text", "explain", "records_of"]

_MENTION_FIELDS = (
    "family", "status", "detail", "actor", "counterpart", "direction", "persons", "date_start", "date_end",
    "date_precision", "place", "bloc", "voice", "speaker", "is_background", "field", "sentence", "trigger",
)
_ARTICLE_FIELDS = (
    "title", "body", "language", "language_source", "published_on", "date_precision", "date_source", "outlet_id",
    "outlet_country", "bloc", "url", "relevance",
)


def explain(
    record: Mapping[str, object],
    *,
    published: str | None = None,
    language: str | None = None,
    latest: dt.date | None = None,
    topic_terms: pd.DataFrame | None = None,
) -> dict:
    """Take one raw record through cleaning and all measures; return every decision with its reason.

    A rejected item is measured all the same, so that a wrong rejection can be seen: ``rejected`` holds the reason.

    Parameters
    ----------
    record : mapping
        A row of the table ``records``; only ``body`` or ``html`` is required.
    published, language : str, optional
        Publication date (ISO 8601) and language that override what the record says.
    latest : date, optional
        Items published after it are marked rejected as ``date_in_future``.
    topic_terms : DataFrame, optional
        Topics to place the article in; without them ``topics`` is empty.

    Returns
    -------
    dict
        ``item``, ``article``, ``cuts``, ``event_mentions`` (each with its ``cues``), ``stance`` (rows of that table),
        ``article_stance``, ``topics``, ``rejected``.

    >>> e = explain({"title": "Putin arrives in Pyongyang", "body": "Vladimir Putin arrived in Pyongyang on Wednesday."},
    ...             published="2024-06-19", language="en")
    >>> [(m["family"], m["status"], m["direction"], m["date_start"]) for m in e["event_mentions"]][-1]
    ('visit', 'held', 'RUS>PRK', '2024-06-19')
    """
    cleaned = clean.clean_one(record, published=published, language=language, latest=latest)
    article = cleaned.article
    mentions = coding.code_article(
        _text(article["title"]), _text(article["body"]),
        language=article["language"], published=_day(article["published_on"]),
    )
    row = pd.DataFrame([article])
    sentences = pipeline.split_sentences(row)
    stances, whole = pipeline.score_stances(
        sentences, articles=row, actor_mentions=actors.find_mentions(sentences, articles=row))
    captions = [c for c in cleaned.cuts.to_dict("records") if c["kind"] == "caption"]
    return {
        "item": str(record.get("item") or record.get("raw_path") or ""),
        "article": {
            **{k: _plain(article[k]) for k in _ARTICLE_FIELDS},
            "captions": [c["text"] for c in captions],
        },
        "cuts": [{k: _plain(c[k]) for k in ("kind", "text", "rule")} for c in cleaned.cuts.to_dict("records")],
        "event_mentions": [_mention(m) for m in mentions],
        "stance": [
            {k: _plain(r[k]) for k in ("sentence", "target", "voice", "label", "score", "model", "reason")}
            for r in stances.to_dict("records")
        ],
        "article_stance": {k: _plain(whole[k].iloc[0]) for k in ("label", "score", "reason")},
        "topics": [] if topic_terms is None else topics.assign(
            f"{_text(article['title'])}\n{_text(article['body'])}", topic_terms=topic_terms, language=article["language"]
        ),
        "rejected": {"reason": cleaned.rejected, "detail": cleaned.detail} if cleaned.rejected else None,
    }


def records_of(path: Path) -> Iterator[dict]:
    """Yield the records of a file as mappings; unreadable rows come as ``{"raw_row": …, "unreadable": reason}``.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "a.jsonl")
    ...     _ = path.write_text('{"item": "a1", "text": "Kim met Putin."}\\n{"item')
    ...     rows = list(records_of(path))
    >>> rows[0]["item"], rows[1]["unreadable"].split(":")[0]
    ('a1', 'broken_json')
    """
    for batch in sources.read(path):
        rows = batch.records.to_dict("records") + [
            {"raw_path": r["raw_path"], "raw_row": r["raw_row"], "unreadable": f"{r['reason']}: {r['detail']}"}
            for r in batch.rejects.to_dict("records")
        ]
        yield from sorted(rows, key=lambda r: r["raw_row"])


def as_text(item: Mapping) -> str:
    """Return the explanation as text for a terminal: triggers in [[ ]], cues below each sentence with their reasons.

    >>> print(as_text(explain({"title": "Rain", "body": "It rained."}, published="2024-06-19", language="en")).splitlines()[-4])
    no visit, agreement or reaction found
    """
    article = item["article"]
    out = [
        f"{article['title'] or '(no title)'}",
        f"  {article['language']} ({article['language_source']}) · {article['published_on'] or 'undated'} "
        f"({article['date_precision']}; {article['date_source']})",
        f"  {'REJECTED ' + _join(item['rejected']) if item['rejected'] else 'kept: ' + (article['relevance'] or '')}",
    ]
    out += [f"  cut as {c['kind']}: {textwrap.shorten(c['text'] or '', 90)}  [{c['rule']}]" for c in item["cuts"]]
    for number, m in enumerate(item["event_mentions"], 1):
        head = [m["family"], m["status"], m["detail"], f"{m['actor'] or '?'} → {m['counterpart'] or '?'}", m["direction"]]
        when = m["date_start"] + (f" to {m['date_end']}" if m["date_end"] != m["date_start"] else "")
        head += [f"{when} ({m['date_precision']})" if when else "no date given", m["voice"]]
        head += [m["speaker"] and f"speaker: {m['speaker']}", m["persons"], m["is_background"] and "background"]
        out += ["", f"{number}. " + " · ".join(str(h) for h in head if h)]
        out += textwrap.wrap(_marked(m, "[[", "]]"), 100, initial_indent="   ", subsequent_indent="   ")
        out += [f"     {c['kind']}: “{c['text']}”: {c['reason']}" for c in m["cues"]]
    if not item["event_mentions"]:
        out += ["", "no visit, agreement or reaction found"]
    out += ["", *_stance_lines(item), _tone_line(item["stance"])]
    return "\n".join(out)


def as_html(item: Mapping) -> str:
    """Return the explanation as a small piece of HTML for a notebook; no script, no outside resource.

    >>> as_html(explain({"title": "Rain", "body": "It rained."}, published="2024-06-19", language="en"))[:38]
    '<table><caption>Rain (en, 2024-06-19: '
    """
    rows = []
    for m in item["event_mentions"]:
        codes = [m["family"], m["status"], m["detail"], m["actor"] + "→" + m["counterpart"], m["date_start"], m["voice"]]
        cues = "".join(
            f"<li><i>{html.escape(c['kind'])}</i> “{html.escape(c['text'])}”: {html.escape(c['reason'])}</li>"
            for c in m["cues"]
        )
        before, trigger, after = (html.escape(part) for part in _split_at_trigger(m))
        rows.append(
            f"<tr><td style='text-align:left;vertical-align:top'>{html.escape(' · '.join(c for c in codes if c))}</td>"
            f"<td style='text-align:left'>{before}<mark>{trigger}</mark>{after}<ul>{cues}</ul></td></tr>"
        )
    a = item["article"]
    head = f"{a['title'] or ''} ({a['language']}, {a['published_on'] or 'undated'}: {a['date_source'] or ''})"
    stances = "".join(f"<br>{html.escape(line)}" for line in [*_stance_lines(item), _tone_line(item["stance"])])
    foot = f"<tr><td style='text-align:left' colspan='2'>{stances.removeprefix('<br>')}</td></tr>"
    return f"<table><caption>{html.escape(head)}</caption>{''.join(rows)}{foot}</table>"


def _mention(mention: coding.Mention) -> dict:
    fields = dataclasses.asdict(mention)
    cues = [dict(c) for c in fields["cues"]]
    return {**{k: _plain(fields[k]) for k in _MENTION_FIELDS},
            "trigger_start": fields["trigger_start"], "trigger_end": fields["trigger_end"], "cues": cues}


def _split_at_trigger(m: Mapping) -> tuple[str, str, str]:
    start, end = m["trigger_start"], m["trigger_end"]
    return m["sentence"][:start], m["sentence"][start:end], m["sentence"][end:]


def _marked(m: Mapping, left: str, right: str) -> str:
    before, trigger, after = _split_at_trigger(m)
    return f"{before}{left}{trigger}{right}{after}"


def _stance_lines(item: Mapping) -> list[str]:
    """The article as a whole, then a line a target: how many sentences of each voice have which label."""
    whole = item["article_stance"]
    score = "" if whole["score"] is None else f", {whole['score']:+.2f}"
    out = [f"stance to Russian-North Korean cooperation, as a whole: {whole['label']} ({whole['reason'] or 'evaluative language'}{score})"]
    counts: dict[str, dict[str, Counter]] = {}
    for s in item["stance"]:
        if s["target"] != "sentence":
            counts.setdefault(s["target"], {}).setdefault(s["voice"], Counter())[s["label"]] += 1
    for target, voices in counts.items():
        said = [f"{voice}: {', '.join(f'{n} {label}' for label, n in sorted(c.items()))}" for voice, c in sorted(voices.items())]
        out.append(f"  {target:8}{'; '.join(said)}")
    return out


def _tone_line(stances: list[dict]) -> str:
    stances = [s for s in stances if s["target"] == "sentence"]
    scored = [s for s in stances if s["label"] != "unscored"]
    if scored:
        mean = sum(s["score"] for s in scored) / len(scored)
        return f"lexicon tone: mean {mean:+.2f} of {len(scored)} sentences scored of {len(stances)} (not validated)"
    reasons = sorted({s["reason"] for s in stances if s["reason"]})
    return f"tone: unscored ({'; '.join(reasons) or 'no sentence'})"


def _join(rejected: Mapping[str, str]) -> str:
    return f"{rejected['reason']}: {rejected['detail']}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(value: object) -> str:
    return "" if pd.isna(value) else pd.Timestamp(value).date().isoformat()


def _plain(value: object) -> object:
    if isinstance(value, pd.Timestamp | dt.date):
        return _day(value)
    if value is None or (not isinstance(value, list | tuple | str) and pd.isna(value)):
        return None
    return value.item() if hasattr(value, "item") else value
