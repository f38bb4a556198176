"""Laws that hold for any corpus."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema, trend

DAYS = st.integers(0, 120)
BLOCS = ("western", "russian", "other")
OUTLETS = dict(zip(BLOCS, ("invented-west.example", "invented-east.example", "invented-far.example"), strict=True))
STEPS = settings(max_examples=25, deadline=None)


@st.composite
def corpora(draw):
    """Articles of three invented outlets over four months, and totals that cover each article."""
    rows = draw(st.lists(st.tuples(DAYS, st.sampled_from(BLOCS)), min_size=1, max_size=25))
    extra = draw(st.lists(st.tuples(DAYS, st.sampled_from(BLOCS), st.integers(1, 40)), max_size=40))
    articles = pd.DataFrame(rows, columns=["day", "bloc"])
    articles["published_on"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(articles["day"], unit="D")
    ids = [f"a{i}" for i in range(len(articles))]
    articles = articles.assign(
        article_id=ids, story_id=ids, source_id="s", outlet_id=articles["bloc"].map(OUTLETS), language="en", is_copy=False,
        date_precision="day", raw_path="f", raw_row=range(len(articles)), text_sha256="x", copy_of=None,
    )
    blank = {n: None for n in schema.TABLES["articles"].names if n not in articles}
    items = pd.concat([pd.DataFrame(extra, columns=["day", "bloc", "n_items"]), articles[["day", "bloc"]].assign(n_items=1)])
    items["day"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(items["day"], unit="D")
    items = items.assign(source_id="s", outlet_id=items["bloc"].map(OUTLETS)).astype({"n_items": int})
    totals = items.groupby(["source_id", "outlet_id", "day"], as_index=False)["n_items"].sum()
    return schema.check(articles.drop(columns="day").assign(**blank), "articles"), schema.check(totals, "totals")


def with_copies(articles, k):
    copies = [articles.head(1).assign(article_id=f"copy{i}", is_copy=True, copy_of=articles["article_id"].iloc[0]) for i in range(k)]
    return pd.concat([articles, *copies])


@STEPS
@given(corpora(), st.integers(1, 9))
def test_k_copies_change_raw_by_k_and_unique_by_nothing(corpus, k):
    articles, totals = corpus
    more = with_copies(articles, k)
    raw = [trend.volume(a, totals, copies=True)["numerator"].sum() for a in (articles, more)]
    assert raw[1] - raw[0] == k
    assert trend.volume(articles, totals).equals(trend.volume(more, totals))


@STEPS
@given(corpora(), st.sampled_from(["D", "W", "MS", "QS", "YS"]))
def test_no_article_is_lost_or_counted_twice(corpus, freq):
    articles, totals = corpus
    halved = articles.assign(published_on=articles["published_on"].where(articles.index % 2 == 0))
    placed = trend.volume(halved, totals, freq=freq, by="bloc", copies=True)["numerator"].sum()
    assert placed + trend.undated(halved, freq=freq)["n_undated"].sum() == len(articles)


@STEPS
@given(corpora())
def test_leaving_a_group_out_raises_the_others_share_of_the_stories(corpus):
    articles, totals = corpus
    topics = pd.DataFrame({"article_id": articles["article_id"], "topic": articles["bloc"].map(BLOCS.index), "weight": 1.0})
    whole = trend.topic_share(topics, articles, totals, freq="YS")
    kept = topics["topic"] != topics["topic"].iloc[0]
    fewer = trend.topic_share(topics[kept], articles, totals, freq="YS")
    both = whole.merge(fewer, on=["series", "period_start"], suffixes=("", "_after")).dropna(subset=["value", "value_after"])
    assert (both["value_after"] > both["value"]).all()


@STEPS
@given(corpora(), st.integers(0, 3))
def test_a_period_without_totals_is_missing_and_an_observed_one_is_not(corpus, month):
    articles, totals = corpus
    start = pd.Timestamp("2024-01-01") + pd.DateOffset(months=month)
    inside = totals["day"].between(start, start + pd.DateOffset(months=1) - pd.Timedelta(days=1))
    table = trend.volume(articles, totals[~inside]).set_index("period_start")
    if start in table.index:
        assert table.loc[start, ["value", "low", "high"]].isna().all() and table.loc[start, "days_observed"] == 0
    seen = table[table["days_observed"] > 0]
    assert (seen["value"] == seen["numerator"]).all()


@STEPS
@given(corpora())
def test_groups_add_up_and_intervals_hold_their_value(corpus):
    articles, totals = corpus
    alone = trend.volume(articles, totals)
    parts = trend.volume(articles, totals, by="bloc").groupby("period_start")[["numerator", "denominator"]].sum()
    assert (parts["numerator"].to_numpy() == alone["numerator"].to_numpy()).all()
    assert (parts["denominator"].to_numpy() == alone["denominator"].to_numpy()).all()
    for table in (alone, trend.share(articles, totals)):
        known = table.dropna(subset="value")
        assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all()


@STEPS
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(corpus, random):
    articles, totals = corpus
    order = [*range(len(articles))]
    random.shuffle(order)
    assert trend.share(articles, totals, by="bloc").equals(trend.share(articles.iloc[order], totals.iloc[::-1], by="bloc"))
