#!/usr/bin/env python3
"""Parallax beside other tools on the same text and the same terms, in turns.

    benches/compare.py CORPUS --parallax target/release/parallax [--megabytes 30]
                       [--terms 100,1000,10000] [--rounds 3] [--python .venv/bin/python]
                       [--only parallax,sums,wc,rg] [--by FIELD]

CORPUS is a folder of JSON Lines with `text`. Its articles are repeated, with ids of their own, up to
the size that is asked for. --by makes the values of a field the outlets: a report grows with outlets
times terms, while the other tools give a number a term, so a field with few values is the nearer
comparison. Every round runs each tool once; the medians of the rounds are printed, the peak memory,
and how much of its time `wc -w` takes. Load of the machine moves all of them alike, so trust the
ratios. What is not installed is left out and said.

* parallax    the whole report: reading JSON Lines, zones, voices, hits, statistics, JSON written
* sums        the same with --sums: no row an article is kept
* wc -w       words counted
* rg          `rg -c -i -w -F -f terms`: lines that hold a term, a sentence a line
* python      a loop over the words with a dictionary of terms
* ahocorasick pyahocorasick, every match between the borders of words
* flashtext   longest matches only
* spacy       spaCy's PhraseMatcher on LOWER over a blank English tokenizer
The Python tools read text that has no JSON around it, and are timed without starting and building;
their peak memory is that of the process.
A tool slower than a minute for the text reads a part of it (said as "of N MB").

Before the rounds, the counts of all terms are compared on text of letters and blanks alone, where the
tools mean the same by a match.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import corpora

# Megabytes that a slow tool reads at most.
PART = {"spacy": 2, "flashtext": 30, "python": 30, "ahocorasick": 30}
ZONES = '["headline", "subhead", "byline", "caption", "body"]'


def take_terms(text, wanted):
    """Words and, one in four, phrases of the text, spread over all frequencies but the highest."""
    words = re.findall(r"[a-z]+", text.lower())
    count = collections.Counter(word for word in words if len(word) > 2)
    ranked = [word for word, _ in count.most_common()][100:]
    pairs = collections.Counter(zip(words, words[1:]))
    phrases = [" ".join(pair) for pair, _ in pairs.most_common(200_000)[1000:] if len(pair[1]) > 3]
    single, double = wanted - wanted // 4, wanted // 4
    spread = lambda items, n: items[:: max(1, len(items) // n)][:n]
    return sorted(set(spread(ranked, single) + spread(phrases, double)))


def write_lexicon(path, terms):
    """Every term a category of its own hundred: terms of one category that overlap are resolved."""
    with open(path, "w", encoding="utf-8") as file:
        file.write('schema = 1\nid = "bench"\ntitle = "Bench"\nversion = "1"\nlanguage = "en"\n')
        for at in range(0, len(terms), 100):
            file.write(f'\n[[category]]\nid = "c{at}"\nzones = {ZONES}\nterms = [\n')
            file.writelines(f'  "{term}",\n' for term in terms[at : at + 100])
            file.write("]\n")


def run(command, out=None):
    """Wall seconds, CPU seconds, peak kilobytes of a command; its output goes to `out`."""
    with open(out or os.devnull, "wb") as sink, tempfile.NamedTemporaryFile("r") as told:
        # A child's peak begins at that of the process that started it, which here holds texts.
        small = ["/usr/bin/time", "-f", "%M", "-o", told.name] if os.path.exists("/usr/bin/time") else []
        start = time.perf_counter()
        child = subprocess.Popen([*small, *command], stdout=sink, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        peak = int(told.read().split()[-1]) if small else usage.ru_maxrss
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    return wall, usage.ru_utime + usage.ru_stime, peak


# The Python tools: each builds, then counts; a function from text to a Counter of terms.


def build_python(terms):
    longest = collections.defaultdict(list)
    for term in terms:
        longest[term.split()[0]].append(term.split())

    def count(text):
        found = collections.Counter()
        for line in text.split("\n"):
            words = re.findall(r"\w+|[^\w ]", line.lower())
            for at, word in enumerate(words):
                for parts in longest.get(word, ()):
                    if words[at : at + len(parts)] == parts:
                        found[" ".join(parts)] += 1
        return found

    return count


def build_ahocorasick(terms):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for term in terms:
        automaton.add_word(term, term)
    automaton.make_automaton()

    def count(text):
        found, text = collections.Counter(), text.lower()
        for last, term in automaton.iter(text):
            first, end = last + 1 - len(term), last + 1
            if not text[first - 1 : first].isalnum() and not text[end : end + 1].isalnum():
                found[term] += 1
        return found

    return count


def build_flashtext(terms):
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for term in terms:
        processor.add_keyword(term)
    return lambda text: collections.Counter(processor.extract_keywords(text))


def build_spacy(terms):
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for number, term in enumerate(terms):
        matcher.add(str(number), [nlp.make_doc(term)])

    def count(text):
        found = collections.Counter()
        for doc in nlp.pipe(text.split("\n")):
            for match, _, _ in matcher(doc):
                found[terms[int(nlp.vocab.strings[match])]] += 1
        return found

    return count


BUILD = {
    "python": build_python,
    "ahocorasick": build_ahocorasick,
    "flashtext": build_flashtext,
    "spacy": build_spacy,
}
MODULE = {"python": "re", "ahocorasick": "ahocorasick", "flashtext": "flashtext", "spacy": "spacy"}


def inside(tool, text, terms, megabytes):
    """Runs a Python tool in this process and prints its seconds, and the counts if they are few."""
    terms = pathlib.Path(terms).read_text(encoding="utf-8").split("\n")
    with open(text, encoding="utf-8") as file:
        text = file.read(megabytes * 1_000_000)
    count = BUILD[tool](terms)
    clock = time.process_time if os.environ.get("PARALLAX_BENCH_CPU") else time.perf_counter
    start = clock()
    found = count(text)
    print(json.dumps({"seconds": clock() - start, "counts": found}))


def parallax_command(given, lexicon, corpus, out, *more):
    return [given.parallax, "report", corpus, "--lexicon", lexicon, "--threads", given.threads,
            *given.by, "--format", "json", "--output", out, "--quiet", "--evidence", "0", *more]


def check(given, folder, terms, plain):
    """Whether the tools count the same on letters and blanks alone."""
    text = re.sub(r"[^a-z ]+", " ", plain[:1_000_000].lower())
    text = re.sub(r" +", " ", text)
    lines = [text[at : at + 4000].strip() for at in range(0, len(text), 4000)]
    small, corpus = folder / "small.txt", folder / "small.jsonl"
    small.write_text("\n".join(lines), encoding="utf-8")
    with open(corpus, "w", encoding="utf-8") as file:
        for number, line in enumerate(lines):
            row = {"id": str(number), "outlet": "a", "title": "", "text": line}
            file.write(json.dumps({**row, **dict.fromkeys(given.by[1:], "a")}) + "\n")
    out = folder / "small.json"
    run(parallax_command(given, folder / "terms.toml", corpus, out))
    report = json.loads(out.read_text(encoding="utf-8"))
    ours = {row["term"]: row["found"] for row in report["terms"] if row["voice"] == "all"}
    print("  counts on 1 MB of letters and blanks:", end=" ")
    said = [f"parallax {sum(ours.values())}"]
    for tool in given.tools:
        counts = external(given, tool, small, folder / "terms.txt", 1)[0]["counts"]
        differ = sum(ours.get(term, 0) != counts.get(term, 0) for term in terms)
        said.append(f"{tool} {sum(counts.values())} ({differ} terms differ)")
    print("; ".join(said))


def external(given, tool, text, terms, megabytes):
    """What a Python tool printed, and its peak kilobytes."""
    command = [given.python, __file__, "--inside", tool, str(text), str(terms), str(megabytes)]
    printed = pathlib.Path(text).with_suffix(".out")
    _, _, peak = run(command, printed)
    return json.loads(printed.read_text(encoding="utf-8")), peak


def measure(given, folder, corpus, text, size):
    times = collections.defaultdict(list)
    memory, part = {}, {}
    for _ in range(given.rounds):
        lexicon, out = folder / "terms.toml", folder / "out.json"
        commands = {
            "parallax": parallax_command(given, lexicon, corpus, out),
            "sums": parallax_command(given, lexicon, corpus, out, "--sums"),
            "wc": ["wc", "-w", text],
        }
        if given.rg:
            terms = folder / "terms.txt"
            commands["rg"] = [given.rg, "-c", "-i", "-w", "-F", "-f", terms, text]
        for tool, command in commands.items():
            if tool in given.only:
                wall, cpu, memory[tool] = run(command)
                times[tool].append(cpu if given.cpu else wall)
        for tool in given.tools:
            part[tool] = min(PART[tool], max(1, size // 1_000_000))
            found, memory[tool] = external(given, tool, text, folder / "terms.txt", part[tool])
            times[tool].append(found["seconds"] * size / (part[tool] * 1_000_000))
    base = statistics.median(times["wc"])
    print(f"  {'tool':12} {'MB/s':>8} {'wc -w = 1':>10} {'peak MB':>8}")
    for tool, all_ in times.items():
        median = statistics.median(all_)
        note = f"  of {part[tool]} MB" if part.get(tool, size) * 1_000_000 < size else ""
        speed, peak = size / 1e6 / median, memory[tool] / 1024
        print(f"  {tool:12} {speed:8.1f} {median / base:10.2f} {peak:8.0f}{note}", flush=True)


def main():
    if sys.argv[1:2] == ["--inside"]:
        tool, text, terms, megabytes = sys.argv[2:6]
        return inside(tool, text, terms, int(megabytes))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--parallax", default="target/release/parallax")
    parser.add_argument("--megabytes", type=int, default=30)
    parser.add_argument("--terms", default="100,1000,10000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--threads", default="1", help="of Parallax")
    parser.add_argument("--only", default=",".join(["parallax", "sums", "wc", "rg", *MODULE]))
    parser.add_argument("--by", type=lambda field: ["--by", field], default=[])
    parser.add_argument("--cpu", action="store_true", help="seconds of CPU, on a machine that others use")
    given = parser.parse_args()
    given.only = set(given.only.split(",")) | {"wc"}
    if given.cpu:
        os.environ["PARALLAX_BENCH_CPU"] = "1"
    given.rg = shutil.which("rg") or shutil.which("rg", path=str(pathlib.Path(given.python).parent))
    probe = "import importlib.util as u, sys; print(*(m for m in sys.argv[1:] if u.find_spec(m)))"
    command = [given.python, "-c", probe, *MODULE.values()]
    there = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    given.tools = [tool for tool, module in MODULE.items() if module in there and tool in given.only]
    missing = [tool for tool, module in MODULE.items() if module not in there]
    missing += [] if given.rg else ["rg"]
    if missing:
        print("not installed, left out:", ", ".join(missing))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        corpus, text = folder / "corpus.jsonl", folder / "corpus.txt"
        corpora.repeat(given.corpus, given.megabytes, corpus)
        with open(corpus, encoding="utf-8") as rows, open(text, "w", encoding="utf-8") as file:
            for row in rows:
                # A sentence a line: rg looks no further in a line that holds a term.
                text_of_row = json.loads(row)["text"].replace("\n", " ")
                file.write(re.sub(r"(?<=[.!?]) ", "\n", text_of_row) + "\n")
        size = text.stat().st_size
        with open(text, encoding="utf-8") as file:
            plain = file.read(10_000_000)
        for wanted in map(int, given.terms.split(",")):
            terms = take_terms(plain, wanted)
            (folder / "terms.txt").write_text("\n".join(terms), encoding="utf-8")
            write_lexicon(folder / "terms.toml", terms)
            print(f"{size / 1e6:.0f} MB, {len(terms)} terms, Parallax on {given.threads} threads")
            check(given, folder, terms, plain)
            measure(given, folder, corpus, text, size)


if __name__ == "__main__":
    main()
