#!/usr/bin/env python3
"""Measures ringfence against labelled handlers of public apps.

usage: accuracy.py --ringfence PROGRAM LABELS TREES [--record] [--details]

LABELS holds a label a line, TREES a folder per labelled commit, named
OWNER__NAME@COMMIT with the commit's first twelve digits. Prints the table of
docs/accuracy.md. Fails if a figure is worse than the recorded one, or if a
tree is missing or could not be checked. --record writes the figures down, and
into the page, instead of comparing; --details says what went wrong where.
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from scoring import Scores, score_tree

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- figures: begin -->\n", "<!-- figures: end -->\n"

# Title, what counts, out of what (None: a count that should be 0).
FIGURES = [
    ("handlers found", "located", "handlers"),
    ("handlers seen where there is none", "flagged negatives", None),
    ("handlers without a label in labelled files", "unlabelled", None),
    ("signature", "signature", "located"),
    ("completion handler called", "completion", "located"),
    ("reports a call", "reports", "reports scored"),
    ("unreported exits found", "exits", "exits labelled"),
    ("exits said to be unreported that are not", "false exits", None),
    ("work that is not the call's found", "work covered", "work labelled"),
    ("its destination right", "work right", "work labelled"),
    ("work to be moved away found", "moves", "moves labelled"),
    ("work moved away for no reason", "false moves", None),
]


def read_labels(path):
    trees = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            label = json.loads(line)
            owner_and_name = label["repo"].replace("/", "__")
            trees[f"{owner_and_name}@{label['commit'][:12]}"].append(label)
    return dict(sorted(trees.items()))


def check(program, tree):
    """What `check` says of the tree, or why there is nothing."""
    if not tree.is_dir():
        return None, "is not there"
    run = subprocess.run(
        [program, "check", "--format", "json", "."], cwd=tree, capture_output=True
    )
    if run.returncode not in (0, 1, 3):
        return None, f"ended with {run.returncode}: {run.stderr.decode()[-300:]}"
    try:
        return json.loads(run.stdout), None
    except ValueError as error:
        return None, f"printed no JSON: {error}"


def measure(program, trees, folder):
    scores, failures = Scores(), []
    for name, labels in trees.items():
        output, failure = check(program, folder / name)
        if failure:
            failures.append(f"{name} {failure}")
        else:
            score_tree(name, labels, output, scores)
    return scores, failures


def figures(counts):
    return {
        title: [counts[hit], counts[of]] if of else [counts[hit]]
        for title, hit, of in FIGURES
    }


def shown(figure):
    if len(figure) == 1:
        return str(figure[0])
    hit, of = figure
    return f"{hit} of {of}" + (f" ({100 * hit / of:.0f} %)" if of else "")


def table(found, verdicts):
    lines = ["| | |", "|---|---|"]
    lines += [f"| {title} | {shown(figure)} |" for title, figure in found.items()]
    lines += ["", "| reports, by people | said | handlers |", "|---|---|---|"]
    for (wanted, said), count in sorted(verdicts.items(), key=lambda v: (-v[1], v[0])):
        lines.append(f"| {wanted} | {said} | {count} |")
    return "\n".join(lines) + "\n"


def is_worse(now, before):
    if len(now) == 1 or len(before) == 1:
        return now[0] > before[0]
    # Without a division: labels may have been added.
    return now[0] * before[1] < before[0] * now[1]


def regressions(found, recorded):
    for title, before in recorded.items():
        now = found.get(title)
        if now is None:
            yield f"{title}: is no longer measured"
        elif is_worse(now, before):
            yield f"{title}: {shown(now)}, was {shown(before)}"


def write_into(page, text):
    old = page.read_text(encoding="utf-8")
    head, begin, rest = old.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        sys.exit(f"accuracy: {page} has no place for the figures")
    page.write_text(head + begin + text + end + tail, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ringfence", required=True)
    parser.add_argument("labels", type=Path)
    parser.add_argument("trees", type=Path)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--recorded", type=Path, default=HERE / "recorded.json")
    parser.add_argument(
        "--page", type=Path, default=HERE.parent.parent / "docs/accuracy.md"
    )
    options = parser.parse_args()

    # The program runs in each tree.
    program = str(Path(options.ringfence).resolve())
    scores, failures = measure(program, read_labels(options.labels), options.trees)
    found = figures(scores.counts)
    text = table(found, scores.verdicts)
    print(text, end="")
    if options.details:
        print("", *scores.remarks, sep="\n")
    for failure in failures:
        print(f"accuracy: {failure}", file=sys.stderr)
    if failures or not scores.counts["handlers"]:
        sys.exit("accuracy: not everything was measured")
    if options.record:
        options.recorded.write_text(json.dumps(found, indent=2) + "\n")
        write_into(options.page, text)
        return
    worse = list(regressions(found, json.loads(options.recorded.read_text())))
    for line in worse:
        print(f"accuracy: {line}", file=sys.stderr)
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
