"""The commands as a user meets them: help, bad input, conservation, the same bytes twice."""

import gzip
import json
import subprocess
import sys

import pytest

from analysis import cli, schema, store

GOOD = {
    "url": "https://courier.example/1", "outlet": "courier.example", "language": "en", "date": "2024-06-19",
    "title": "Putin arrives in North Korea", "text": "Russian President Vladimir Putin arrived in Pyongyang on Wednesday.",
}


def run(*arguments, stdin=None):
    return subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, arguments)], capture_output=True, text=True, input=stdin, timeout=300
    )


def line(**changes):
    return json.dumps(GOOD | changes)


def commands():
    return [a for a in cli.parser()._subparsers._group_actions[0].choices]


@pytest.mark.parametrize("command", ["build", "report", "explain", "show", "check"])
def test_every_command_has_help_with_an_example(command):
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"example: python -m analysis {command}" in done.stdout


def test_the_commands_are_those_documented(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    for command in commands():
        assert f"analysis {command}" in readme


@pytest.mark.parametrize("make", ["missing", "empty"])
def test_no_input_is_one_line_and_status_one(tmp_path, make):
    path = tmp_path / "corpus"
    if make == "empty":
        path.mkdir()
    done = run("build", path, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "corpus" in done.stderr.strip().splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_batch_goes_on_past_everything_bad(tmp_path):
    corpus = tmp_path / "corpus"
    (corpus / "folder.jsonl").mkdir(parents=True)
    rows = [
        line(), line()[: len(line()) // 2], line(url="https://courier.example/2", title="", text=""),
        line(url="https://courier.example/3", date="2999-01-01"),
        line(url="https://courier.example/4", title="Rain in Lisbon", text="It rained."), "",
        json.dumps(GOOD | {"text": "x" * 50_000_000}),
        line(url="https://courier.example/5", date="2024-06-20", title="Putin leaves North Korea",
             text="Vladimir Putin left Pyongyang on Thursday for Vietnam."),
    ]
    (corpus / "feed.jsonl").write_text("\n".join(rows), encoding="utf-8")
    whole = gzip.compress(("\n".join([line(url=f"https://courier.example/9{i}", title=f"Kim thanks Putin, {i}",
                                           text=f"Kim Jong Un thanked Vladimir Putin for gift number {i}.")
                                      for i in range(400)])).encode())
    (corpus / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (corpus / "program.txt").write_bytes(bytes(range(256)) * 40)
    (corpus / "notes.xyz").write_text("North Korea and Russia", encoding="utf-8")
    (corpus / "empty.txt").write_text("", encoding="utf-8")
    done = run("build", corpus, "--out", tmp_path / "out", "--workers", 1)
    assert done.returncode == 0, done.stderr
    rejects = store.read_table(tmp_path / "out", "rejects")
    articles = store.read_table(tmp_path / "out", "articles")
    feed = rejects[rejects["raw_path"].str.endswith("feed.jsonl")].set_index("raw_row")["reason"].to_dict()
    assert feed[2] == "broken_json"
    assert feed[3] == "no_text"
    assert feed[4] == "date_in_future"
    assert feed[5] == "irrelevant"
    assert feed[7] == "line_too_long"
    reasons = {p.split("/")[-1]: r for p, r in zip(rejects["raw_path"], rejects["reason"], strict=True)}
    assert reasons["program.txt"] == "binary"
    assert reasons["notes.xyz"] == "unknown_format"
    assert "broken_gzip" in set(rejects["reason"])
    assert rejects["detail"].str.len().gt(0).all()
    build = store.read_build(tmp_path / "out")
    assert build["rows_in"] == len(articles) + len(rejects)
    assert {"https://courier.example/1", "https://courier.example/5"} <= {
        u if u.startswith("https") else f"https://{u}" for u in articles["url"].dropna()
    }


def test_nothing_built_is_status_one(tmp_path):
    path = tmp_path / "rain.jsonl"
    path.write_text(line(title="Rain in Lisbon", text="It rained."), encoding="utf-8")
    done = run("build", path, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "1 irrelevant" in done.stderr
    assert not (tmp_path / "out").exists()


def test_two_builds_are_byte_identical_whatever_the_workers(tmp_path):
    for name, workers in (("a", 1), ("b", 2)):
        assert run("build", "sample", "--out", tmp_path / name, "--workers", workers).returncode == 0
    files = sorted(p.name for p in (tmp_path / "a").iterdir())
    assert {f"{t}.parquet" for t in ("articles", "rejects", "totals", "sentences", "event_mentions")} <= set(files)
    assert [store.digest(tmp_path / "a" / f) for f in files] == [store.digest(tmp_path / "b" / f) for f in files]
    assert run("check", tmp_path / "a").returncode == 0
    (tmp_path / "a" / "totals.parquet").write_bytes((tmp_path / "a" / "cuts.parquet").read_bytes())
    assert run("check", tmp_path / "a").returncode == 1


def test_a_folder_that_is_no_build_is_never_overwritten(tmp_path):
    corpus = tmp_path / "one.jsonl"
    corpus.write_text(line(), encoding="utf-8")
    out = tmp_path / "thesis"
    out.mkdir()
    (out / "chapter.txt").write_text("years of work", encoding="utf-8")
    done = run("build", corpus, "--out", out)
    assert done.returncode == 1
    assert (out / "chapter.txt").read_text(encoding="utf-8") == "years of work"


def test_show_prints_rows_and_says_how_many(tmp_path):
    corpus = tmp_path / "one.jsonl"
    corpus.write_text(line(), encoding="utf-8")
    assert run("build", corpus, "--out", tmp_path / "out").returncode == 0
    done = run("show", "event_mentions", "--corpus", tmp_path / "out", "--where", "family=visit", "--format", "json")
    rows = [json.loads(r) for r in done.stdout.splitlines()]
    assert {r["direction"] for r in rows} == {"RUS>PRK"}
    wrong = run("show", "event_mentions", "--corpus", tmp_path / "out", "--where", "colour=red")
    assert wrong.returncode == 1
    assert "family" in wrong.stderr


@pytest.mark.parametrize("table", ["nonsense", "articles"])
def test_show_says_what_is_missing(tmp_path, table):
    done = run("show", table, "--corpus", tmp_path)
    assert done.returncode == 1
    assert ("build" in done.stderr) if table == "articles" else all(t in done.stderr for t in list(schema.TABLES)[:3])


def test_explain_reads_standard_input_as_jsonl_and_keeps_items_apart():
    items = [json.dumps({"item": f"i{n}", "text": GOOD["text"], "published": "2024-06-19"}) for n in range(3)]
    done = run("explain", "-", "--format", "jsonl", stdin="\n".join(items))
    out = [json.loads(x) for x in done.stdout.splitlines()]
    assert [o["item"] for o in out] == ["i0", "i1", "i2"]
    assert {m["date_start"] for o in out for m in o["event_mentions"]} == {"2024-06-19"}


def test_explain_a_missing_file():
    done = run("explain", "no-such-file.txt")
    assert done.returncode == 1
    assert "no-such-file.txt" in done.stderr
    assert "Traceback" not in done.stderr
