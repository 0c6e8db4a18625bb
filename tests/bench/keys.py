#!/usr/bin/env python3
"""Types into a draft in any language server that speaks over standard input and output, and measures how long it takes until the
diagnostics of each keystroke are there.

    keys.py [--draft FILE] [--keys N] [--rate PER_SECOND] [--seconds S] [--options JSON] -- COMMAND [ARGUMENT...]

Without --rate each keystroke waits for the diagnostics of the one before (latency). With it, keys come at that rate whatever the server
does, and what counts is how long after the last one its diagnostics come. A server that does not name the version that its diagnostics are of
is taken by its word: the first set after a keystroke counts.
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import sys
import time

from client import Server, published

WORDS = "and then the council said that many of the people near the river had gone away before the rain came ".replace(" ", "  ").split("  ")


def keystrokes(text, count, seed, paste):
    """Single characters at the ends of lines of prose, a sentence or so at each place: (line, column in UTF-16, character)."""
    lines = text.split("\n")
    prose = [i for i, line in enumerate(lines) if len(line) > 40 and line[-1] in ".!?”"]
    chance = random.Random(seed)
    done = 0
    while done < count:
        line = prose[len(prose) // 2] if paste else chance.choice(prose)
        at = len(lines[line].encode("utf-16-le")) // 2
        sentence = " In " + " ".join(chance.choice(WORDS) for _ in range(4)) + f" {chance.randrange(2, 900)} houses were " + chance.choice(WORDS) + "."
        for c in sentence[: count - done]:
            yield line, at, c
            at += 1
            done += 1
        lines[line] += sentence


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draft", type=pathlib.Path, required=True)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--options", type=json.loads, default={"debounce": 0})
    parser.add_argument("--language", default="markdown")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--paste", action="store_true", help="all keys at one place")
    parser.add_argument("--patience", type=float, default=20)
    parser.add_argument("--log", default=os.devnull, help="where what the server writes to standard error goes")
    parser.add_argument("command", nargs="+")
    args = parser.parse_args()
    draft = args.draft.resolve()
    text = draft.read_text()
    uri = draft.as_uri()
    server = Server(args.command, draft.parent, args.options, args.log)
    print(f"start to initialize: {server.started * 1e3:.0f} ms")
    opened = time.perf_counter()
    server.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": args.language, "version": 1, "text": text}})
    first, came = server.wait(published(uri, 1, opened), 120)
    if first is None:
        sys.exit("no diagnostics at all")
    print(f"opened to diagnostics: {(came - opened) * 1e3:.0f} ms, {len(first['params']['diagnostics'])} of them")
    time.sleep(1)
    before = server.memory()
    count = args.keys if args.rate is None else int(args.rate * args.seconds)
    times, silent, sent = [], 0, []
    begin = time.perf_counter()
    for version, (line, at, c) in enumerate(keystrokes(text, count, args.seed, args.paste), 2):
        place = {"line": line, "character": at}
        if args.rate is not None:
            time.sleep(max(0, begin + (version - 2) / args.rate - time.perf_counter()))
        since = time.perf_counter()
        sent.append(since)
        server.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": uri, "version": version},
                "contentChanges": [{"range": {"start": place, "end": place}, "text": c}],
            },
        )
        if args.rate is None:
            message, came = server.wait(published(uri, version, since), args.patience)
            if message is None:
                silent += 1
            else:
                times.append((came - since) * 1e3)
    if args.rate is not None:
        last = count + 1
        message, came = server.wait(published(uri, last, sent[-1]), args.patience)
        print(f"{count} keys at {args.rate:g} a second, sent in {sent[-1] - begin:.1f} s")
        print("silent at the end" if message is None else f"stale at the end: {(came - sent[-1]) * 1e3:.1f} ms")
    elif times:
        times.sort()
        at = lambda share: times[min(len(times) - 1, int(share * len(times)))]
        print(
            f"{len(times)} keystrokes: p50 {statistics.median(times):.2f} ms, p90 {at(0.9):.2f}, p99 {at(0.99):.2f}, most {times[-1]:.2f};"
            f" {silent} without an answer"
        )
    print(f"memory: {before:.0f} MB, {server.memory():.0f} MB after; CPU {server.seconds():.1f} s")
    server.request("shutdown", None)
    server.notify("exit", None)


if __name__ == "__main__":
    main()
