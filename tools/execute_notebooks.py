"""Execute the notebooks on the reference tables and keep their outputs (``make notebooks``)."""

import shutil
import sys
import tempfile
from pathlib import Path

import nbformat

from analysis import report, store

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as figures:
        for path in sorted((store.ROOT / "notebooks").glob("[0-9]*.ipynb")):
            print(path.name, file=sys.stderr)
            notebook = report.execute(path, corpus="reference", figures=Path(figures))
            store.write_text(path, nbformat.writes(notebook) + "\n")
        shown = store.ROOT / "docs" / "figures" / "01-share-by-month.png"  # README's chart is the notebook's
        shown.parent.mkdir(exist_ok=True)
        shutil.copyfile(Path(figures) / shown.name, shown)
