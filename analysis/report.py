"""Execute the notebooks on a built corpus and bind them into one page; check a build against its declarations."""

from __future__ import annotations

import base64
import html
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis import schema, store

__all__ = ["check", "execute", "write"]

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{line-height:1.2} h2{margin-top:3rem;border-top:1px solid #ccc;padding-top:1rem}
figure{margin:1rem 0} img{max-width:100%} figcaption{font-size:.85rem;color:#555}
table{border-collapse:collapse;font-size:.9rem} td,th{padding:.2rem .7rem;text-align:left;border-bottom:1px solid #ddd}
"""


def write(corpus: str | Path, *, out: Path, progress: Callable[[str], None] | None = None) -> Path:
    """Execute every notebook on ``corpus`` and write ``index.html``, the notebooks as HTML and the figures to ``out``.

    Returns
    -------
    Path
        The page. It needs no network: no script, no font and no image from outside.

    Raises
    ------
    store.StoreError
        When the corpus was not built.
    """
    build = store.read_build(corpus)
    figures = out / "figures" / build["corpus"]
    shutil.rmtree(figures, ignore_errors=True)
    sections = []
    for path in sorted((store.ROOT / "notebooks").glob("[0-9]*.ipynb")):
        if progress:
            progress(f"executing {path.name}")
        notebook = execute(path, corpus=str(store.corpus_folder(corpus)), figures=figures)
        page = _as_page(notebook, path.stem)
        store.write_text(out / f"{path.stem}.html", page)
        sections.append((path.stem, notebook, sorted(figures.glob(f"{path.stem[:2]}*.png"))))
    index = out / "index.html"
    store.write_text(index, _index(build, sections))
    return index


def execute(path: Path, *, corpus: str, figures: Path) -> object:
    """Return the notebook run top to bottom on a clean kernel, with ``ANALYSIS_CORPUS`` and ``ANALYSIS_FIGURES`` set.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        When a cell fails; the message shows the cell.
    """
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    environment = {
        **os.environ, "ANALYSIS_CORPUS": corpus, "ANALYSIS_FIGURES": str(figures), "PYTHONHASHSEED": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # a caller's "agg" would leave the pages without charts
    }
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}})
    client.execute(env=environment)
    for cell in notebook.cells:  # when a cell ran is no part of what it found
        cell.metadata.pop("execution", None)
    notebook.metadata = {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    return notebook


def check(corpus: str | Path) -> tuple[list[str], bool]:
    """Check a build: every table holds to its declaration and digest, rows in = articles + rejects.

    Returns
    -------
    lines : list of str
        One line a check, beginning with ``ok`` or ``WRONG``.
    is_sound : bool
    """
    build = store.read_build(corpus)
    lines = []
    for name, facts in build["outputs"].items():
        path = store.corpus_folder(corpus) / f"{name}.parquet"
        wrong = "" if path.is_file() and store.digest(path) == facts["sha256"] else "the file is not the one that was built"
        try:
            schema.check(store.read_table(corpus, name), name)
        except (schema.SchemaError, store.StoreError) as error:
            wrong = str(error)
        lines.append(f"WRONG {name}: {wrong}; build the corpus again" if wrong else f"ok    {name}: {facts['rows']} rows")
    kept, rejected = build["outputs"]["articles"]["rows"], sum(build["rejects_by_reason"].values())
    balance = f"{build['rows_in']} rows in = {kept} articles + {rejected} rejects"
    lines.append(("ok    " if build["rows_in"] == kept + rejected else "WRONG ") + balance)
    return lines, not any(line.startswith("WRONG") for line in lines)


def _as_page(notebook: object, title: str) -> str:
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="basic", embed_images=True)
    body, _ = exporter.from_notebook_node(notebook)
    return _page(title, body)


def _index(build: dict, sections: list) -> str:
    out = [
        "<h1>Russian–North Korean relations in the press</h1>",
        f"<p>Corpus <b>{html.escape(build['corpus'])}</b>: {build['rows_in']:,} items read, "
        f"{build['outputs']['articles']['rows']:,} relevant articles kept, "
        f"{sum(build['rejects_by_reason'].values()):,} turned away with a reason. Every claim below holds in these "
        "sources and in this window only.</p>",
    ]
    for stem, notebook, figures in sections:
        question, answer = _opening(notebook)
        if build["corpus"] != "reference":  # the first cell answers for the reference tables; the last for these
            answer = _last_words(notebook) or answer
        out.append(f"<h2>{html.escape(question)}</h2><p>{html.escape(answer)}</p>")
        out += [_figure(path) for path in figures]
        out.append(f"<p><a href='{stem}.html'>How this was computed</a></p>")
    reasons = pd.Series(build["rejects_by_reason"], dtype=int)
    rows = "".join(f"<tr><td>{html.escape(r)}</td><td>{n:,}</td></tr>" for r, n in reasons.items())
    out.append(f"<h2>What was turned away</h2><table><tr><th>reason</th><th>items</th></tr>{rows}</table>")
    return _page("Russian–North Korean relations in the press", "\n".join(out))


def _opening(notebook: object) -> tuple[str, str]:
    """Return the question and the answer of a notebook: the heading and the text of its first cell."""
    first = notebook.cells[0].source.strip().splitlines()
    return first[0].lstrip("# "), " ".join(line.strip() for line in first[1:] if line.strip()).replace("**", "")


def _last_words(notebook: object) -> str:
    """Return what the last code cell printed: the answer, computed anew on the corpus at hand."""
    outputs = [c for c in notebook.cells if c.cell_type == "code"][-1].outputs
    return "".join(o.get("text", "") for o in outputs if o.output_type == "stream" and o.get("name") == "stdout").strip()


def _figure(path: Path) -> str:
    data = base64.b64encode(path.read_bytes()).decode()
    alt_path = path.with_suffix(".txt")
    alt = alt_path.read_text(encoding="utf-8").strip() if alt_path.is_file() else path.stem
    link = f"figures/{path.parent.name}/{path.stem}"
    return (
        f"<figure><img alt='{html.escape(alt, quote=True)}' src='data:image/png;base64,{data}'>"
        f"<figcaption>{html.escape(path.stem)}: <a href='{link}.csv'>the numbers</a>, <a href='{link}.svg'>SVG</a>"
        "</figcaption></figure>"
    )


def _page(title: str, body: str) -> str:
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{html.escape(title)}</title>"
        f"<style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )
