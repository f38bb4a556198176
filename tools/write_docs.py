"""Write docs/DATA_DICTIONARY.md from analysis/schema.py (``make docs``)."""

from analysis import schema, store

if __name__ == "__main__":
    store.write_text(store.ROOT / "docs" / "DATA_DICTIONARY.md", schema.data_dictionary())
