"""What a table is: its grain, key, columns, units and meanings, declared once and checked where it crosses a layer.

The data dictionary (``docs/DATA_DICTIONARY.md``) is generated from this module and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

__all__ = ["TABLES", "Column", "SchemaError", "Table", "cast", "check", "data_dictionary", "empty"]

LANGUAGES = ("en", "fr", "ru", "ko")
FAMILIES = ("visit", "agreement", "reaction")
STATUSES = {
    "visit": ("planned", "held", "cancelled", "denied"),
    "agreement": (
        "mooted", "announced", "signed", "ratified", "in_force", "implemented", "ended", "denied",
    ),
    "reaction": ("made", "planned", "denied"),
}
DETAILS = {
    "visit": ("leader", "minister", "vice", "delegation"),
    "agreement": ("state", "agency", "region", "party", "business", "education"),
    "reaction": ("concern", "accuse", "warn", "request", "sanction", "vote", "support", "neutral"),
}
DIRECTIONS = ("RUS>PRK", "PRK>RUS", "third")
BLOCS = ("western", "russian", "russian_exile", "dprk", "chinese", "rok", "japan", "ukrainian", "other", "unknown")


class SchemaError(ValueError):
    """A table does not hold to its declaration; the message names table, column, rows and remedy."""


@dataclass(frozen=True)
class Column:
    """One column: ``kind`` is text, int, float, bool or date (a calendar day)."""

    name: str
    kind: str
    meaning: str
    unit: str = ""
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: what a row is, the key that makes it unique, and its columns in order."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in declared order."""
        return [c.name for c in self.columns]


DTYPES = {"text": "str", "int": "Int64", "float": "float64", "bool": "bool", "date": "datetime64[us]"}


def empty(table: str) -> pd.DataFrame:
    """Return the table with its columns and types and no rows.

    >>> len(empty("totals")), list(empty("totals"))
    (0, ['source_id', 'outlet_id', 'day', 'n_items'])
    """
    return pd.DataFrame({c.name: pd.Series(dtype=DTYPES[c.kind]) for c in TABLES[table].columns})


def check(df: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return ``df`` in declared column order and types, sorted by key, or say what is wrong with it.

    Parameters
    ----------
    df : DataFrame
        One row is what ``TABLES[table].grain`` says. Columns not declared are an error, so are missing ones.
    table : str
        A name in ``TABLES``.

    Raises
    ------
    SchemaError
        Names the table and the columns, shows up to five rows, and says what to do.

    >>> check(pd.DataFrame({"source_id": ["s"], "outlet_id": ["o"], "day": ["2024-02-08"], "n_items": [3]}),
    ...       "totals")["n_items"].tolist()
    [3]
    """
    spec = TABLES[table]
    missing = [n for n in spec.names if n not in df.columns]
    extra = [n for n in df.columns if n not in spec.names]
    if missing or extra:
        raise SchemaError(
            f"table '{table}': missing columns {missing}, undeclared columns {extra}; "
            f"declare them in analysis/schema.py or drop them before this step"
        )
    out = cast(df[spec.names], table)
    _check_values(out, spec)
    return out.sort_values(list(spec.key), kind="stable").reset_index(drop=True)


def cast(df: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return ``df`` with the declared types, values unchecked; for tables that were checked when written.

    >>> str(cast(pd.DataFrame({"day": ["2024-02-08"]}), "totals")["day"].dtype)
    'datetime64[us]'
    """
    out = df.copy()
    for column in TABLES[table].columns:
        if column.name in out.columns:
            try:
                out[column.name] = _as_kind(out[column.name], column.kind)
            except (TypeError, ValueError) as error:
                raise SchemaError(f"table '{table}', column '{column.name}': not {column.kind} ({error})") from error
    return out


def _as_kind(values: pd.Series, kind: str) -> pd.Series:
    if kind == "date":
        return pd.to_datetime(values).astype("datetime64[us]")
    if kind == "text":
        return values.where(values.notna(), None).astype("str")
    return values.astype(DTYPES[kind])


def _check_values(df: pd.DataFrame, spec: Table) -> None:
    import pandera.pandas as pa  # half a second; only where a table is checked

    columns = {
        c.name: pa.Column(
            nullable=not c.required,
            checks=[pa.Check.isin([*c.values])] if c.values else [],
        )
        for c in spec.columns
    }
    try:
        pa.DataFrameSchema(columns, unique=list(spec.key), name=spec.name).validate(df, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
        bad = sorted({str(c) for c in cases["column"].dropna()})
        rows = df.loc[[i for i in cases["index"].dropna().unique() if i in df.index][:5]]
        checks = sorted({str(c) for c in cases["check"]})
        raise SchemaError(
            f"table '{spec.name}', column {', '.join(bad)}: {'; '.join(checks)}\n"
            f"one row is {spec.grain}; key {spec.key}\n{rows.to_string(max_colwidth=60)}\n"
            f"mend the step that made these rows, or the declaration in analysis/schema.py"
        ) from error


def data_dictionary() -> str:
    """Return the data dictionary as Markdown, one section a table."""
    lines = ["# Data dictionary", "", "Generated by `make docs` from `analysis/schema.py`; do not edit.", ""]
    for t in TABLES.values():
        lines += [f"## {t.name}", "", f"One row is {t.grain}. Key: {', '.join(f'`{k}`' for k in t.key)}.", ""]
        lines += ["| column | kind | unit | meaning |", "|---|---|---|---|"]
        for c in t.columns:
            values = f" One of: {', '.join(v or '(empty)' for v in c.values)}." if c.values else ""
            need = " Never missing." if c.required else ""
            lines.append(f"| `{c.name}` | {c.kind} | {c.unit} | {c.meaning}{values}{need} |")
        lines.append("")
    return "\n".join(lines)


def _key(name: str, meaning: str, kind: str = "text", **more: object) -> Column:
    return Column(name, kind, meaning, required=True, **more)


_ARTICLE = _key("article_id", "Hash of source, canonical URL (or date) and title; stable across rebuilds.")
_SENTENCE = _key("sentence", "Sentence number in the article; the title is 0.", "int")
_SOURCE = _key("source_id", "The archive or folder the item came from.")
_PATH = _key("raw_path", "File the item was read from, relative to the corpus.")
_ROW = _key("raw_row", "Row in that file, from 1; 0 is the file as a whole.", "int")
_DAY_PRECISION = ("day", "month", "year", "unknown")

_DECLARED = (
    Table("records", "a raw item as found", ("source_id", "raw_path", "raw_row"), (
        _SOURCE, _PATH, _ROW,
        Column("item", "text", "Identifier that the item gives itself (fields item, id, guid)."),
        Column("title", "text", "Title as found."),
        Column("body", "text", "Plain text as found; missing when the item came as HTML."),
        Column("html", "text", "Page as found; missing when the item came as text."),
        Column("date_text", "text", "Publication date as written in the item."),
        Column("url", "text", "Address as found."),
        Column("outlet", "text", "Outlet as named by the item, usually a domain."),
        Column("outlet_country", "text", "Country of the outlet as claimed by the item.", "ISO 3166 alpha-3"),
        Column("language_claim", "text", "Language as claimed by the item."),
        Column("section", "text", "Section as named by the item."),
        Column("fetched_on", "date", "Day the item was collected, when the item says so."),
    )),
    Table("articles", "a published text, kept", ("article_id",), (
        _ARTICLE, _SOURCE,
        _key("outlet_id", "Registered domain or stated name of the outlet."),
        Column("outlet_country", "text", "Country of the outlet.", "ISO 3166 alpha-3"),
        _key("bloc", "Bloc of the outlet, from the outlet lexicon.", values=BLOCS),
        Column("ownership", "text", "Ownership of the outlet, where known."),
        _key("language", "Language of the text, detected within the stated set.", values=(*LANGUAGES, "unsupported")),
        Column("language_source", "text", "How the language was decided: detected, claimed or script."),
        Column("published_on", "date", "Day of publication in the outlet's own zone."),
        _key("date_precision", "Precision of published_on.", values=_DAY_PRECISION),
        Column("date_source", "text", "Where the date came from: field, meta, url, text or argument, with the reason."),
        Column("title", "text", "Title, repaired; missing in tables without text."),
        Column("body", "text", "Body, repaired and without boilerplate; missing in tables without text."),
        Column("url", "text", "Canonical address."),
        Column("section", "text", "Section as named by the item."),
        Column("n_words", "int", "Words of title and body.", "words"),
        Column("relevance", "text", "Evidence of relevance: the two names that make the dyad."),
        Column("story_id", "text", "The story: article_id of the first text among its copies."),
        Column("is_copy", "bool", "True for a copy of an earlier text (wire copy or reprint)."),
        Column("copy_of", "text", "article_id of the text it copies; missing when not a copy."),
        _key("text_sha256", "Digest of title and body."),
        Column("fetched_on", "date", "Day the item was collected, when the item says so."),
        _PATH, _ROW,
    )),
    Table("cuts", "a piece of text set aside from an article", ("article_id", "cut"), (
        _ARTICLE, _key("cut", "Number of the piece in the article.", "int"),
        _key("kind", "What it is.", values=(
            "caption", "source_line", "comment_counter", "bulletin", "feed_tail", "dateline", "menu", "markup", "byline",
        )),
        Column("text", "text", "The piece, as found; missing in tables without text."),
        Column("rule", "text", "The rule that cut it."),
    )),
    Table("rejects", "a raw item not kept", ("source_id", "raw_path", "raw_row"), (
        _SOURCE, _PATH, _ROW,
        _key("reason", "Why it was not kept, one word."),
        Column("detail", "text", "The evidence, and the remedy where there is one."),
    )),
    Table("totals", "an outlet on a day, all items, relevant or not", ("source_id", "outlet_id", "day"), (
        _SOURCE, _key("outlet_id", "Outlet."), _key("day", "Day of publication.", "date"),
        _key("n_items", "Items of that outlet on that day.", "int", unit="items"),
    )),
    Table("sentences", "a sentence; the title is 0", ("article_id", "sentence"), (
        _ARTICLE, _SENTENCE,
        _key("field", "Where it stands.", values=("title", "body")),
        _key("start", "First character in the field.", "int", unit="characters"),
        _key("end", "One past the last character.", "int", unit="characters"),
        Column("text", "text", "The sentence; missing in tables without text."),
        _key("is_quote", "True when more than half of it stands inside quotation marks.", "bool"),
    )),
    Table("actor_mentions", "one name of an actor", ("article_id", "sentence", "start"), (
        _ARTICLE, _SENTENCE,
        _key("start", "First character in the sentence.", "int", unit="characters"),
        _key("end", "One past the last character.", "int", unit="characters"),
        _key("actor_id", "Actor in lexicons/actors.csv."),
        Column("country", "text", "Country or organisation it stands for.", "ISO 3166 alpha-3 or UN, EU, G7, NATO, MSMT"),
        _key("kind", "Person, state, demonym, place, organisation or collective."),
        Column("surface", "text", "The name as written; missing in tables without text."),
    )),
    Table("event_mentions", "one coded mention (see the codebook)", ("article_id", "sentence", "mention"), (
        _ARTICLE, _SENTENCE, _key("mention", "Number of the mention in the sentence.", "int"),
        _key("family", "Family.", values=FAMILIES),
        _key("status", "Status, from the sentence itself.", values=tuple(dict.fromkeys(sum(STATUSES.values(), ())))),
        Column("detail", "text", "Rank of a visit, level of an agreement, act of a reaction.",
               values=("", *dict.fromkeys(sum(DETAILS.values(), ())))),
        Column("subject", "text", "What an agreement is about (lexicons/agreement_subjects.csv); empty otherwise."),
        Column("actor", "text", "Who goes, signs first or reacts; joint actors joined with +."),
        Column("counterpart", "text", "Who is visited, who else signs, at whom the reaction is aimed."),
        Column("persons", "text", "People who take part, as written, separated by semicolons."),
        Column("direction", "text", "Direction of a visit; empty otherwise.", values=("", *DIRECTIONS)),
        Column("date_start", "text", "First day of the event, to its precision; empty when the text gives none.", "ISO 8601"),
        Column("date_end", "text", "Last day of the event, to its precision.", "ISO 8601"),
        _key("date_precision", "Precision of the event's date in the text.", values=_DAY_PRECISION),
        Column("place", "text", "Place as named."),
        Column("bloc", "text", "Bloc of the reacting actor (codebook); empty otherwise."),
        _key("voice", "Whose words.", values=("narrator", "quoted")),
        Column("speaker", "text", "Source of the words when quoted, as written."),
        _key("is_background", "True when the event ended more than 14 days before publication.", "bool"),
        _key("trigger_start", "First character of the trigger in the sentence.", "int", unit="characters"),
        _key("trigger_end", "One past its last character.", "int", unit="characters"),
        Column("confidence", "float", "Coder's confidence, 0 to 1; not a probability until validated."),
    )),
    Table("events", "a distinct event", ("event_id",), (
        _key("event_id", "Stable name of the event: family, direction or actors, first date."),
        _key("family", "Family.", values=FAMILIES),
        _key("status", "Status by the latest report; a planned event whose date passed unreported is not_confirmed."),
        Column("detail", "text", "Rank, level or act."), Column("subject", "text", "What an agreement is about."),
        Column("actor", "text", "Actor."),
        Column("counterpart", "text", "Counterpart."), Column("direction", "text", "Direction of a visit."),
        Column("date_start", "text", "First day, to its precision.", "ISO 8601"),
        Column("date_end", "text", "Last day.", "ISO 8601"),
        Column("date_precision", "text", "Precision."), Column("place", "text", "Place as most often named."),
        Column("persons", "text", "People who take part, separated by semicolons."),
        Column("first_report", "date", "Day of the first report."), Column("last_report", "date", "Day of the last report."),
        Column("status_history", "text", "day:status pairs in order, separated by semicolons."),
        Column("n_articles", "int", "Articles that report it, copies included.", "articles"),
        Column("n_stories", "int", "Stories that report it, copies counted once.", "stories"),
        Column("n_outlets", "int", "Outlets that report it.", "outlets"),
        Column("n_blocs", "int", "Blocs that report it.", "blocs"),
        Column("lag_days", "float", "From the event's first day to its first report after it.", "days"),
        Column("half_life_days", "float", "Days from the event within which half of its stories fell.", "days"),
        Column("reference_id", "text", "The reference fact it matches; missing when none."),
        Column("match_evidence", "text", "What the match rests on."),
    )),
    Table("event_reports", "an event in an article", ("event_id", "article_id"), (
        _key("event_id", "Event."), _ARTICLE, Column("sentence", "int", "Sentence of the report."),
        Column("status", "text", "Status reported."), Column("lag_days", "float", "From the event's first day.", "days"),
        Column("published_on", "date", "Day of the report."),
    )),
    Table("stance", "a scored target in a sentence", ("article_id", "sentence", "target", "voice"), (
        _ARTICLE, _SENTENCE,
        _key("target", "Target of the stance, or 'sentence' for its tone."),
        _key("voice", "Whose words.", values=("narrator", "quoted")),
        _key("label", "Label.", values=("negative", "neutral", "positive", "unscored")),
        Column("score", "float", "From -1 to 1; missing when unscored."),
        Column("model", "text", "Model and version."), Column("reason", "text", "Why it is unscored; empty otherwise."),
    )),
    Table("article_stance", "an article as a whole", ("article_id",), (
        _ARTICLE, _key("label", "Stance to Russian-North Korean cooperation that its words convey, all voices together.",
                       values=("critical", "neutral", "approving", "unscored")),
        Column("score", "float", "Sum over its sentences, without bounds; missing when unscored."),
        Column("reason", "text", "Why it is unscored; empty otherwise."),
    )),
    Table("topics", "a topic", ("language", "topic"), (
        _key("language", "Language.", values=LANGUAGES), _key("topic", "Number of the topic.", "int"),
        Column("label", "text", "Its three strongest terms, or a name given by hand."),
        Column("stability", "float", "Mean Jaccard overlap of its top ten terms with the nearest topic over seeds.", "0 to 1"),
        Column("n_articles", "int", "Articles whose strongest topic it is.", "articles"),
    )),
    Table("topic_terms", "a term of a topic", ("language", "topic", "rank"), (
        _key("language", "Language.", values=LANGUAGES), _key("topic", "Topic.", "int"), _key("rank", "Rank.", "int"),
        _key("term", "The term."), Column("weight", "float", "Weight in the topic."),
    )),
    Table("article_topics", "a topic in an article", ("article_id", "topic"), (
        _ARTICLE, _key("topic", "Topic of the article's language.", "int"),
        Column("weight", "float", "Share of the topic in the article.", "0 to 1"),
    )),
    Table("series", "a number for one period", ("series", "group", "freq", "period_start"), (
        _key("series", "Name of the measure."), _key("group", "Group: outlet, bloc, language, family; 'all' for none."),
        _key("freq", "Length of a period.", values=("D", "W", "MS", "QS", "YS")),
        _key("period_start", "First day, inclusive.", "date"), _key("period_end", "Last day, exclusive.", "date"),
        _key("is_complete", "True when nine in ten days of the period were observed (working days, where a group rests at weekends).", "bool"),
        _key("days_observed", "Days of the period on which a source brought at least a tenth of its usual day's items (trend.volume).", "int", unit="days"),
        Column("numerator", "float", "Counted."), Column("denominator", "float", "Out of."),
        Column("value", "float", "The number; missing means no data, 0 means observed and none."),
        Column("low", "float", "Lower end of the 95 % interval."), Column("high", "float", "Upper end."),
        _key("unit", "Unit of value."), Column("n_unscored", "int", "Items left unscored."),
        Column("note", "text", "Why there is no value or no interval, or what was done to it; empty otherwise."),
    )),
)

TABLES = {t.name: t for t in _DECLARED}
