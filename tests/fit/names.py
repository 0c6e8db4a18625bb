#!/usr/bin/env python3
"""Fits the weights by which names are read, and writes src/claim/data/names/weights.txt.

    NAME_REGIONS=/tmp/regions.jsonl cargo test --test suites_names regions -- --ignored
    python3 tests/fit/names.py /tmp/regions.jsonl [--write src/claim/data/names/weights.txt]

The first line writes every name that is possible in the texts of Wikigold and of the news of GUM (both CC-BY), with its features. What is
fitted is a semi-Markov conditional random field without transitions (Sarawagi and Cohen 2004): a cut of a region into names and plain words
has the sum of their scores, a score is the sum of its features' weights. Needs numpy and scipy. What is printed as "held out" is measured by
cross-validation over blocks of neighbouring texts, which keeps the sentences of an article together.
"""
import argparse, json, re, sys
from collections import Counter
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

CLASSES = ["PER", "LOC", "ORG", "MISC"]
PLAIN = 4
GUM_KINDS = {"person": 0, "place": 1, "organization": 2, "event": 3, "object": 3, "abstract": 3}


def gold_of(case, region, news):
    """The gold names of a region as {(from, to): class}, and whether each word's class is known."""
    starts = {a: i for i, (a, b) in enumerate(region["words"])}
    ends = {b: i + 1 for i, (a, b) in enumerate(region["words"])}
    gold = {}
    if not news:
        for e in case["gold"]:
            a, b = e["bstart"], e["bend"]
            if a in starts and b in ends and starts[a] < ends[b]:
                # An article is no part of a name here.
                the = case["text"].encode()[a:b].startswith((b"The ", b"the ")) and ends[b] - starts[a] > 1
                gold[starts[a] + the, ends[b]] = CLASSES.index(e["kind"])
        return gold
    # GUM's entities have their articles, titles and modifiers inside: the rules give the spans, GUM their class.
    for i, j, kind in region["ruled"]:
        a, b = region["words"][i][0], region["words"][j - 1][1]
        holding = [e for e in case["gold"] if e["kind"] == "entity" and e["bstart"] <= a and b <= e["bend"]]
        if not holding:
            continue
        e = min(holding, key=lambda e: e["bend"] - e["bstart"])
        text = case["text"].encode()
        rest = text[e["bstart"]:a].decode()
        if not e["named"] or e["value"] not in GUM_KINDS:
            gold[i, j] = 3 if e["named"] else kind
            continue
        demonym = any(f.startswith("known 2") for x, y, fs in region["names"] if (x, y) == (i, j) for f in fs)
        head = re.sub(r"['’]s$", "", text[a:e["bend"]].decode()).strip()
        whole = head == text[a:b].decode() or kind == GUM_KINDS[e["value"]]
        gold[i, j] = 3 if demonym else GUM_KINDS[e["value"]] if whole else kind
    return gold


class Data:
    """Arcs: possible names and plain words of all regions, sorted by region."""

    def __init__(self, cases, index=None, least=1):
        grown = index is None
        count = Counter(f for c in cases for r in c["regions"] for fs in [x[2] for x in r["names"]] + r["plain"] for f in fs) if grown else None
        self.index = {f: i for i, f in enumerate(sorted(f for f, n in count.items() if n >= least))} if grown else index
        rows, cols = [], []
        self.region, self.start, self.end, self.plain, self.gold, self.key = [], [], [], [], [], []
        n = 0
        self.size, self.weight = [], []
        for ci, c in enumerate(cases):
            for r in c["regions"]:
                gold = gold_of(c, r, c["news"])
                covered = {i for a, b in gold for i in range(a, b)}
                arcs = [(a, b, fs, False) for a, b, fs in r["names"]] + [(i, i + 1, fs, True) for i, fs in enumerate(r["plain"])]
                possible = {(a, b) for a, b, _, p in arcs if not p}
                lost = {i for g in gold if g not in possible for i in range(*g)}
                covered -= lost
                for a, b, fs, p in arcs:
                    k = len(self.region)
                    self.region.append(n); self.start.append(a); self.end.append(b); self.plain.append(p)
                    g = -1
                    if p and a not in covered:
                        g = PLAIN
                    elif not p and (a, b) in gold:
                        g = gold[a, b]
                    self.gold.append(g)
                    self.key.append((ci, r["words"][a][0], r["words"][b - 1][1]))
                    for f in fs:
                        if f in self.index:
                            rows.append(k); cols.append(self.index[f])
                self.size.append(len(r["words"])); self.weight.append(c.get("weight", 1.0))
                n += 1
        self.region, self.start, self.end, self.plain, self.gold = map(np.array, (self.region, self.start, self.end, self.plain, self.gold))
        self.size = np.array(self.size); self.weight = np.array(self.weight)
        self.x = csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(self.region), len(self.index)))
        self.xt = self.x.T.tocsr()
        # Groups by end and by start, for the two passes.
        def groups(at, other):
            out = []
            for p in range(int(at.max()) + 1):
                ids = np.flatnonzero(at == p)
                if len(ids) == 0:
                    out.append(None); continue
                ids = ids[np.argsort(self.region[ids], kind="stable")]
                regions, first = np.unique(self.region[ids], return_index=True)
                out.append((ids, regions, first))
            return out
        self.by_end, self.by_start = groups(self.end, self.start), groups(self.start, self.end)
        self.hot = np.zeros((len(self.region), 5))
        ok = self.gold >= 0
        self.hot[np.flatnonzero(ok), self.gold[ok]] = 1
        self.arc_weight = self.weight[self.region][:, None]

    def scores(self, w):
        s = self.x @ w
        s[self.plain, :PLAIN] = -1e9
        s[~self.plain, PLAIN] = -1e9
        return s

    def marginals(self, w):
        s = self.scores(w)
        top = s.max(1)
        arc = top + np.log(np.exp(s - top[:, None]).sum(1))
        n, m = len(self.size), int(self.size.max()) + 1
        alpha, beta = np.full((n, m), -1e9), np.full((n, m), -1e9)
        alpha[:, 0] = 0
        beta[np.arange(n), self.size] = 0
        for p in range(1, m):
            if p < len(self.by_end) and self.by_end[p]:
                ids, regions, first = self.by_end[p]
                v = alpha[self.region[ids], self.start[ids]] + arc[ids]
                hi = np.maximum.reduceat(v, first)
                alpha[regions, p] = hi + np.log(np.add.reduceat(np.exp(v - np.repeat(hi, np.diff(np.append(first, len(ids))))), first))
        for p in range(len(self.by_start) - 1, -1, -1):
            if self.by_start[p]:
                ids, regions, first = self.by_start[p]
                v = beta[self.region[ids], self.end[ids]] + arc[ids]
                hi = np.maximum.reduceat(v, first)
                beta[regions, p] = hi + np.log(np.add.reduceat(np.exp(v - np.repeat(hi, np.diff(np.append(first, len(ids))))), first))
        z = beta[:, 0]
        out = alpha[self.region, self.start] + beta[self.region, self.end] - z[self.region]
        return s, np.exp(np.minimum(out[:, None] + s, 0)), z

    def loss(self, flat, l2):
        w = flat.reshape(-1, 5)
        s, m, z = self.marginals(w)
        value = (z * self.weight).sum() - (s * self.hot * self.arc_weight).sum() + l2 / 2 * (w * w).sum()
        return value, (self.xt @ ((m - self.hot) * self.arc_weight) + l2 * w).ravel()

    def fit(self, l2, iterations=150, start=None):
        w = np.zeros(self.x.shape[1] * 5) if start is None else start.ravel()
        done = minimize(self.loss, w, args=(l2,), jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxfun": iterations * 2})
        return done.x.reshape(-1, 5)

    def decode(self, w):
        """The best cut: [(case, start, end, class)]."""
        s = self.scores(w)
        best, kind = s.max(1), s.argmax(1)
        n, m = len(self.size), int(self.size.max()) + 1
        alpha, back = np.full((n, m), -1e18), np.full((n, m), -1)
        alpha[:, 0] = 0
        for p in range(1, m):
            if p < len(self.by_end) and self.by_end[p]:
                ids, regions, first = self.by_end[p]
                for k in ids:
                    v = alpha[self.region[k], self.start[k]] + best[k]
                    if v > alpha[self.region[k], p]:
                        alpha[self.region[k], p], back[self.region[k], p] = v, k
        out = set()
        for r in range(n):
            p = self.size[r]
            while p > 0:
                k = back[r, p]
                if not self.plain[k]:
                    out.add((*self.key[k], int(kind[k])))
                p = self.start[k]
        return out


def score(found, cases):
    """Strict spans with class: P, R, F of each class, of the first three, of any span."""
    gold = {(i, e["bstart"], e["bend"], CLASSES.index(e["kind"])) for i, c in enumerate(cases) if not c["news"] for e in c["gold"]}
    found = {f for f in found if not cases[f[0]]["news"]}
    out = {}
    for name, kinds in [("person", [0]), ("place", [1]), ("organization", [2]), ("all three", [0, 1, 2]), ("any class", None)]:
        if kinds is None:
            g, f = {x[:3] for x in gold}, {x[:3] for x in found}
        else:
            g, f = {x for x in gold if x[3] in kinds}, {x for x in found if x[3] in kinds}
        out[name] = (len(g & f), len(f), len(g))
    return out


def add(a, b):
    return {k: tuple(np.add(a.get(k, (0, 0, 0)), b[k])) for k in b}


def show(title, scores):
    print(title)
    for name, (hit, found, gold) in scores.items():
        p, r = hit / max(found, 1), hit / max(gold, 1)
        print(f"  {name:14} P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}")
    sys.stdout.flush()


def main():
    a = argparse.ArgumentParser()
    a.add_argument("regions"); a.add_argument("--write"); a.add_argument("--l2", type=float, default=2.0)
    a.add_argument("--folds", type=int, default=5); a.add_argument("--news", type=float, default=0.5)
    a.add_argument("--without", default=""); a.add_argument("--least", type=int, default=3); a.add_argument("--errors")
    a = a.parse_args()
    cases = [json.loads(line) for line in open(a.regions, encoding="utf-8")]
    for c in cases:
        c["news"] = "gum" in c["id"]
        c["weight"] = a.news if c["news"] else 1.0
    if a.news == 0:
        cases = [c for c in cases if not c["news"]]
    if a.without:
        gone = tuple(t + " " for t in a.without.split(","))
        for c in cases:
            for r in c["regions"]:
                r["names"] = [(x, y, [f for f in fs if not f.startswith(gone)]) for x, y, fs in r["names"]]
                r["plain"] = [[f for f in fs if not f.startswith(gone)] for fs in r["plain"]]
    total, errors = {}, []
    own = [c for c in cases if not c["news"]]
    news = [c for c in cases if c["news"]]
    for k in range(a.folds if a.folds > 1 else 0):
        block = lambda i: i * a.folds * 4 // len(own) % a.folds
        train = [c for i, c in enumerate(own) if block(i) != k] + news
        test = [c for i, c in enumerate(own) if block(i) == k]
        data = Data(train, least=a.least)
        w = data.fit(a.l2)
        held = Data(test, data.index)
        found = held.decode(w)
        total = add(total, score(found, test))
        if a.errors:
            gold = {(i, e["bstart"], e["bend"], CLASSES.index(e["kind"])) for i, c in enumerate(test) for e in c["gold"]}
            for sign, xs in (("FALSE", found - gold), ("MISS ", gold - found)):
                for i, x, y, kind in sorted(xs):
                    t = test[i]["text"].encode()
                    errors.append((test[i]["id"], x, f"{sign} {CLASSES[kind]:4} {t[max(0, x - 50):x].decode(errors='ignore')}[{t[x:y].decode()}]{t[y:y + 50].decode(errors='ignore')}"))
    if total:
        show("held out", total)
    if a.errors:
        open(a.errors, "w").write("\n".join(f"{i} {e}" for i, _, e in errors) + "\n")
    if a.write:
        data = Data(cases, least=a.least)
        w = data.fit(a.l2, 250)
        show("on what it was fitted", score(data.decode(np.round(w * 100) / 100), cases))
        names = sorted(data.index, key=data.index.get)
        lines = []
        for name, row in zip(names, np.round(w * 100).astype(int)):
            if np.abs(row).max() >= 3:
                lines.append(name + "\t" + " ".join(map(str, row)))
        open(a.write, "w", encoding="utf-8").write("\n".join(lines) + "\n")
        print(a.write, len(lines), "features")


main()
