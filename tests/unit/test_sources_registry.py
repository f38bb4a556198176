"""What a corpus' name means, and whether the registry says true."""

import csv
import hashlib

import pytest

from analysis import sources
from analysis.sources import SourceError

ARCHIVES = ("channel-one-ru", "kcna-en", "western-feeds-2022-2023", "wikipedia-current-events", "world-feeds-2025")
COLUMNS = (
    "source_id", "path", "format", "title", "window", "items", "language", "origin_url", "licence", "sha256", "date_zone",
    "usage_warnings",
)


def test_the_registry_names_the_archives_with_origin_licence_and_warnings():
    table = sources.registry()
    assert tuple(table.columns) == COLUMNS
    table = table.set_index("source_id")
    assert {*ARCHIVES, "sample", "seed"} <= set(table.index)
    for column in ("path", "format", "title", "language", "licence", "usage_warnings"):
        assert (table[column] != "").all()
    archives = table.loc[list(ARCHIVES)]
    assert archives["origin_url"].str.startswith("https://").all()
    assert archives["sha256"].str.fullmatch("[0-9a-f]{64}").all()
    assert archives["window"].str.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d").all()


def test_an_archive_is_found_under_the_folder_given(tmp_path):
    (tmp_path / "kcna-en.jsonl.gz").write_bytes(b"")
    [entry] = sources.resolve("kcna-en", data_dir=tmp_path)
    assert entry.source_id == "kcna-en" and entry.path == (tmp_path / "kcna-en.jsonl.gz").resolve()
    (tmp_path / "world-feeds-2025").mkdir()  # fetched anew, as a folder of its own
    [entry] = sources.resolve("world-feeds-2025", data_dir=tmp_path)
    assert entry.path.is_dir() and entry.date_zone == "Asia/Seoul" and "Korea" in entry.usage_warnings


def test_an_archive_given_by_path_keeps_its_name_and_zone(tmp_path):
    path = tmp_path / "world-feeds-2025.jsonl.gz"
    path.write_bytes(b"")
    [entry] = sources.resolve(path)
    assert (entry.source_id, entry.date_zone) == ("world-feeds-2025", "Asia/Seoul")


def test_a_path_takes_its_own_name_and_several_give_several(tmp_path):
    (tmp_path / "mine.csv").write_text("title\na\n")
    folder = tmp_path / "My articles 2.0"
    folder.mkdir()
    entries = sources.resolve([tmp_path / "mine.csv", str(folder)])
    assert [e.source_id for e in entries] == ["mine", "My articles 2.0"]
    assert all(e.date_zone == "" and e.usage_warnings == "" for e in entries)
    with pytest.raises(SourceError, match="mine given twice"):
        sources.resolve([tmp_path / "mine.csv", tmp_path / "mine.csv"])


@pytest.mark.parametrize("corpus", ["no-such-corpus", "", "no/such/path.txt"])
def test_a_corpus_that_is_not_there_is_said_in_one_line_with_the_choices(corpus):
    with pytest.raises(SourceError) as error:
        sources.resolve(corpus)
    assert "\n" not in str(error.value)
    assert "kcna-en" in str(error.value) and "give a path" in str(error.value)


def test_a_registered_archive_that_is_nowhere_says_where_it_was_looked_for(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.sources._registry.ROOT", tmp_path / "checkout")
    raw = tmp_path / "checkout" / "data" / "raw"
    raw.mkdir(parents=True)
    write_registry(raw / "SOURCES.csv", [{"source_id": "away", "path": "away.jsonl.gz"}])
    with pytest.raises(SourceError, match="ANALYSIS_DATA") as error:
        sources.resolve("away", data_dir=tmp_path / "elsewhere")
    assert "elsewhere" in str(error.value) and "away.jsonl.gz" in str(error.value)


def test_a_folder_under_data_raw_is_a_name(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.sources._registry.ROOT", tmp_path)
    (tmp_path / "data" / "raw" / "mine").mkdir(parents=True)
    write_registry(tmp_path / "data" / "raw" / "SOURCES.csv", [])
    [entry] = sources.resolve("mine")
    assert entry.path == tmp_path / "data" / "raw" / "mine"


def test_a_registry_that_names_a_source_twice_is_refused(tmp_path):
    write_registry(tmp_path / "SOURCES.csv", [{"source_id": "one"}, {"source_id": "one"}])
    with pytest.raises(SourceError, match="one stands twice"):
        sources.registry(tmp_path / "SOURCES.csv")


def test_a_missing_path_and_an_empty_folder_raise_at_the_call(tmp_path):
    with pytest.raises(SourceError, match="no file or folder"):
        sources.read(tmp_path / "nothing.jsonl")
    (tmp_path / ".hidden").write_text("x")
    with pytest.raises(SourceError, match="holds no file"):
        sources.read(tmp_path)


@pytest.mark.shared
def test_the_registry_describes_the_archives_that_are_there(shared):
    table = sources.registry().set_index("source_id")
    for name in ARCHIVES:
        [entry] = sources.resolve(name, data_dir=shared / "corpora")
        with entry.path.open("rb") as stream:
            assert hashlib.file_digest(stream, "sha256").hexdigest() == table.loc[name, "sha256"]
        n_rows = sum(len(b.records) + len(b.rejects) for b in sources.read(entry.path, source_id=name))
        assert n_rows == int(table.loc[name, "items"])


def write_registry(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
