#!/usr/bin/env python3
"""Stories with marks into JSON lines and back.

    mark.py FOLDER FILE.txt...        writes FOLDER/FILE.jsonl
    mark.py --unmark FILE.jsonl       prints FILE.txt

A story is a text of parts, each under a line "== source | TITLE | DATE" or "== draft | ID | DATE".
In a draft, [[wrong|right|kind|phenomenon]] is a planted error, [+right|kind|phenomenon+] agrees with the sources.
"""

import json
import pathlib
import re
import sys

MARK = re.compile(r"\[\[([^|\]]+)\|([^|\]]+)\|([a-z]+)\|([a-z-]+)\]\]|\[\+([^|]+)\|([a-z]+)\|([a-z-]+)\+\]")


def read(body):
    out, labels, last, at = [], [], 0, 0
    for m in MARK.finditer(body):
        before, text = body[last : m.start()], m[1] or m[5]
        at += len(before)
        wrong = m[1] is not None
        label = {"start": at, "end": at + len(text), "text": text, "type": m[4] or m[7]}
        label |= {"verdict": "contradicted" if wrong else "supported", "kinds": [m[3] or m[6]]}
        labels.append(label | ({"was": m[2]} if wrong else {}))
        out += [before, text]
        at, last = at + len(text), m.end()
    draft = "".join(out) + body[last:]
    assert not re.search(r"\[\[|\]\]|\[\+|\+\]|\|", draft), draft
    assert all(draft[x["start"] : x["end"]] == x["text"] for x in labels)
    return draft, labels


def mark(folder, files):
    for file in map(pathlib.Path, files):
        sources, rows = [], []
        for part in re.split(r"^== ", file.read_text(encoding="utf-8"), flags=re.M)[1:]:
            head, body = part.split("\n", 1)
            kind, name, date = (x.strip() for x in head.split(" | "))
            if kind == "source":
                sources.append({"title": name, "date": date, "text": body.strip() + "\n"})
                continue
            draft, labels = read(body.strip() + "\n")
            wrong = any(label["verdict"] == "contradicted" for label in labels)
            truth = "unfaithful" if wrong else "faithful"
            rows.append({"id": name, "date": date, "sources": sources, "draft": draft, "doc_label": truth, "labels": labels})
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (pathlib.Path(folder) / (file.stem + ".jsonl")).write_text(lines, encoding="utf-8")


def unmark(file):
    rows = [json.loads(line) for line in open(file, encoding="utf-8")]
    for source in rows[0]["sources"]:
        print(f"== source | {source['title']} | {source['date']}\n{source['text']}", end="")
    for row in rows:
        draft = row["draft"]
        for label in reversed(row["labels"]):
            tail = f"{label['kinds'][0]}|{label['type']}"
            new = f"[[{label['text']}|{label['was']}|{tail}]]" if "was" in label else f"[+{label['text']}|{tail}+]"
            draft = draft[: label["start"]] + new + draft[label["end"] :]
        print(f"== draft | {row['id']} | {row['date']}\n{draft}", end="")


if sys.argv[1:2] == ["--unmark"]:
    unmark(sys.argv[2])
else:
    mark(sys.argv[1], sys.argv[2:])
