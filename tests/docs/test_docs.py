"""The written pages describe what is there: lexicons, packages, public names."""

import csv
import importlib
import inspect
import json
import re
import tomllib

import pytest

MEASURED = ("coding-dev", "coding-test", "coding-first", "dates", "relevance", "stance", "timeline", "speed")

# Public names without an example in their docstring, and why. A name that gains one has to leave the list.
RECORD = "a plain record: the function that returns it shows it"
FILES = "needs a built corpus or writes files: tests/golden and tests/unit run it"
OWED = "owes an example"
NO_EXAMPLE = {
    "actors.ActorSpan": RECORD,
    "chart.save_figure": FILES,
    "clean.Cleaned": RECORD,
    "clean.CleanedOne": RECORD,
    "clean.Piece": RECORD,
    "clean.Prepared": RECORD,
    "clean.Published": RECORD,
    "clean.Screened": RECORD,
    "cli.main": "the command line: tests/golden runs it",
    "cli.parser": "the command line: tests/golden runs it",
    "coding.Cue": RECORD,
    "coding.Mention": RECORD,
    "coding.code_mentions": OWED,
    "dates.DateSpan": RECORD,
    "pipeline.build": FILES,
    "report.check": FILES,
    "report.execute": FILES,
    "report.write": FILES,
    "schema.Column": RECORD,
    "schema.Table": RECORD,
    "schema.data_dictionary": "prints a page: docs/DATA_DICTIONARY.md is its output",
    "sources.Batch": RECORD,
    "sources.Corpus": RECORD,
    "store.digest": FILES,
    "store.write_tables": FILES,
    "store.write_text": FILES,
}


@pytest.fixture(scope="module")
def methods(root):
    return (root / "docs" / "METHODS.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lexicons_page(root):
    return (root / "analysis" / "lexicons" / "README.md").read_text(encoding="utf-8")


def modules(root):
    for path in sorted((root / "analysis").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        yield path, parts[:-1] if parts[-1] == "__init__" else parts


def public_names(root):
    """Functions and classes in ``__all__`` of ``analysis.X``: what a reader imports; exceptions explain themselves."""
    for _, parts in modules(root):
        if len(parts) == 2 and parts[-1] != "__main__":
            module = importlib.import_module(".".join(parts))
            for name in getattr(module, "__all__", ()):
                value = getattr(module, name)
                is_exception = inspect.isclass(value) and issubclass(value, BaseException)
                if (inspect.isfunction(value) or inspect.isclass(value)) and not is_exception:
                    yield f"{parts[1]}.{name}", inspect.getdoc(value) or ""


def test_every_lexicon_is_described_with_its_columns(root, lexicons_page):
    rows = re.findall(r"^\| `(\w+\.csv)` \| ((?:`\w+` ?)+)\|", lexicons_page, re.M)
    said = {name: re.findall(r"`(\w+)`", columns) for name, columns in rows}
    assert len(said) == len(rows), "a file stands in two rows"
    found = {}
    for path in [*(root / "analysis" / "lexicons").glob("*.csv"), root / "analysis" / "sources" / "fields.csv"]:
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.name] = next(csv.reader(stream))
    assert said == found


def test_every_lexicon_is_read_by_the_code(root, lexicons_page):
    code = "\n".join(path.read_text(encoding="utf-8") for path, _ in modules(root))
    files = [path.stem for path in (root / "analysis" / "lexicons").glob("*.csv")]
    assert [name for name in files if f'"{name}"' not in code] == []


def test_every_module_says_what_it_is_for(root):
    # Asked of the source: a module without a docstring would show that of its base.
    silent = [path.name for path, _ in modules(root) if not re.match(r'(#[^\n]*\n)*r?"""\S', path.read_text(encoding="utf-8"))]
    assert silent == []


def test_every_public_name_has_a_docstring(root):
    assert [name for name, doc in public_names(root) if not doc] == []


def test_every_public_name_has_an_example_or_a_reason_why_not(root):
    without = {name for name, doc in public_names(root) if ">>> " not in doc}
    assert sorted(without - set(NO_EXAMPLE)) == [], "give these an example"
    assert sorted(set(NO_EXAMPLE) - without) == [], "take these off the list: they have an example now, or are gone"


def test_methods_defends_every_core_package(root, methods):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = [re.match(r"[\w.-]+", line)[0] for line in project["dependencies"]]
    rows = dict(re.findall(r"^\| ([\w-]+) \| .+ \| (.+) \|$", methods, re.M))
    assert packages and [p for p in packages if not rows.get(p)] == []


def test_methods_has_each_measured_block_once_and_closed(methods):
    blocks = re.findall(r"<!-- measured: ([\w-]+) -->\n(.*?)\n<!-- end measured -->", methods, re.S)
    assert [name for name, _ in blocks] == list(MEASURED)
    assert all(body.strip() and "<!--" not in body for _, body in blocks)


def test_the_stance_figures_are_those_of_the_cards(root):
    table = (root / "docs" / "METHODS.md").read_text(encoding="utf-8").split("<!-- measured: stance -->")[1].split("<!-- end")[0]
    rows = {cells[0]: cells[1:] for line in table.splitlines() if line for cells in [[c.strip() for c in line.strip("|").split("|")]]}
    card = {
        n: json.loads((root / "analysis" / "stance" / "models" / f"{n}.json").read_text(encoding="utf-8"))["figures"]
        for n in ("core-en", "core-ru", "encoder-en")
    }
    for name in ("core-en", "encoder-en"):
        assert [float(c) for c in rows[name]] == [card[name][split]["macro-F1"] for split in ("dev_rw", "dev_mt")], name
    russian = next(cells for name, cells in rows.items() if name.startswith("core-ru"))
    spread = card["core-ru"]["F1 over positive and negative, 5 such splits"]
    assert russian == [f"{spread['mean']}", f"{spread['low']} to {spread['high']}"]


def test_links_and_files_named_on_the_pages_exist(root):
    wrong = []
    for page in (root / "docs" / "METHODS.md", root / "analysis" / "lexicons" / "README.md"):
        content = page.read_text(encoding="utf-8")
        wrong += [link for link in re.findall(r"\]\(([^)#:]+)\)", content) if not (page.parent / link).exists()]
        for name in re.findall(r"`((?:analysis|tests|data|docs|tools|benchmarks|lexicons)/[\w/.*-]+)`", content):
            pattern = name.rstrip("/")
            if "_XX." not in name and not [*root.glob(pattern), *(root / "analysis").glob(pattern)]:
                wrong.append(name)
    assert wrong == []


def test_prose_fits_the_line(root):
    pages = (root / "docs" / "METHODS.md", root / "analysis" / "lexicons" / "README.md")
    wrong = [
        f"{page.name}:{n}"
        for page in pages
        for n, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120 and not line.startswith(("|", "    "))  # tables and equations stay whole
    ]
    assert wrong == []


def test_the_coding_tables_are_the_committed_figures(root):
    import runpy

    tool = runpy.run_path(str(root / "tools" / "write_docs.py"))
    figures = tool["pd"].read_csv(root / "data" / "processed" / "validation.csv")
    page = (root / "docs" / "METHODS.md").read_text(encoding="utf-8")
    for fold in ("dev", "test"):
        assert tool["coding_table"](figures, fold) in page, "run: make docs"
