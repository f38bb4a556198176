"""Coding speed on articles of 400 words made of the sample's sentences, one core, beside VADER's pass over the same words.

The goal is 300 articles a second on two cores, so 150 on one.
"""

import json
import time
from collections import defaultdict

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis import coding, store, text

GOAL = 150
WORDS = 400


def articles(language):
    """Join the sample's texts of a language until each article has 400 words."""
    path = store.ROOT / "data" / "raw" / "sample" / "gold.jsonl"
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [i["text"] for i in items if i.get("text") and i["language"] == language]
    made, now = [], ""
    for content in texts * 3:
        now += content + "\n"
        if len(text.words(now)) >= WORDS:
            made.append(now)
            now = ""
    return made


def main():
    rates = defaultdict(float)
    for language in ("en", "fr", "ru", "ko"):
        made = articles(language)
        for content in made:  # patterns are compiled where first needed, once a process
            coding.code_article("", content, language=language, published="2024-06-20")
        start = time.process_time()
        for content in made:
            coding.code_article("", content, language=language, published="2024-06-20")
        rates[language] = len(made) / (time.process_time() - start)
        print(f"{language}: {rates[language]:7.0f} articles of {WORDS} words a second and core ({rates[language] / GOAL:.2f} of the goal)")
    vader = SentimentIntensityAnalyzer()
    made = articles("en")
    start = time.process_time()
    for content in made:
        for a, b in text.sentences(content, language="en"):
            vader.polarity_scores(content[a:b])
    rate = len(made) / (time.process_time() - start)
    print(f"VADER on the same English sentences: {rate:.0f} articles a second; coding takes {rate / rates['en']:.1f} times as long")


if __name__ == "__main__":
    main()
