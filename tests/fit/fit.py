#!/usr/bin/env python3
"""Fits the weights of src/verdict/decide.rs on labelled drafts and prints them as Rust.

    cargo build --release
    python3 tests/fit/fit.py target/release/copydesk tests/spec/*.md tests/gold/*.jsonl tests/rewrites/*.jsonl \\
        tests/stories/fitted/*.jsonl MORE.jsonl...

DRAFTS.jsonl: one object a line, {id, sources: [{title, text}], draft, labels: [{start, end, verdict, certain?, type?, addition?}], doc_label?};
offsets count Unicode scalars; an addition is something that the sources do not speak of and that nothing in them contradicts; tests/gold has such files. Needs numpy and scikit-learn.

For each mention the candidates are the source's mentions that differ from it, with the features that the program itself weighs, as
`copydesk stages evidence --jsonl` gives them. The loudest candidate decides (multiple-instance learning: choose by the last weights, fit,
choose again). What is printed beside the weights is measured by cross-validation, no story in both parts.

The weights are drawn to those of prior.json (a Gaussian prior), which were fitted on drafts over real articles whose texts are not in this
project. What is not of tests/stories counts twice: there are fewer of them.
"""
import json, pathlib, re, subprocess, sys
import numpy as np
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

PRIOR = json.loads((pathlib.Path(__file__).parent / "prior.json").read_text())
# How strongly the prior draws, by the size of what there is to learn from.
STRENGTH = {"quantity": 4.0, "date": 1.0, "name": 1.0}


def specified(name):
    """The cases of a file of tests/spec as such objects."""
    out = []
    for number, (kind, block) in enumerate(re.findall(r"^```(check[^\n]*)\n(.*?)^```", open(name, encoding="utf-8").read(), re.S | re.M)):
        if kind != "check":
            continue
        sources, drafts, date, last = [], [], None, None
        for line in block.splitlines():
            key, _, rest = line.partition(":")
            if key in {"source", "draft", "date"}:
                last, value = key, rest.strip()
                indent = len(line) - len(rest.lstrip())
                if key == "date":
                    date = value or None
                elif key == "source":
                    sources.append({"title": f"{name} {number}", "text": value} | ({"date": date} if date else {}))
                else:
                    drafts.append([value, date, [], indent, False])
            elif last == "draft" and line.strip().startswith("^") and not drafts[-1][4]:
                start = line.index("^") - drafts[-1][3]
                end = start + re.match(r"\^+", line.lstrip()).end()
                if "-mismatch" in line:
                    drafts[-1][2].append({"start": start, "end": end, "verdict": "contradicted"})
            elif last == "draft":
                drafts[-1][4] = True  # several lines: left out
            elif last == "source" and line.strip():
                sources[-1]["text"] += "\n" + line
        for text, day, labels, _, long in drafts:
            if not long:
                out.append({"id": name, "sources": sources, "draft": text, "labels": labels} | ({"date": day} if day else {}))
    return out


def load(name):
    return specified(name) if name.endswith(".md") else [json.loads(line) for line in open(name, encoding="utf-8")]


def run(program, arguments, lines):
    text = "".join(json.dumps(line) + "\n" for line in lines)
    done = subprocess.run([program, *arguments], input=text.encode(), capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def rows(program, cases):
    """(part that decides, features of the candidates by name, whether it is wrong, weight, story) of each mention"""
    for case, answer in zip(cases, run(program, ["stages", "evidence", "--jsonl"], cases)):
        text = case["draft"]
        labels = [(len(text[: l["start"]].encode()), len(text[: l["end"]].encode()), l) for l in case["labels"]]
        for mention in answer.get("mentions", []):
            start, end = mention["range"]["start"], mention["range"]["end"]
            hit = [l for s, e, l in labels if s < end and start < e]
            wrong = [l for l in hit if l["verdict"] == "contradicted"]
            if any(l["verdict"] == "unsupported" and not l.get("addition") for l in hit):
                continue
            weight = 1.0 if not wrong or wrong[0].get("certain", True) else 0.4
            heard = [w["features"] for w in mention["weighed"] if w["heard"]]
            yield mention["by"], heard, int(bool(wrong)), weight * case["counts"], case["sources"][0]["title"]


def fit(items, indices, bias, prior, strength):
    """Bias and weights"""
    weights = prior.copy()
    truth, counts = (np.array([items[i][k] for i in indices]) for k in (1, 2))
    for _ in range(4):
        chosen = np.array([items[i][0][np.argmax(items[i][0] @ weights)] for i in indices])

        def loss(values):
            sums = chosen @ values[1:] + values[0]
            slope = counts * (1 / (1 + np.exp(-sums)) - truth)
            away = values[1:] - prior
            total = (counts * (np.logaddexp(0, sums) - truth * sums)).sum() + strength / 2 * (away @ away)
            return total, np.concatenate([[slope.sum()], chosen.T @ slope + strength * away])

        best = minimize(loss, np.concatenate([[bias], weights]), jac=True, method="L-BFGS-B").x
        bias, weights = best[0], best[1:]
    return bias, weights


def main():
    program, files = sys.argv[1], sys.argv[2:]
    cases = [case | {"counts": 1.0 if "stories" in name else 2.0} for name in files for case in load(name)]
    everything = list(rows(program, cases))
    for kind in ["quantity", "name", "date"]:
        of_kind = [r for r in everything if r[0] == kind]
        silent = sum(not r[1] for r in of_kind)
        names = next(list(r[1][0]) for r in of_kind if r[1])
        prior = np.array([PRIOR[kind]["weights"].get(n, 0.0) for n in names])
        given = (PRIOR[kind]["bias"], prior, STRENGTH[kind])
        items = [(np.array([[x[n] for n in names] for x in r[1]]), *r[2:]) for r in of_kind if r[1]]
        scores = np.zeros(len(items))
        for train, test in GroupKFold(6).split(items, groups=[i[3] for i in items]):
            bias, weights = fit(items, train, *given)
            for i in test:
                scores[i] = 1 / (1 + np.exp(-(items[i][0] @ weights + bias).max()))
        wrong = np.array([i[1] for i in items], bool)
        print(f"{kind}: {sum(wrong)} wrong, {sum(~wrong)} right, {silent} without a counterpart that differs")
        for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            flagged = scores >= least
            print(f"    at {least}: {sum(flagged & wrong)} of {sum(wrong)} found, {sum(flagged & ~wrong)} false alarms")
        bias, weights = fit(items, range(len(items)), *given)
        lines = "".join(f'        ("{n}", {w:.2f}),\n' for n, w in zip(names, weights))
        print(f"const {kind.upper()}: Weights = (\n    {bias:.2f},\n    &[\n{lines}    ],\n);\n")


main()
