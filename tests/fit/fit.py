#!/usr/bin/env python3
"""Fits the weights of src/verdict/decide.rs on labelled drafts and prints them as Rust.

    cargo build --release
    python3 tests/fit/fit.py target/release/copydesk tests/spec/*.md DRAFTS.jsonl...

DRAFTS.jsonl: one object a line, {id, sources: [{title, text}], draft, labels: [{start, end, verdict, certain?, type?, addition?}], doc_label?};
offsets count Unicode scalars; an addition is something that the sources do not speak of and that nothing in them contradicts; tests/gold has such files. Needs numpy and scikit-learn.

For each mention the candidates are the source's mentions that differ from it, as `copydesk stages evidence --jsonl` gives them. The loudest
candidate decides (multiple-instance learning: choose by the last weights, fit, choose again). Drafts that agree with their sources are also
perturbed: one supported mention at a time is overwritten by another of its kind from the same sources, or altered, which gives errors
of known place (as FactCC did, Kryściński et al. 2020); they weigh little, since real errors are rarer. What is printed beside the weights is
measured by cross-validation, no story in both parts.
"""
import json, random, re, subprocess, sys
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

PERTURBED_WEIGHT = 0.08
CANDIDATES = 10
NUMBERS = "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()


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


def altered_number(text, rng):
    """The same figure with other digits or another number word."""
    digit = lambda match: "".join(str(rng.randint(0 if i else 1, 9)) if c.isdigit() else c for i, c in enumerate(match.group()))
    if re.search(r"\d", text):
        return re.sub(r"\d+(?:[.,]\d+)*", digit, text, count=1)
    for word in re.findall(r"[A-Za-z]+", text):
        if word.lower() in NUMBERS:
            other = rng.choice([n for n in NUMBERS if n != word.lower()])
            return re.sub(rf"\b{word}\b", other.capitalize() if word[0].isupper() else other, text, count=1)
    return None


def altered(mention, others, rng):
    """Another text for a mention: of the same kind from its sources, or a changed figure, weekday or letter."""
    text, kind = mention["text"], mention["kind"]
    words = set(text.lower().split())
    pool = [o for o in others if o["kind"] == kind and not words & set(o["text"].lower().split())]
    if kind == "name":
        if rng.random() < 0.8 and pool:
            return rng.choice(pool)["text"]
        i = rng.randrange(1, max(2, len(text) - 1))
        return text[:i] + rng.choice("aeiounrs") + text[i + 1 :] if len(text) > 4 else None
    if kind == "date":
        for names in (WEEKDAYS, MONTHS):
            for name in names:
                if name in text:
                    return text.replace(name, rng.choice([n for n in names if n != name]))
        return altered_number(text, rng)
    same_sign = [o for o in pool if ("%" in o["text"]) == ("%" in text) and ("$" in o["text"]) == ("$" in text) and len(o["text"]) < 25]
    return rng.choice(same_sign)["text"] if rng.random() < 0.4 and same_sign else altered_number(text, rng)


def perturb(program, cases, rng, most=1000):
    """Copies of error-free drafts with one error each."""
    clean = [c for c in cases if not any(l["verdict"] == "contradicted" for l in c["labels"]) and c.get("doc_label") != "unfaithful"]
    checked = run(program, ["check", "--jsonl"], clean)
    read = run(program, ["stages", "mentions", "--jsonl"], [{"id": 0, "text": "\n\n".join(s["text"] for s in c["sources"])} for c in clean])
    out = []
    for case, answer, source in zip(clean, checked, read):
        draft = case["draft"].encode()
        for mention in answer.get("mentions", []):
            if mention["label"] != "supported" or mention["kind"] == "quotation":
                continue
            text = altered(mention, source["mentions"], rng)
            if not text or text.lower() == mention["text"].lower():
                continue
            start, end = mention["range"]["start"], mention["range"]["end"]
            at = len(draft[:start].decode())
            label = {"start": at, "end": at + len(text), "verdict": "contradicted", "certain": True}
            changed = (draft[:start] + text.encode() + draft[end:]).decode()
            out.append({**case, "draft": changed, "labels": [label], "perturbed": True})
    rng.shuffle(out)
    return out[:most]


def candidates(mention):
    """The features of decide.rs for every counterpart that differs, best aligned first."""
    # Superlatives are judged by a rule of their own.
    pairs, kind = [p for p in mention["pairs"] if "local" in p["features"]], mention["kind"]
    best = lambda relations: max((p for p in pairs if p["relation"] in relations), key=lambda p: p["score"], default=None)
    agrees = best({"same"})
    finer = best({"compatible"})
    differs = sorted((p for p in pairs if p["relation"] in {"differs", "misspelled"}), key=lambda p: -p["score"])[:CANDIDATES]
    a = agrees["features"] if agrees else {}
    finer = finer["score"] if finer else 0
    out = []
    for pair in differs:
        d = pair["features"]
        x = {name: d[name] for name in ["topic", "local", "mutual", "slot", "before", "after", "alone"]}
        x["agree"] = agrees["score"] if agrees else 0
        x["agree-local"] = a.get("local", 0)
        x["absent"] = 0 if agrees else 1
        x["topic²"] = d["topic"] ** 2
        x["topic·local"] = d["topic"] * d["local"]
        x["topic·beside"] = d["topic"] * max(d["before"], d["after"])
        x["bound"], x["taken"] = d.get("bound", 0), d.get("taken", 0)
        x["gain"] = max(0, d["topic"] - a.get("topic", 0))
        x["votes"] = min(3, sum(o["text"].lower() == pair["text"].lower() and o["score"] > 0.2 for o in differs)) / 3
        if kind == "quantity":
            x |= {"noun": d["noun"], "topic·noun": d["noun"] * d["topic"], "specific": a.get("specific", 0), "agree-noun": a.get("noun", 0)}
            x["swapped"] = x["bound"] * x["taken"] * max(0, d["noun"] - a.get("noun", 0))
            x |= {"magnitude": d["magnitude"], "magnitude·absent": d["magnitude"] * x["absent"], "topic·magnitude": d["topic"] * d["magnitude"]}
            x |= {"digits": d["digits"], "digits·absent": d["digits"] * x["absent"]}
        elif kind == "name":
            misspelled = int(pair["relation"] == "misspelled")
            x |= {"role": d["role"], "other role": d["other role"], "agree-role": a.get("role", 0), "agree-other-role": a.get("other role", 0)}
            x |= {"class": d["class"], "misspelled": misspelled, "misspelled·absent": misspelled * x["absent"]}
            x["swapped"] = x["bound"] * x["taken"] * max(0, d["role"] - a.get("role", 0))
            x |= {"finer": finer, "finer·absent": finer * x["absent"]}
            x |= {"shared word": d["shared word"], "shared word·absent": d["shared word"] * x["absent"]}
            x |= {"letters": d["letters"], "letters·absent": d["letters"] * x["absent"]}
            x |= {"class·absent": d["class"] * x["absent"], "local·absent": d["local"] * x["absent"]}
        else:
            x |= {"finer": finer, "form": d["form"], "form·absent": d["form"] * x["absent"], "topic·form": d["topic"] * d["form"]}
            x |= {"make": d["make"], "local·absent": d["local"] * x["absent"]}
        parts = ["slot", "before", "after"] + {"quantity": ["noun"], "name": ["role"]}.get(kind, [])
        x["nearer"] = sum(d[p] - a.get(p, 0) for p in parts) / len(parts) if agrees else 0
        x["topic·nearer"] = x["nearer"] * d["topic"]
        out.append(x)
    return out


def rows(program, cases):
    """(kind, features of the candidates, whether it is wrong, weight, story, whether it was made)"""
    for case, answer in zip(cases, run(program, ["stages", "evidence", "--jsonl"], cases)):
        text = case["draft"]
        labels = [(len(text[: l["start"]].encode()), len(text[: l["end"]].encode()), l) for l in case["labels"]]
        for mention in answer.get("mentions", []):
            start, end = mention["range"]["start"], mention["range"]["end"]
            hit = [l for s, e, l in labels if s < end and start < e]
            wrong = [l for l in hit if l["verdict"] == "contradicted"]
            made = case.get("perturbed", False)
            if made and not wrong or any(l["verdict"] == "unsupported" and not l.get("addition") for l in hit):
                continue
            weight = PERTURBED_WEIGHT if made else 1.0 if not wrong or wrong[0].get("certain", True) else 0.4
            yield mention["kind"], candidates(mention), int(bool(wrong)), weight, case["sources"][0]["title"], made


def fit(items, indices):
    chosen = dict.fromkeys(indices, 0)
    for _ in range(4):
        model = LogisticRegression(C=0.5, max_iter=5000)
        chosen_rows = np.array([items[i][0][chosen[i]] for i in indices])
        model.fit(chosen_rows, [items[i][1] for i in indices], sample_weight=[items[i][2] for i in indices])
        chosen = {i: int(np.argmax(model.decision_function(items[i][0]))) for i in indices}
    return model


def main():
    program, files = sys.argv[1], sys.argv[2:]
    rng = random.Random(7)
    cases = [case for name in files for case in load(name)]
    everything = list(rows(program, cases + perturb(program, cases, rng)))
    for kind in ["quantity", "name", "date"]:
        of_kind = [r for r in everything if r[0] == kind]
        silent = sum(not r[1] for r in of_kind)
        names = next(list(r[1][0]) for r in of_kind if r[1])
        items = [(np.array([[x[n] for n in names] for x in r[1]]), r[2], r[3], r[4], r[5]) for r in of_kind if r[1]]
        scores = np.zeros(len(items))
        for train, test in GroupKFold(6).split(items, groups=[i[3] for i in items]):
            model = fit(items, train)
            for i in test:
                scores[i] = model.predict_proba(items[i][0])[:, 1].max()
        wrong, real = np.array([i[1] for i in items], bool), ~np.array([i[4] for i in items], bool)
        print(f"{kind}: {sum(wrong & real)} wrong, {sum(~wrong & real)} right, {silent} without a counterpart that differs")
        for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            flagged = (scores >= least) & real
            print(f"    at {least}: {sum(flagged & wrong)} of {sum(wrong & real)} found, {sum(flagged & ~wrong)} false alarms")
        model = fit(items, range(len(items)))
        weights = ", ".join(f'("{n}", {w:.2f})' for n, w in zip(names, model.coef_[0]))
        print(f"const {kind.upper()}: Weights = ({model.intercept_[0]:.2f}, &[{weights}]);\n")


main()
