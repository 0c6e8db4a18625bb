#!/usr/bin/env python3
"""Builds names/kin.txt: words by kinship of meaning, for the reader of names. Run by hand; the list is committed.

    python3 make_kin.py ../../evidence/data/vectors.bin

The words of the table of vectors are put into groups by k-means, English words and the rest (mostly names) apart. A line is a group, the word
nearest to its middle first. Needs numpy and scikit-learn.
"""
import os, re, struct, sys
import numpy as np
from sklearn.cluster import KMeans

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "names")
RAREST = 240


def load(path):
    b = open(path, "rb").read()
    n, rows, dims = struct.unpack("<3I", b[4:16])
    at = 16

    def take(kind, count):
        nonlocal at
        out = np.frombuffer(b, kind, count, at)
        at += out.nbytes
        return out

    offsets, row, rarity = take("<u4", n + 1), take("<u2", n), take("u1", n)
    letters = take("u1", int(offsets[-1])).tobytes()
    scale = take("<f4", rows)
    values = take("i1", rows * dims).reshape(rows, dims).astype("f4") * scale[:, None]
    return [letters[offsets[i] : offsets[i + 1]].decode() for i in range(n)], row, rarity, values


words, row, rarity, values = load(sys.argv[1])
english = {line.split("\t")[0].strip() for f in ("ordinary", "english") for line in open(os.path.join(HERE, f + ".txt"), encoding="utf-8")}
names = [i for i, w in enumerate(words) if w not in english and re.fullmatch("[a-z][a-z'.-]+", w)]
common = [i for i, w in enumerate(words) if w in english and rarity[i] <= RAREST]
lines = []
for ids, groups in ((names, 64), (common, 128)):
    x = values[row[ids]]
    x /= np.linalg.norm(x, axis=1, keepdims=True) + 1e-9
    k = KMeans(groups, n_init=1, random_state=1, max_iter=40).fit(x)
    for g in range(groups):
        mine = np.flatnonzero(k.labels_ == g)
        mine = mine[np.argsort(-(x[mine] @ k.cluster_centers_[g]), kind="stable")]
        lines.append(" ".join(words[ids[i]] for i in mine))
with open(os.path.join(HERE, "kin.txt"), "w", encoding="utf-8", newline="\n") as f:
    f.write("".join(line + "\n" for line in sorted(lines)))
print(len(lines), "groups of", len(names) + len(common), "words")
