"""Notebooks speak, define nothing, and every number in their answers is computed again by their last cell."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib
import nbformat
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from analysis import report, schema, store

NOTEBOOKS = sorted((store.ROOT / "notebooks").glob("[0-9]*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]


def read(path):
    return nbformat.read(path, as_version=4)


def code_of(path):
    return [cell.source for cell in read(path).cells if cell.cell_type == "code"]


def run(path, corpus, figures, monkeypatch, capsys):
    """Run the code cells in one fresh namespace; return what the last one prints."""
    monkeypatch.setenv("ANALYSIS_CORPUS", str(corpus))
    monkeypatch.setenv("ANALYSIS_FIGURES", str(figures))
    matplotlib.use("Agg")
    plt.close("all")
    names: dict = {}
    for source in code_of(path):
        capsys.readouterr()
        exec(compile(source, path.name, "exec"), names)
    plt.close("all")
    return capsys.readouterr().out.strip()


def stated_in(path):
    """The literal that the last cell holds the computed answer against."""
    tree = ast.parse(code_of(path)[-1])
    (literal,) = (n.value for n in tree.body if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == "stated")
    return ast.literal_eval(literal)


def test_there_are_seven():
    assert NAMES == ["00-start-here", "01-coverage", "02-topics", "03-stance", "04-visits", "05-agreements", "06-western-reactions"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_speaks_and_defines_nothing(path):
    notebook = read(path)
    assert notebook.metadata.kernelspec.name == "python3"
    code = "\n".join(code_of(path))
    tree = ast.parse(code)
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    assert "sys.path" not in code and "warnings" not in code
    for output in (o for cell in notebook.cells for o in cell.get("outputs", [])):
        assert output.output_type != "error" and output.get("name") != "stderr"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_the_first_cell_asks_and_answers_with_number_n_and_window(path):
    question, answer = read(path).cells[0].source.split("\n\n", 1)
    assert question.startswith("# ") and question.endswith("?")
    assert stated_in(path) in answer
    assert re.search(r"\d", answer) and re.search(r"\b(19|20)\d\d\b", answer)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_each_says_what_is_not_validated(path):
    prose = " ".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    assert "not validated" in prose.lower().replace("**", "")


def test_nothing_that_a_notebook_reads_or_shows_holds_text_of_an_article():
    shared = {p.stem: store.read_table("reference", p.stem) for p in store.corpus_folder("reference").glob("*.parquet")}
    assert not {"sentences", "cuts", "rejects"} & {*shared}
    assert shared["articles"][["title", "body", "section"]].isna().all(axis=None)
    for path in NOTEBOOKS:
        code = "\n".join(code_of(path))
        assert not re.search(r"\bopen\(|read_csv|read_json|read_text|read_parquet|sources\.", code), path.name
        for output in (o for cell in read(path).cells for o in cell.get("outputs", [])):
            shown = "".join(str(v) for kind, v in output.get("data", {}).items() if kind.startswith("text")) + output.get("text", "")
            assert not re.search(r"<th>(title|body|text|sentence|quote)</th>", shown), path.name


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_the_answer_is_recomputed_by_a_fresh_interpreter_without_network(path, tmp_path):
    environment = {**os.environ, "ANALYSIS_CORPUS": "reference", "ANALYSIS_FIGURES": str(tmp_path)}
    script = Path(__file__).with_name("run_notebook.py")
    done = subprocess.run([sys.executable, script, path], env=environment, cwd=path.parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == stated_in(path)
    for png in tmp_path.glob("*.png"):
        assert all(png.with_suffix(s).is_file() for s in (".svg", ".csv", ".txt"))


@pytest.fixture(scope="module")
def one_article(tmp_path_factory):
    """The smallest corpus there is: one article, nothing measured in it."""
    day = pd.Timestamp("2024-02-08")
    row = dict.fromkeys(schema.TABLES["articles"].names)
    row |= {
        "article_id": "a", "source_id": "mine", "outlet_id": "invented.example", "bloc": "unknown", "language": "fr",
        "published_on": day, "date_precision": "day", "story_id": "a", "is_copy": False, "text_sha256": "x", "raw_path": "f", "raw_row": 1,
    }
    empty = ("event_mentions", "events", "event_reports", "stance", "article_stance", "topics", "topic_terms", "article_topics")
    tables = {name: schema.empty(name) for name in empty}
    tables["articles"] = pd.DataFrame([row])
    tables["totals"] = pd.DataFrame({"source_id": ["mine"], "outlet_id": ["invented.example"], "day": [day], "n_items": [1]})
    folder = tmp_path_factory.mktemp("corpus") / "mine"
    store.write_tables(folder, tables, build={"corpus": "mine", "rows_in": 1, "rejects_by_reason": {}})
    return folder


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_corpus_of_one_article_gets_an_honest_answer(path, one_article, tmp_path, monkeypatch, capsys):
    answer = run(path, one_article, tmp_path, monkeypatch, capsys)
    assert answer and answer != stated_in(path)


def test_charts_stay_on_the_page_when_the_caller_draws_to_files_only(tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    notebook = report.execute(NOTEBOOKS[0], corpus="reference", figures=tmp_path)
    kinds = {kind for cell in notebook.cells for output in cell.get("outputs", []) for kind in output.get("data", {})}
    assert "image/png" in kinds
