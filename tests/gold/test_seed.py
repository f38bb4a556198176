"""The article it all began with: if the product gets it wrong, it is wrong."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def seed(shared):
    path = next((shared / "seed").glob("*.txt"))
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "explain", str(path), "--format", "json"], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def some(seed, **wanted):
    return [m for m in seed["event_mentions"] if all(m[k] == v for k, v in wanted.items())]


def test_language_and_date_with_the_reason(seed):
    article = seed["article"]
    assert article["language"] == "fr"
    assert article["published_on"] in ("2024-02-07", "2024-02-08")
    assert article["date_precision"] == "day"
    assert "février" in article["date_source"]
    assert seed["rejected"] is None


def test_boilerplate_is_cut_and_kept_aside(seed):
    body = seed["article"]["body"]
    for piece in ("rencontre le président russe Vladimir Poutine au cosmodrome", "Comment (0)"):
        assert piece not in body
    assert "Source" not in body.split("\n")
    assert len(seed["article"]["captions"]) == 1
    assert "|" not in body
    assert {"caption", "source_line", "comment_counter"} <= {c["kind"] for c in seed["cuts"]}


def test_the_planned_visit_is_planned_and_nothing_planned_is_called_held(seed):
    planned = some(seed, family="visit", status="planned")
    assert planned
    assert {(m["direction"], m["detail"], m["actor"]) for m in planned} == {("RUS>PRK", "leader", "RUS")}
    held = some(seed, family="visit", status="held")
    assert not [m for m in held if m["direction"] == "RUS>PRK" and m["detail"] == "leader"]


@pytest.mark.parametrize(
    ("direction", "rank", "date", "words"),
    [
        ("PRK>RUS", "leader", "2023-09", "Vostochny"),
        ("PRK>RUS", "minister", "2024-01-1", "mi-janvier"),
        ("RUS>PRK", "minister", "2023-10", "octobre 2023"),
    ],
)
def test_held_visits_are_recalled_as_background(seed, direction, rank, date, words):
    found = [m for m in some(seed, family="visit", status="held", direction=direction, detail=rank) if words in m["sentence"]]
    assert len(found) == 1
    assert found[0]["date_start"].startswith(date)
    assert found[0]["is_background"]
    assert found[0]["voice"] == ("quoted" if rank == "leader" else "narrator") or rank == "leader"


def test_held_visits_are_these_three_and_their_echo(seed):
    dated = {(m["direction"], m["detail"]) for m in some(seed, family="visit", status="held")}
    assert dated == {("PRK>RUS", "leader"), ("PRK>RUS", "minister"), ("RUS>PRK", "minister")}


@pytest.mark.parametrize("words", ["ensemble d'accords", "faciliter les voyages", "vols directs"])
def test_agreements_are_mooted(seed, words):
    found = [m for m in some(seed, family="agreement") if words in m["sentence"]]
    assert found, words
    assert {m["status"] for m in found} == {"mooted"}


def test_two_warnings(seed):
    found = some(seed, family="reaction")
    assert sorted(m["actor"] for m in found) == ["KOR", "USA"]
    assert {(m["detail"], m["status"], m["counterpart"], m["voice"]) for m in found} == {
        ("warn", "made", "RUS+PRK", "narrator")
    }


def test_voices(seed):
    documents = [m for m in seed["event_mentions"] if "Les préparatifs se limitent" in m["sentence"]]
    assert documents
    assert {m["voice"] for m in documents} == {"quoted"}
    flights = [m for m in some(seed, family="agreement") if "vols directs" in m["sentence"]]
    assert {m["voice"] for m in flights} == {"narrator"}


def test_every_mention_says_why(seed):
    for mention in seed["event_mentions"]:
        assert mention["sentence"][mention["trigger_start"] : mention["trigger_end"]] == mention["trigger"]
        assert mention["cues"]
        assert all(c["reason"] for c in mention["cues"])
