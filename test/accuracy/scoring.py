"""Compares what ringfence says of a tree's handlers with what people wrote down.

A label is a JSON object about one file: `repo`, `path`, `commit`, and either
`negative` (the file holds no handler) or a handler's lines and what it does.
README.md explains the keys.
"""

from collections import Counter, defaultdict
from pathlib import PurePosixPath

SIGNATURES = {
    "with-completion": "completion",
    "deprecated-no-completion": "no-completion",
    "async": "async",
    "voip-metadata": "metadata",
}
REPORTS = {
    "always": "always",
    "some-paths": "some-paths",
    "never": "never",
    "deferred": "late",
    "delegated": "unknown",
}
COMPLETIONS = {"n/a": "none"}
# Where the tool may send what people would have stay, move or leave alone.
FITTING = {
    "stay": {"report", "keep"},
    "drop": {"keep"},
    "stay-after-report": {"after-report", "keep"},
    "nse": {"notification-service", "background-push"},
    "bgtask": {"background-task", "background-push"},
}
AWAY = {"notification-service", "background-task", "background-push"}
MOVED = {"nse", "bgtask"}
# Nobody asks where these belong.
PLAIN = {"log", "payload-parsing", "completion", "call-reporting"}
# First lines of handlers may differ by attributes and comments.
HEAD_SLACK = 3
EXIT_SLACK = 1


class Scores:
    """Counts, and a remark for each thing that went wrong."""

    def __init__(self):
        self.counts = Counter()
        self.verdicts = Counter()
        self.remarks = []

    def note(self, text):
        self.remarks.append(text)


def same_path(a, b):
    return PurePosixPath(a) == PurePosixPath(b)


def score_tree(name, labels, output, scores):
    """Scores the handlers in `output` (check --format json) of one tree."""
    said = defaultdict(list)
    for handler in output.get("handlers", []):
        said[str(PurePosixPath(handler["file"]))].append(handler)
    taken = []
    for label in (row for row in labels if not row.get("negative")):
        place = f"{name}/{label['path']}:{label['handler_line']}"
        scores.counts["handlers"] += 1
        handler = nearest(said[str(PurePosixPath(label["path"]))], label, taken)
        if handler is None:
            scores.note(f"{place}: not found")
            continue
        taken.append(handler)
        scores.counts["located"] += 1
        score_handler(place, label, handler, scores)
    for label in (row for row in labels if row.get("negative")):
        scores.counts["negatives"] += 1
        path = str(PurePosixPath(label["path"]))
        if any(handler not in taken for handler in said[path]):
            scores.counts["flagged negatives"] += 1
            scores.note(f"{name}/{path}: a handler is said to be here")
    labelled = {str(PurePosixPath(r["path"])) for r in labels if not r.get("negative")}
    for path in labelled:
        for handler in said[path]:
            if handler not in taken:
                scores.counts["unlabelled"] += 1
                scores.note(f"{name}/{path}:{handler['line']}: has no label")


def nearest(handlers, label, taken):
    def distance(handler):
        return abs(handler["line"] - label["handler_line"])

    near = [h for h in handlers if distance(h) <= HEAD_SLACK and h not in taken]
    return min(near, key=distance, default=None)


def score_handler(place, label, handler, scores):
    counts = scores.counts
    counts["signature"] += handler.get("signature") == SIGNATURES.get(
        label["signature_kind"]
    )
    completion = label["completion_called"]
    counts["completion"] += handler.get("completion") == COMPLETIONS.get(
        completion, completion
    )
    # Where nobody read the helpers to their end, nobody knows whether it reports.
    if label.get("helper_read") == "yes":
        wanted = REPORTS[label["reports"]]
        counts["reports scored"] += 1
        counts["reports"] += wanted == handler["reports"]
        scores.verdicts[wanted, handler["reports"]] += 1
        if wanted != handler["reports"]:
            scores.note(f"{place}: reports {wanted}, said {handler['reports']}")
        score_exits(place, label, handler, scores)
    score_work(place, label, handler, scores)


def score_exits(place, label, handler, scores):
    """Lines that leave unreported; an exit in a helper counts by the handler's
    statement that leads there."""
    wanted = set(label.get("unreported_exit_lines") or [])
    left, false = set(wanted), set()

    def line_of(item):
        return item.get("handlerLine", item["line"])

    for item in sorted(handler.get("unreportedExits", []), key=line_of):
        line = line_of(item)
        if "handlerLine" not in item and not same_path(item["file"], label["path"]):
            continue
        near = [l for l in left if abs(l - line) <= EXIT_SLACK]
        if not near and line >= label["handler_end_line"] - 1:
            # People name the branch that runs on to the end, the tool the end
            # and the branch in its path.
            turns = [turn["line"] for turn in item.get("path", [])]
            near = [l for l in left if any(abs(l - t) <= 2 for t in turns)]
        if near:
            left.discard(min(near, key=lambda l: abs(l - line)))
        elif all(abs(l - line) > EXIT_SLACK for l in wanted):
            false.add(line)
    scores.counts["exits labelled"] += len(wanted)
    scores.counts["exits"] += len(wanted - left)
    scores.counts["false exits"] += len(false)
    if left or false:
        scores.note(f"{place}: exits missed {sorted(left)}, false {sorted(false)}")


def score_work(place, label, handler, scores):
    counts = scores.counts
    steps = []
    for step in handler.get("steps", []):
        if "handlerLine" in step:
            steps.append((step["handlerLine"], step["handlerEndLine"], step))
        elif same_path(step["file"], label["path"]):
            steps.append((step["line"], step["endLine"], step))

    for work in label["work"]:
        if work["category"] in PLAIN:
            continue
        counts["work labelled"] += 1
        what = f"{place}: line {work['line']}, {work['what'][:50]}"
        # A step that spans half the handler says nothing about one line.
        widest = max(10, 3 * (work["end_line"] - work["line"] + 1))
        hits = {
            step["destination"]
            for first, last, step in steps
            if first <= work["end_line"]
            and last >= work["line"]
            and last - first < widest
        }
        counts["work covered"] += bool(hits)
        right = bool(hits & FITTING[work["destination"]])
        counts["work right"] += right
        if work["destination"] in MOVED:
            counts["moves labelled"] += 1
            counts["moves"] += bool(hits & AWAY)
        if not right:
            scores.note(f"{what}: {work['destination']}, said {sorted(hits)}")

    said = set()
    for first, last, step in steps:
        if step["destination"] not in AWAY or first in said:
            continue
        if not any(
            work["destination"] in MOVED
            and work["line"] <= last
            and work["end_line"] >= first
            for work in label["work"]
        ):
            said.add(first)
            counts["false moves"] += 1
            scores.note(f"{place}: line {first}, {step['api']}: moved for no reason")
