#!/usr/bin/env python3
"""Chooses the shares of `src/claim/name/likeness/near.rs` by cross-validation, and says how well the choice does on pairs held out.

    NAMES_VERBOSE=1 cargo test --test suites_names pairs -- --nocapture > pairs.txt
    python3 tests/fit/near.py pairs.txt

Reads the lines "PAIR {…}": what the comparison decided, with the gap between the two names where they go together word by word. Folds
are made of whole neighbourhoods of the file, so that variants of one name stay on one side.
"""
import itertools, json, random, sys


def slip(gap, letters, share, alone, ordinary):
    if gap["barred"] or gap["letters"] == 0 or gap["letters"] > letters:
        return False
    if gap["ordinary"] and gap["share"] > ordinary:
        return False
    if gap["anchored"]:
        return gap["share"] <= share
    return not gap["known"] and not gap["weak"] and (gap["share"] < alone or gap["letters"] == 1)


def decide(case, choice):
    if case["found"] in ("Same", "Variant", "Short"):
        return True
    if not case["suite"].startswith("opensanctions") or case["gap"] is None:
        return False
    return slip(case["gap"], *choice)


def score(cases, choice):
    hit = sum(c["gold"] and decide(c, choice) for c in cases)
    found = sum(decide(c, choice) for c in cases)
    return hit, found, sum(c["gold"] for c in cases)


def rates(hit, found, gold):
    return hit / max(found, 1), hit / max(gold, 1)


def best(cases, least=0.975):
    """The choice with the most recall among those that are precise enough, else the most precise; ties go to the stricter."""
    grid = itertools.product((1, 2, 3), (0.34, 0.4, 0.5, 0.67), (0.15, 0.2, 0.23, 0.26, 0.34), (0.2, 0.3, 0.5))
    ranked = []
    for choice in grid:
        precision, recall = rates(*score(cases, choice))
        ranked.append(((precision >= least, recall if precision >= least else precision), tuple(-x for x in choice), choice))
    return max(ranked)[2]


def main():
    cases = [json.loads(line[5:]) for line in open(sys.argv[1], encoding="utf-8") if line.startswith("PAIR {")]
    blocks = [cases[i : i + 12] for i in range(0, len(cases), 12)]
    totals = []
    for seed in range(5):
        random.Random(seed).shuffle(blocks)
        sums = [0, 0, 0]
        for k in range(5):
            train = [c for i, b in enumerate(blocks) if i % 5 != k for c in b]
            test = [c for i, b in enumerate(blocks) if i % 5 == k for c in b]
            choice = best(train)
            sums = [s + x for s, x in zip(sums, score(test, choice))]
            print("fold", seed, k, choice, *("%.3f" % r for r in rates(*score(test, choice))))
        totals.append(rates(*sums))
    print("held out: P %.3f R %.3f" % tuple(sum(x) / len(totals) for x in zip(*totals)))
    choice = best(cases)
    print("all:", choice, "P %.3f R %.3f" % rates(*score(cases, choice)))


main()
