"""The demonstration corpus: its gold file tells the truth about its files, and its README about both."""

import html
import json
import re
import unicodedata
from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from analysis import sources
from analysis.schema import BLOCS, DETAILS, DIRECTIONS, FAMILIES, LANGUAGES, STATUSES

CODEBOOK_BLOCS = {"western", "rok_japan", "ukraine", "china", "un", "other"}
INVENTED = re.compile(r"\((invented|invent[ée]e?|erfunden|выдуман|가상|架空)\)$")
FORMATS = ("jsonl", "jsonl.gz", "csv", "parquet", "html", "txt")


@pytest.fixture(scope="module")
def folder(root):
    return root / "data" / "raw" / "sample"


@pytest.fixture(scope="module")
def gold(folder):
    return [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def found(folder):
    """Every raw item by its name: the record as read, or the reject."""
    rows = {}
    for batch in sources.read(folder / "items", source_id="sample"):
        for table in (batch.records, batch.rejects):
            rows |= {f"{r['raw_path']}#{r['raw_row']}": r for r in table.to_dict("records")}
    return rows


def articles(gold):
    return [g for g in gold if g["kind"] == "article"]


def coded(gold):
    return [(g, m) for g in articles(gold) for m in g.get("agreed", [])]


def values(v):
    return v if isinstance(v, list) else [v]


def form(item):
    path = item.partition("#")[0]
    return "jsonl.gz" if path.endswith(".jsonl.gz") else path.rpartition(".")[2]


def raw_text(row):
    raw = "\n".join(str(row[c]) for c in ("title", "body", "html") if isinstance(row.get(c), str))
    raw = re.sub(r"</p>\s*<p>", "\n", raw)
    return unicodedata.normalize("NFC", html.unescape(html.unescape(raw)))


def test_gold_names_every_item_once_and_no_other(gold, found):
    names = [g["item"] for g in gold]
    assert len(names) == len(set(names))
    assert set(names) == set(found)


def test_what_a_reader_refuses_is_what_gold_says_it_refuses(gold, found):
    refused = {k: r["reason"] for k, r in found.items() if "reason" in r}
    for g in gold:
        if g["rejected"] in sources.REASONS:
            assert refused.pop(g["item"]) == g["rejected"]
    assert refused == {}


def test_a_rejectable_item_of_every_kind_is_there(gold):
    reasons = Counter(g["rejected"] for g in gold if g["rejected"])
    assert set(reasons) == {
        "irrelevant", "duplicate", "date_in_future", "broken_json", "no_text", "binary", "unknown_format", "empty_file",
        "broken_gzip", "ragged_row",
    }
    assert reasons["irrelevant"] == 40


def test_clean_text_is_in_the_raw_item_and_boilerplate_is_in_it_but_not_in_the_text(gold, found):
    for g in gold:
        if "text" not in g or any("mojibake" in s for s in g.get("shapes", [])):
            continue
        raw = raw_text(found[g["item"]])
        for piece in (g["title"], *g["text"].split("\n"), *g.get("boilerplate", [])):
            assert piece in raw, (g["item"], piece)
        for piece in g.get("boilerplate", []):
            assert piece not in g["text"], (g["item"], piece)


def test_misread_texts_become_the_true_ones_when_read_again(gold, found):
    misread = [(g, s) for g in gold for s in g.get("shapes", []) if "mojibake" in s]
    assert len(misread) == 3
    for g, shape in misread:
        encoding = shape.rpartition(" ")[2]
        body = found[g["item"]]["body"]
        as_bytes = b"".join(bytes([ord(c)]) if ord(c) < 256 and not _fits(c, encoding) else c.encode(encoding) for c in body)
        text = re.sub(r"</?p>|<img.*", "", as_bytes.decode("utf-8").replace("</p><p>", "\n"))
        assert g["text"] in text and g["text"] not in body


def _fits(character, encoding):
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def test_evidence_lies_in_its_field_and_within_one_sentence(gold):
    for g, m in coded(gold):
        field = g["title"] if m["field"] == "title" else g["text"]
        evidence = field[m["start"] : m["end"]]
        assert 0 <= m["start"] < m["end"] <= len(field), g["item"]
        assert evidence == evidence.strip() and "\n" not in evidence, (g["item"], evidence)
        assert not re.search(r"[a-zа-яé가-힣]{3}[.!?] ", evidence), (g["item"], evidence)


def test_codes_are_the_codebooks(gold):
    for g, m in coded(gold):
        where = (g["item"], m)
        assert m["family"] in FAMILIES, where
        assert set(values(m["status"])) <= set(STATUSES[m["family"]]), where
        assert set(values(m["detail"])) <= set(DETAILS[m["family"]]), where
        assert set(values(m["direction"])) <= set(DIRECTIONS if m["family"] == "visit" else ("",)), where
        assert m["bloc"] in (CODEBOOK_BLOCS if m["family"] == "reaction" else {""}), where
        assert set(values(m["counterpart"])) <= {"RUS", "PRK", "RUS+PRK"}, where
        if m["family"] == "reaction":
            assert not {"RUS", "PRK"} & set(m["actor"].split("+")), where
        assert m["voice"] in ("narrator", "quoted"), where


def test_event_dates_are_dates_to_their_precision_and_do_not_end_before_they_start(gold):
    for g, m in coded(gold):
        length = {"day": 10, "month": 7, "year": 4, "unknown": 0}[m["date_precision"]]
        assert len(m["date_start"]) == len(m["date_end"]) == length, (g["item"], m)
        assert m["date_start"] <= m["date_end"], (g["item"], m)
        if length:
            date.fromisoformat(m["date_start"] + "-01-01"[length - 10 if length < 10 else 6 :])
        if m["family"] == "visit" and m["status"] == "held" and length == 10:
            assert m["date_start"] <= g["published"], (g["item"], m)


def test_copies_point_at_an_earlier_original_in_another_outlet(gold):
    by_item = {g["item"]: g for g in gold}
    copies = [g for g in articles(gold) if g["is_copy"]]
    assert len({g["copy_of"] for g in copies}) == 6
    assert sorted(Counter(g["copy_of"] for g in copies).values()) == [1, 2, 2, 2, 4, 4]
    for g in copies:
        first = by_item[g["copy_of"]]
        assert not first["is_copy"] and first["outlet"] != g["outlet"] and first["language"] == g["language"]
        assert first["published"] <= g["published"]


def test_languages_years_and_hard_statuses_are_all_there(gold):
    count = Counter(g["language"] for g in articles(gold))
    assert set(count) == set(LANGUAGES)
    assert count["en"] >= 45 and count["fr"] >= 42 and count["ru"] >= 30 and count["ko"] >= 28
    rich = [g for g in articles(gold) if g["language"] == "fr" and len(g.get("agreed", [])) >= 5]
    assert len(rich) >= 25
    assert {g["published"][:4] for g in articles(gold)} == {str(y) for y in range(2019, 2026)}
    statuses = {(m["family"], s) for _, m in coded(gold) for s in values(m["status"])}
    wanted = {(f, s) for f in FAMILIES for s in STATUSES[f]} - {("reaction", "denied")}
    assert wanted <= statuses
    acts = {s for _, m in coded(gold) if m["family"] == "reaction" for s in values(m["detail"])}
    assert acts == set(DETAILS["reaction"])


def test_gaps_are_real(gold):
    months = {g["published"][:7] for g in gold if g.get("published")}
    assert not [m for m in months if "2020-06" <= m <= "2021-01"]
    stopped = max(g["published"] for g in gold if g.get("outlet") == "pacificnote.example")
    assert stopped < "2024-07"


def test_every_outlet_says_that_it_is_invented(folder, gold):
    table = pd.read_csv(folder / "outlets.csv", dtype="str", keep_default_na=False)
    assert list(table.columns) == ["domain", "name", "country", "language", "bloc", "ownership", "zone", "notes"]
    assert table["domain"].is_unique and table["domain"].str.endswith(".example").all()
    assert [n for n in table["name"] if not INVENTED.search(n)] == []
    assert set(table["bloc"]) == set(BLOCS) - {"unknown"}
    assert all(ZoneInfo(z) for z in table["zone"])
    used = {g["outlet"] for g in gold if g.get("outlet")}
    assert used - set(table["domain"]) == {"mystery.example"}


def test_readme_tells_the_counts(folder, gold):
    text = " ".join((folder / "README.md").read_text(encoding="utf-8").split())
    table = Counter((form(g["item"]), g["language"]) for g in articles(gold))
    rows = [(f, *(table[f, lang] for lang in LANGUAGES)) for f in FORMATS]
    rows.append(("all", *(sum(table[f, lang] for f in FORMATS) for lang in LANGUAGES)))
    for name, *cells in rows:
        assert f"| {name} | {' | '.join(map(str, cells))} | {sum(cells)} |" in text
    kinds = Counter(g["kind"] for g in gold)
    assert f"{kinds['irrelevant']} irrelevant items" in text
    assert f"{kinds['unsupported']} in unsupported languages" in text
    assert f"{kinds['duplicate']} duplicates and {kinds['bad']} that cannot be kept" in text
    rejected = sum(bool(g["rejected"]) for g in gold)
    assert f"{len(gold)} = {len(gold) - rejected} kept + {rejected} rejected" in text
    shapes = Counter(s for g in gold for s in g.get("shapes", []))
    assert (
        f"{sum(g['is_copy'] for g in articles(gold))} copies, of which {shapes['copy']} verbatim, "
        f"{shapes['agency credit added']} with an agency's credit added, {shapes['shortened']} shortened and "
        f"{shapes['one sentence changed']} with one sentence changed"
    ) in text
    families = Counter(m["family"] for _, m in coded(gold))
    assert f"{families['visit']} visits, {families['agreement']} agreements, {families['reaction']} reactions" in text
    words = [len(f"{g['title']} {g['text']}".split()) for g in articles(gold) if "text" in g]
    assert f"between {min(words)} and {max(words)} an article" in text


def test_the_folder_stays_small(folder):
    sizes = [p.stat().st_size for p in folder.rglob("*") if p.is_file()]
    assert max(sizes) <= 300_000 and sum(sizes) < 1_500_000
