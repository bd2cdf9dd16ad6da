#!/usr/bin/env python3
"""Makes corpora to measure with.

    benches/corpora.py repeat FOLDER MEGABYTES OUT.jsonl
        the articles of a folder of JSON Lines, again and again with ids of their own
    benches/corpora.py synthetic OUT.jsonl OUT.toml [--outlets 500] [--articles 50000]
                       [--categories 30] [--terms 10000] [--words 400]
        articles of made-up words, with a lexicon of some of them
"""

import argparse
import json
import pathlib
import random


def articles(folder):
    """Every row of the JSON Lines in a folder, by name."""
    for path in sorted(pathlib.Path(folder).glob("*.jsonl")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)


def repeat(folder, megabytes, out):
    """Writes articles until so many megabytes (10^6 bytes) of text are there.

    Every round changes ids, and the first word of the text, so that no article is a copy of another.
    """
    rows = list(articles(folder))
    if not rows:
        raise SystemExit(f"{folder}: no .jsonl file with articles")
    wanted, written, articles_written, round_ = megabytes * 1_000_000, 0, 0, 0
    with open(out, "w", encoding="utf-8") as file:
        while written < wanted:
            for row in rows:
                text = row["text"] if round_ == 0 else f"R{round_} {row['text']}"
                written += len(text.encode())
                articles_written += 1
                copy = {**row, "id": f"{row.get('id', articles_written)}-{round_}", "text": text}
                file.write(json.dumps(copy, ensure_ascii=False) + "\n")
                if written >= wanted:
                    break
            round_ += 1
    return articles_written, written


def word(number):
    """A word that can be said, another one for every number."""
    consonants, vowels = "bdfgklmnprstvz", "aeiou"
    said = ""
    while True:
        number, syllable = divmod(number, len(consonants) * len(vowels))
        said += consonants[syllable // len(vowels)] + vowels[syllable % len(vowels)]
        if number == 0:
            return said + "x"
        number -= 1


def synthetic(out, lexicon, outlets, count, categories, terms, words):
    """Words by Zipf's law over 60,000; the terms are spread over all ranks but the first 200."""
    rng = random.Random(1)
    vocabulary = [word(number) for number in range(60_000)]
    weights, total = [], 0.0
    for rank in range(len(vocabulary)):
        total += 1.0 / (rank + 2.7)
        weights.append(total)
    step = (len(vocabulary) - 200) / terms
    chosen = [vocabulary[200 + int(index * step)] for index in range(terms)]
    with open(lexicon, "w", encoding="utf-8") as file:
        file.write('schema = 1\nid = "bench"\ntitle = "Bench"\nversion = "1"\nlanguage = "en"\n')
        for category in range(categories):
            file.write(f'\n[[category]]\nid = "c{category}"\nterms = [\n')
            file.writelines(f'  "{term}",\n' for term in chosen[category::categories])
            file.write("]\n")
    with open(out, "w", encoding="utf-8") as file:
        for index in range(count):
            length = max(20, int(rng.lognormvariate(0, 0.6) * words))
            text = rng.choices(vocabulary, cum_weights=weights, k=length)
            sentences = [" ".join(text[at : at + 18]) for at in range(0, length, 18)]
            # Outlets of unequal size: the first has some fifty times the articles of the last.
            outlet = int(outlets * rng.random() ** 1.6)
            row = {
                "id": str(index),
                "outlet": f"outlet-{outlet:04}",
                "title": "",
                "text": ". ".join(s[0].upper() + s[1:] for s in sentences) + ".",
            }
            file.write(json.dumps(row) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("repeat")
    one.add_argument("folder")
    one.add_argument("megabytes", type=int)
    one.add_argument("out")
    two = commands.add_parser("synthetic")
    two.add_argument("out")
    two.add_argument("lexicon")
    for name, default in [("outlets", 500), ("articles", 50_000), ("categories", 30), ("terms", 10_000), ("words", 400)]:
        two.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    if given.command == "repeat":
        number, size = repeat(given.folder, given.megabytes, given.out)
        print(f"{number} articles, {size} bytes of text")
    else:
        synthetic(given.out, given.lexicon, given.outlets, given.articles, given.categories, given.terms, given.words)


if __name__ == "__main__":
    main()
