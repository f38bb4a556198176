"""Reading files of every kind: what a record holds, and that no raw row is lost."""

import gzip
import json
import logging
import tracemalloc
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema, sources
from analysis.sources._items import COLUMNS, _aliases
from analysis.sources._pages import split_title

KIM = "Ким Чен Ын прибыл в Россию на поезде и встретился с президентом на космодроме."
LEDE = "La délégation est arrivée à Pyongyang où elle a été reçue par le ministre des Affaires étrangères."


def read_unchecked(path):
    """Return all records and all rejects of a small corpus."""
    batches = list(sources.read(path))
    records = pd.concat([b.records for b in batches], ignore_index=True)
    return records, pd.concat([b.rejects for b in batches], ignore_index=True)


def read(path):
    """Return them, held to their declarations."""
    records, rejects = read_unchecked(path)
    schema.check(records, "records")
    schema.check(rejects, "rejects")
    assert set(rejects["reason"]) <= set(sources.REASONS)
    assert not rejects["detail"].str.contains("\n").any()
    return records, rejects


def read_content(folder: Path, name: str, content: str | bytes):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(path)


def refusals(rejects):
    return list(zip(rejects["raw_row"], rejects["reason"], strict=True))


# ---- JSON lines


def test_a_json_line_fills_the_columns_and_keeps_its_place(tmp_path):
    item = {
        "id": 7, "headline": "Visit", "content": "He came.", "publishedAt": "2024-02-08T10:00:00Z", "link": "http://x.test/1",
        "source": {"id": None, "name": "The Invented Courier"}, "lang": "en", "country": "GBR", "category": "world",
        "collected_on": "2024-02-09", "views": 3,
    }
    records, rejects = read_content(tmp_path, "mine.jsonl", "\n" + json.dumps(item) + "\n")
    assert len(rejects) == 0
    row = records.iloc[0]
    assert row["source_id"] == "mine" and row["raw_path"] == "mine.jsonl"
    assert row["raw_row"] == 2  # the blank line counts, so that the row is found again in an editor
    assert row[["item", "title", "body", "date_text", "url"]].tolist() == [
        "7", "Visit", "He came.", "2024-02-08T10:00:00Z", "http://x.test/1",
    ]
    assert row[["outlet", "language_claim", "outlet_country", "section"]].tolist() == [
        "The Invented Courier", "en", "GBR", "world",
    ]
    assert row["fetched_on"] == pd.Timestamp("2024-02-09") and pd.isna(row["html"])


def test_the_longer_text_wins_over_the_summary_and_blank_is_missing(tmp_path):
    lines = [{"title": "", "summary": "Short.", "text": "Long text."}, {"title": " ", "summary": "Short.", "text": "\n"}]
    records, _ = read_content(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines)))
    assert records["body"].tolist() == ["Long text.", "Short."]
    assert records["title"].isna().all()


def test_text_is_untouched_and_a_page_is_kept_only_without_text(tmp_path):
    lines = [{"text": " <p>a&amp;b</p>\r\n"}, {"text": "t", "html": "<p>"}, {"html": "<p>only</p>"}, {"text": ["a", "b"]}]
    records, _ = read_content(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines)))
    assert records["body"].fillna("").tolist() == [" <p>a&amp;b</p>\r\n", "t", "", "a\nb"]
    assert records["html"].fillna("").tolist() == ["", "", "<p>only</p>", ""]


def test_every_kind_of_bad_line_is_one_reject_and_the_rest_goes_on(tmp_path):
    lines = [
        '{"title": "one"}', '{"title": "cut in ha', "3", '["a"]', '{"title": "", "text": null}', '{"id": 1, "when": "x"}',
        "[" * 100_000, '{"title": ' + "9" * 5000 + "}", "\ufeff", '{"title": "half \\ud83d"}', '{"title": "last", "title": "twice"}',
    ]
    records, rejects = read_content(tmp_path, "bad.jsonl", "\n".join(lines))
    assert records["title"].tolist() == ["one", "half \ufffd", "twice"]
    assert records["raw_row"].tolist() == [1, 10, 11]
    assert refusals(rejects) == [
        (2, "broken_json"), (3, "not_an_object"), (4, "not_an_object"), (5, "no_text"), (6, "no_text_column"),
        (7, "broken_json"), (8, "broken_json"), (9, "broken_json"),
    ]
    no_column = rejects.loc[rejects["reason"] == "no_text_column", "detail"].item()
    assert "id, when" in no_column and "headline" in no_column  # what was seen, and what would be understood


def test_a_json_document_is_refused_once_with_the_remedy(tmp_path):
    _, rejects = read_content(tmp_path, "answer.json", json.dumps([{"title": "a"}, {"title": "b"}], indent=1))
    assert refusals(rejects) == [(0, "broken_json")]
    assert "jq" in rejects["detail"].item()


def test_a_line_of_fifty_megabytes_is_refused_without_being_held(tmp_path):
    path = tmp_path / "long.jsonl"
    with path.open("w") as stream:
        stream.write('{"title": "before"}\n{"text": "')
        for _ in range(50):
            stream.write("x" * 1_000_000)
        stream.write('"}\n{"title": "after"}')
    tracemalloc.start()
    records, rejects = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert records["title"].tolist() == ["before", "after"]
    assert refusals(rejects) == [(2, "line_too_long")] and "50 MB" in rejects["detail"].item()
    assert peak < 45_000_000


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["title", "text", "html", "date", "Title", "source", "fetched_on", ""]), inner, max_size=4),
    max_leaves=8,
)
_LINE = _JSON.map(json.dumps) | _JSON.map(lambda v: json.dumps(v, ensure_ascii=False)) | st.text(
    st.characters(codec="utf-8", exclude_characters="\n\0"), max_size=30
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_LINE.map(lambda s: s.encode("utf-8", "surrogatepass")) | st.binary(max_size=12), max_size=12))
def test_law_every_line_that_is_not_blank_is_a_record_or_a_reject_in_order(tmp_path_factory, lines):
    lines = [piece for line in lines for piece in line.replace(b"\0", b"").replace(b"\r", b"").split(b"\n")]
    content = b"{}\n" + b"\n".join(lines)  # a first line of ours: what files of another kind begin with is tested below
    path = tmp_path_factory.mktemp("law") / "law.jsonl"
    path.write_bytes(content)
    records, rejects = read_unchecked(path)
    rows = sorted([*records["raw_row"], *rejects["raw_row"]])
    expected = [i for i, line in enumerate(content.split(b"\n"), 1) if line.strip() and not _is_blank(line)]
    assert rows == expected


def test_a_line_that_only_a_guessed_encoding_makes_blank_is_a_reject(tmp_path):
    path = tmp_path / "nbsp.jsonl"
    path.write_bytes(b'{"title": "in"}\n\xa0')
    records, rejects = read_unchecked(path)
    assert (records["raw_row"].tolist(), rejects["raw_row"].tolist(), rejects["reason"].tolist()) == ([1], [2], ["undecodable"])


def _is_blank(line: bytes) -> bool:
    try:
        return not line.decode().strip()
    except UnicodeDecodeError:
        return False


# ---- gzip


def test_gzip_is_told_by_its_mark_not_by_its_name(tmp_path):
    records, _ = read_content(tmp_path, "packed.jsonl", gzip.compress(b'{"title": "in"}\n'))
    assert records["title"].tolist() == ["in"]


def test_rows_before_a_break_in_gzip_are_kept_and_one_reject_stands_for_the_rest(tmp_path):
    lines = b"".join(b'{"title": "number %d of %d"}\n' % (i, i * i * 7919) for i in range(20_000))
    whole = gzip.compress(lines)
    records, rejects = read_content(tmp_path, "cut.jsonl.gz", whole[: len(whole) // 2])
    assert 5_000 < len(records) < 15_000
    assert records["raw_row"].tolist() == list(range(1, len(records) + 1))
    assert refusals(rejects) == [(len(records) + 1, "broken_gzip")]
    assert f"rows up to {len(records)} are kept" in rejects["detail"].item()


@pytest.mark.parametrize("content", [gzip.compress(b"x" * 99, mtime=0)[:12], b"plain"], ids=["cut short", "not gzip"])
@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.txt.gz", "a.html.gz", "a.csv.gz"])
def test_gzip_without_a_readable_byte_is_one_reject_for_the_file(tmp_path, name, content):
    _, rejects = read_content(tmp_path, name, content)
    assert refusals(rejects) == [(0, "broken_gzip")]


# ---- CSV


def test_csv_keeps_line_breaks_inside_quotes_and_counts_rows_not_lines(tmp_path):
    table = 'Headline,Body,Date\n"One, two","First line\nsecond ""quoted"" line",2024-01-02\n\nThree,Text,2024-01-03\n'
    records, rejects = read_content(tmp_path, "t.csv", table)
    assert len(rejects) == 0
    assert records["raw_row"].tolist() == [1, 2]
    assert records["title"].tolist() == ["One, two", "Three"]
    assert records["body"].tolist() == ['First line\nsecond "quoted" line', "Text"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_finds_its_delimiter(tmp_path, delimiter):
    table = delimiter.join(["titre", "texte", "date"]) + "\n" + delimiter.join(["Visite", "Il part.", "08/02/2024"]) + "\n"
    records, _ = read_content(tmp_path, "t.csv", "\ufeff" + table)
    assert records[["title", "body", "date_text"]].values.tolist() == [["Visite", "Il part.", "08/02/2024"]]


def test_ragged_rows_are_refused_and_empty_fields_at_the_end_are_not(tmp_path):
    table = "title,text,date\na,b,2024\nc,d\ne,f,2024,,\ng,h,i,2024\n,,\n"
    records, rejects = read_content(tmp_path, "t.csv", table)
    assert records["title"].tolist() == ["a", "e"]
    assert refusals(rejects) == [(2, "ragged_row"), (4, "ragged_row"), (5, "no_text")]


def test_of_columns_of_one_name_the_first_that_is_not_blank_counts(tmp_path):
    records, _ = read_content(tmp_path, "t.csv", "text,Text,title\n,second,x\nfirst,second,y\n")
    assert records["body"].tolist() == ["second", "first"]


def test_a_huge_field_is_read_and_leaves_the_limit_of_the_csv_module_as_it_was(tmp_path):
    import csv

    before = csv.field_size_limit()
    records, rejects = read_content(tmp_path, "t.csv", "title,text\na," + "word " * 200_000 + "\nb,c\n")
    assert records["body"].str.len().tolist() == [1_000_000, 1] and len(rejects) == 0
    assert csv.field_size_limit() == before


def test_a_quotation_mark_never_closed_is_a_reject_not_an_article(tmp_path):
    records, rejects = read_content(tmp_path, "t.csv", 'title,text\na,b\nc,"open\nd,e\nf,g\n')
    assert records["title"].tolist() == ["a"]
    assert refusals(rejects) == [(2, "broken_csv")] and "line 3" in rejects["detail"].item()


def test_a_long_line_in_csv_does_not_stop_the_table(tmp_path):
    records, rejects = read_content(tmp_path, "t.csv", "title,text\na,b\nc," + "x" * 11_000_000 + "\nd,e\n")
    assert records["title"].tolist() == ["a", "d"]
    assert refusals(rejects) == [(2, "line_too_long")]


def test_a_table_without_text_is_one_reject_that_names_the_columns(tmp_path):
    _, rejects = read_content(tmp_path, "t.csv", "when,number\n2024,1\n2025,2\n")
    assert refusals(rejects) == [(0, "no_text_column")]
    assert "when, number" in rejects["detail"].item() and "headline" in rejects["detail"].item()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), min_size=1, max_size=8))
def test_law_a_well_formed_table_gives_every_row_back(tmp_path_factory, rows):
    import csv

    path = tmp_path_factory.mktemp("law") / "law.csv"
    rows = [tuple(c.replace("\0", "").encode("utf-8", "ignore").decode() for c in row) for row in rows]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerows([("title", "text"), *rows])
    records, rejects = read_unchecked(path)
    assert sorted([*records["raw_row"], *rejects["raw_row"]]) == list(range(1, len(rows) + 1))
    kept = [tuple(c if c.strip() else "" for c in row) for row in rows if any(c.strip() for c in row)]
    assert list(records[["title", "body"]].fillna("").itertuples(index=False, name=None)) == kept


# ---- Parquet


def test_parquet_gives_its_rows_with_dates_as_written(tmp_path):
    path = tmp_path / "t.parquet"
    frame = pd.DataFrame({
        "title": ["a", None, ""], "text": ["b", "c", None], "n": [1, 2, 3],
        "date": pd.to_datetime(["2024-02-08 10:00", None, "2024-02-09 00:00"]),
    })
    frame.to_parquet(path)
    records, rejects = read(path)
    assert records["title"].fillna("").tolist() == ["a", ""] and records["body"].tolist() == ["b", "c"]
    assert records["date_text"].str[:16].fillna("").tolist() == ["2024-02-08 10:00", ""]
    assert refusals(rejects) == [(3, "no_text")]


@pytest.mark.parametrize("keep", [0.5, 0.99])
def test_a_damaged_parquet_is_one_reject(tmp_path, keep):
    path = tmp_path / "t.parquet"
    pd.DataFrame({"title": ["a"] * 100}).to_parquet(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    _, rejects = read(path)
    assert refusals(rejects) == [(0, "broken_parquet")]


def test_a_parquet_damaged_inside_keeps_conservation(tmp_path):
    path = tmp_path / "t.parquet"
    pd.DataFrame({"title": [f"number {i * 7919}" for i in range(500)]}).to_parquet(path, compression="snappy")
    content = bytearray(path.read_bytes())
    content[40:200] = b"\xff" * 160
    path.write_bytes(content)
    records, rejects = read(path)
    assert rejects["reason"].tolist() == ["broken_parquet"]
    assert rejects["raw_row"].tolist() == [len(records) + 1 if len(records) else 0]


def test_a_parquet_without_text_is_one_reject(tmp_path):
    path = tmp_path / "t.parquet"
    pd.DataFrame({"number": [1, 2]}).to_parquet(path)
    _, rejects = read(path)
    assert refusals(rejects) == [(0, "no_text_column")] and "number" in rejects["detail"].item()


# ---- text and pages


@pytest.mark.parametrize(("content", "title"), [
    ("Minister to visit\n\nHe leaves on Monday.", "Minister to visit"),
    ("Will the minister go?\n\nHe leaves on Monday.", "Will the minister go?"),
    ("The minister goes.\n\nHe leaves on Monday.\nHe returns on Friday.", "The minister goes."),
    ("The minister leaves on Monday.\n\nHe returns on Friday.\n\nNo more is known.", ""),
    ("He leaves on Monday. He returns on Friday.\n\nNo more is known.", ""),
    ("Minister to visit\nHe leaves on Monday, the ministry said.", "Minister to visit"),
    ("The minister leaves on Monday.\nHe returns on Friday.", ""),
    ("The minister of foreign affairs leaves\non Monday for talks in the capital and\nreturns on Friday.", ""),
    ("Министр едет в Пхеньян\nОн отправится туда в понедельник, сообщило министерство.", "Министр едет в Пхеньян"),
    ("One line only", ""),
])
def test_a_text_has_a_title_only_when_its_layout_shows_one(content, title):
    found, body = split_title(content)
    assert found == title
    assert content.replace("\n", "") == (found + body).replace("\n", "")


def test_a_text_file_is_one_article(tmp_path):
    records, _ = read_content(tmp_path, "a.txt", "\ufeffMinister to visit\r\n\r\nHe leaves.\r\nSource\r\n")
    assert records[["raw_row", "title", "body"]].values.tolist() == [[1, "Minister to visit", "He leaves.\nSource"]]


def test_a_page_is_left_untouched(tmp_path):
    page = "<html><body> <p>é</p>\n</body></html>\n"
    records, _ = read_content(tmp_path, "a.htm", page)
    assert records["html"].tolist() == [page] and records["body"].isna().all() and records["title"].isna().all()
    again, _ = read_content(tmp_path, "b.html.gz", gzip.compress(page.encode()))
    assert again["html"].tolist() == [page] and again["source_id"].tolist() == ["b"]


@pytest.mark.parametrize(("encoding", "text"), [
    ("cp1251", KIM), ("koi8-r", KIM), ("utf-16", KIM), ("cp1252", LEDE), ("utf-8-sig", KIM),
    ("cp949", "북한 외무상이 모스크바를 방문해 러시아 외무장관과 회담했다고 통신이 전했다."),
])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html"])
def test_texts_older_than_utf8_are_read_and_it_is_said(tmp_path, caplog, encoding, text, name):
    content = {
        "a.txt": text, "a.jsonl": json.dumps({"text": text}, ensure_ascii=False) + "\n", "a.csv": f"text\n{text}\n",
        "a.html": f"<html><body><p>{text}</p></body></html>",
    }[name]
    with caplog.at_level(logging.WARNING):
        records, rejects = read_content(tmp_path, name, content.encode(encoding))
    assert len(rejects) == 0
    assert text in records[["body", "html"]].fillna("").sum(axis=1).item()
    assert ("not UTF-8" in caplog.text) == (not encoding.startswith("utf"))


def test_the_encoding_a_page_declares_is_used(tmp_path):
    page = '<html><head><meta charset="euc-kr"></head><body>북한</body></html>'
    records, _ = read_content(tmp_path, "a.html", page.encode("cp949"))
    assert "북한" in records["html"].item()


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.7\n", b"PK\x03\x04rest", b"text\0more"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html"])
def test_a_binary_under_a_name_of_text_is_one_reject(tmp_path, name, content):
    _, rejects = read_content(tmp_path, name, content)
    assert refusals(rejects) == [(0, "binary")]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html", "a.json"])
@pytest.mark.parametrize("content", ["", "\n \n"])
def test_an_empty_file_is_one_reject(tmp_path, name, content):
    _, rejects = read_content(tmp_path, name, content)
    assert refusals(rejects) == [(0, "empty_file")]


def test_a_text_larger_than_any_article_is_one_reject(tmp_path):
    _, rejects = read_content(tmp_path, "a.txt", "word " * 2_100_000)
    assert refusals(rejects) == [(0, "file_too_large")]


# ---- folders


def test_a_folder_is_read_in_sorted_order_and_every_file_is_accounted_for(tmp_path):
    folder = tmp_path / "mine"
    (folder / "b" / "trap.jsonl").mkdir(parents=True)
    (folder / "b" / "trap.jsonl" / "deep.txt").write_text("Deep text.")
    (folder / "b" / "one.TXT").write_text("One text.")
    (folder / "a.jsonl").write_text('{"title": "first"}\n')
    (folder / "notes.docx").write_bytes(b"PK")
    (folder / "LICENSE").write_text("free")
    (folder / "dead.txt").symlink_to(folder / "nowhere")
    (folder / "loop").symlink_to(folder)
    (folder / ".DS_Store").write_bytes(b"\0")
    records, rejects = read(folder)
    assert records["raw_path"].tolist() == ["a.jsonl", "b/one.TXT", "b/trap.jsonl/deep.txt"]
    assert set(records["source_id"]) == {"mine"}
    assert rejects[["raw_path", "raw_row", "reason"]].values.tolist() == [
        ["LICENSE", 0, "unknown_format"], ["dead.txt", 0, "unreadable"], ["loop", 0, "unreadable"],
        ["notes.docx", 0, "unknown_format"],
    ]


def test_batches_hold_at_most_twenty_thousand_rows(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text('{"title": "a"}\nbroken\n' * 15_000)
    sizes = [len(b.records) + len(b.rejects) for b in sources.read(path)]
    assert sizes == [20_000, 10_000]


def test_large_pages_make_smaller_batches(tmp_path):
    for i in range(14):
        (tmp_path / f"{i:02}.html").write_text("<p>" + "x" * 9_000_000)
    assert [len(b.records) for b in sources.read(tmp_path)] == [6, 6, 2]


def test_every_column_has_names_and_no_name_stands_for_two_columns():
    names = _aliases()
    assert all(names[c] for c in COLUMNS)
    flat = [n for c in COLUMNS for n in names[c]]
    assert len(flat) == len(set(flat))


# ---- the real thing


@pytest.mark.shared
def test_the_seed_has_no_title_and_loses_nothing(shared):
    file = next((shared / "seed").glob("*.txt"))
    records, rejects = read(shared / "seed")
    assert len(records) == 1 and len(rejects) == 0
    assert records["title"].isna().all()
    assert records["body"].item() == file.read_text(encoding="utf-8").strip()


@pytest.mark.shared
def test_the_small_archives_read_whole(shared):
    for name, n_rows in (("kcna-en", 1866), ("wikipedia-current-events", 63), ("world-feeds-2025", 36_505)):
        records, rejects = read(shared / "corpora" / f"{name}.jsonl.gz")
        assert (len(records), len(rejects)) == (n_rows, 0)
        assert set(records["source_id"]) == {name}
        assert records[["date_text", "url", "outlet", "language_claim"]].notna().all(axis=None)
        assert records["section"].notna().all() == (name == "kcna-en")
        assert records["fetched_on"].notna().all() == (name == "world-feeds-2025")


@pytest.mark.shared
def test_saved_pages_of_real_outlets_decode(shared):
    records, rejects = read(shared / "formats" / "news_html")
    assert len(records) == 14 and len(rejects) == 0
    assert not records["html"].str[:2000].str.contains("\ufffd").any()
