"""Seconds for a thousand sentences: stance models, encoder and evaluative language beside VADER and TextBlob, same run, same sentences.

TextBlob and the encoder's package are no part of the environment: each is skipped, with the reason, where it is not there.
"""

import os
import time
from importlib.util import find_spec

os.environ.setdefault("OMP_NUM_THREADS", "1")

import pandas as pd

from analysis import stance
from analysis.stance import encoder
from analysis.stance.targets import EVALUATIVE

N = 1000
# Written for this benchmark; about twenty words each, varied by number so that no cache answers.
SENTENCES = {
    "en": "Seoul strongly condemned the reckless launch on Monday, while Moscow praised Pyongyang for its support in year {}.",
    "fr": "Séoul a fermement condamné lundi ce tir irresponsable, tandis que Moscou remerciait Pyongyang de son soutien en {}.",
    "ru": "Сеул решительно осудил в понедельник безответственный запуск, а Москва поблагодарила Пхеньян за поддержку в {} году.",
    "ko": "서울은 월요일 무모한 발사를 강력히 규탄했고 모스크바는 {}년 평양의 지지에 감사를 표했다.",
}
TARGETS = {"en": "Pyongyang", "fr": "Pyongyang", "ru": "Пхеньян", "ko": "평양"}


def main() -> None:
    """Print one line a model and language."""
    for language, sentence in SENTENCES.items():
        texts = [sentence.format(1000 + i) for i in range(N)]
        starts = [t.index(TARGETS[language]) for t in texts]
        table = pd.DataFrame({
            "text": texts, "start": starts, "end": [s + len(TARGETS[language]) for s in starts], "language": language,
        })
        for model in (None, EVALUATIVE, *([encoder.NAME] if language == "en" else [])):
            first = seconds(lambda model=model, table=table: stance.score_targets(table.head(1), model=model))
            used = stance.score_targets(table.head(1), model=model)["model"][0]
            if model is None and used == EVALUATIVE:
                continue
            if model == encoder.NAME and encoder.missing():
                print(f"{language}  {used:<22} skipped: {encoder.missing()}")
                continue
            took = seconds(lambda model=model, table=table: stance.score_targets(table, model=model))
            print(f"{language}  {used:<22} {took:6.2f} s per {N:,} sentences   first call {first:.2f} s")
    texts = [SENTENCES["en"].format(1000 + i) for i in range(N)]
    print(f"en  {'VADER':<22} {vader(texts):6.2f} s per {N:,} sentences")
    if find_spec("textblob"):
        print(f"en  {'TextBlob':<22} {textblob(texts):6.2f} s per {N:,} sentences")
    else:
        print(f"en  {'TextBlob':<22} skipped: the package textblob is not installed")


def vader(texts: list[str]) -> float:
    """Seconds that VADER takes; it has no target, one score a sentence, and knows no language but English."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    return seconds(lambda: [analyser.polarity_scores(t) for t in texts])


def textblob(texts: list[str]) -> float:
    """Seconds that TextBlob takes for its polarity; one score a sentence, no target, English."""
    from textblob import TextBlob

    def polarity(text: str) -> float:
        return TextBlob(text).sentiment.polarity

    polarity(texts[0])  # reads its lexicon
    return seconds(lambda: [polarity(t) for t in texts])


def seconds(work) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
