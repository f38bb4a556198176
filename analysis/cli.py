"""The commands: build, report, explain, show, validate, check. Each calls one function of the library."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

__all__ = ["main", "parser"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 when something was done, 1 when nothing was, 2 for wrong usage."""
    arguments = parser().parse_args(argv)
    try:
        return arguments.run(arguments)
    except BrokenPipeError:  # the reader of our output went away: nothing to say, nobody to say it to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except _expected() as error:
        print(f"analysis {arguments.command}: {error}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """Return the command line's parser; its help is the reference of the commands."""
    top = argparse.ArgumentParser(prog="python -m analysis", description="Measure coverage of Russian-North Korean relations.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = _command(commands, "build", _build, "read, clean and measure a corpus", "build ~/articles --out out/mine")
    build.add_argument("corpus", help="a name in data/raw/SOURCES.csv, a folder under data/raw, or any file or folder")
    build.add_argument("--out", type=Path, help="folder for the tables (default: data/processed/<corpus>)")
    build.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1), help="processes (default: %(default)s)")

    report = _command(commands, "report", _report, "execute the notebooks on a built corpus", "report reference")
    report.add_argument("corpus", help="a built corpus: a name under data/processed or its folder")
    report.add_argument("--out", type=Path, help="folder for the page and figures (default: reports)")

    explain = _command(
        commands, "explain", _explain, "show every decision made on an article", "explain article.txt --published 2024-02-08"
    )
    explain.add_argument("file", help="an article, a .jsonl of items, or - for standard input")
    explain.add_argument("--published", metavar="DATE", help="publication date, ISO 8601, over what the file says")
    explain.add_argument("--language", metavar="LANG", help="en, fr, ru or ko, over what is detected")
    explain.add_argument("--format", choices=("text", "json", "jsonl"), default="text", help="(default: %(default)s)")

    show = _command(commands, "show", _show, "print a table of a built corpus", "show event_mentions --where status=held")
    show.add_argument("table", help="a table of docs/DATA_DICTIONARY.md")
    show.add_argument("--corpus", default="reference", help="(default: %(default)s)")
    show.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE", help="keep these rows; may be repeated")
    show.add_argument("--limit", type=int, default=20, help="rows printed; 0 for all (default: %(default)s)")
    show.add_argument("--format", choices=("text", "csv", "json"), default="text", help="(default: %(default)s)")

    validate = _command(commands, "validate", _validate, "print the measured error on coded items", "validate --fold test")
    validate.add_argument("--gold", type=Path, nargs="+", metavar="FILE",
                          help="files of coded items (default: those of the checkout, and ../shared/gold/dev.jsonl if it is there)")
    validate.add_argument("--fold", choices=("dev", "test", "all"), default="all", help="(default: %(default)s)")
    validate.add_argument("--format", choices=("text", "json"), default="text", help="(default: %(default)s)")

    check = _command(commands, "check", _check, "check a built corpus against its declarations", "check reference")
    check.add_argument("corpus", nargs="?", default="reference", help="(default: %(default)s)")
    return top


def _command(commands: argparse._SubParsersAction, name: str, run: object, summary: str, example: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".",
                                  epilog=f"example: python -m analysis {example}")
    command.set_defaults(run=run)
    return command


def _build(arguments: argparse.Namespace) -> int:
    from analysis import pipeline

    out = None if arguments.out is None else arguments.out.absolute()
    record = pipeline.build(
        arguments.corpus, out=out, workers=arguments.workers, latest=_today(), data_dir=_data_dir(), progress=_say
    )
    outputs = record["outputs"]
    articles, rejects = outputs["articles"]["rows"], outputs["rejects"]["rows"]
    print(f"{record['corpus']}: {record['rows_in']} rows in = {articles} articles + {rejects} rejects")
    for reason, n in record["rejects_by_reason"].items():
        print(f"  rejected {n:>8} {reason}")
    for name, facts in outputs.items():
        print(f"  {name:<16}{facts['rows']:>8} rows")
    for warning in record["usage_warnings"]:
        print(f"  note: {warning}")
    return 0


def _report(arguments: argparse.Namespace) -> int:
    from analysis import report

    print(report.write(arguments.corpus, out=(arguments.out or Path("reports")).absolute(), progress=_say))
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    from analysis import explain, store

    topic_terms = None
    if (store.corpus_folder("reference") / "topic_terms.parquet").is_file():
        topic_terms = store.read_table("reference", "topic_terms")
    done = 0
    items = []
    for record in _records(arguments.file):
        if "unreadable" in record:
            _say(f"{record['raw_path']} row {record['raw_row']}: {record['unreadable']}")
            continue
        item = explain.explain(record, published=arguments.published, language=arguments.language,
                               latest=_today(), topic_terms=topic_terms)
        done += 1
        if arguments.format == "jsonl":
            print(json.dumps(item, ensure_ascii=False))
        elif arguments.format == "text":
            print(explain.as_text(item), end="\n\n")
        else:
            items.append(item)
    if arguments.format == "json" and items:
        print(json.dumps(items[0] if len(items) == 1 else items, ensure_ascii=False, indent=1))
    return 0 if done else 1


def _show(arguments: argparse.Namespace) -> int:
    from analysis import store

    table = store.read_table(arguments.corpus, arguments.table)
    for condition in arguments.where:
        column, equals, value = condition.partition("=")
        if not equals or column not in table.columns:
            raise ValueError(f"--where {condition}: write COLUMN=VALUE with a column of {', '.join(table.columns)}")
        table = table[table[column].astype(str) == value]
    n = len(table)
    table = table if arguments.limit == 0 else table.head(arguments.limit)
    if arguments.format == "csv":
        table.to_csv(sys.stdout, index=False)
    elif arguments.format == "json":
        print(table.to_json(orient="records", force_ascii=False, date_format="iso", lines=True), end="")
    else:
        print(table.dropna(axis=1, how="all").to_string(index=False, max_colwidth=60))
        print(f"{len(table)} of {n} rows")
    return 0


def _validate(arguments: argparse.Namespace) -> int:
    from analysis import validate

    shared = Path(os.environ["ANALYSIS_SHARED"]) if os.environ.get("ANALYSIS_SHARED") else None
    tables = validate.measure_gold(arguments.gold or validate.find_gold(shared=shared), fold=arguments.fold)
    print(validate.as_json(tables) if arguments.format == "json" else validate.as_text(tables))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from analysis import report

    lines, is_sound = report.check(arguments.corpus)
    print("\n".join(lines))
    return 0 if is_sound else 1


def _records(file: str):
    from analysis import explain

    if file != "-":
        yield from explain.records_of(Path(file))
        return
    import tempfile

    content = sys.stdin.buffer.read()
    kind = "html" if content.lstrip()[:1] == b"<" else "jsonl" if content.lstrip()[:1] == b"{" else "txt"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"stdin.{kind}"
        path.write_bytes(content)
        yield from list(explain.records_of(path))


def _expected() -> tuple[type[Exception], ...]:
    """Errors that are the user's to mend; anything else is ours and keeps its traceback."""
    from analysis import pipeline, schema, sources

    return (sources.SourceError, pipeline.NothingBuilt, schema.SchemaError, OSError, ValueError)


def _today() -> dt.date:
    # Midnight comes earlier in the east: an item of tomorrow there is not from the future.
    return dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)


def _data_dir() -> Path | None:
    return Path(os.environ["ANALYSIS_DATA"]) if os.environ.get("ANALYSIS_DATA") else None


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
