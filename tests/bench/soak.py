#!/usr/bin/env python3
"""Two hours of a desk at speed: a writer types, deletes, pastes, hovers, saves and closes, while the sources change underneath. Memory must stay
flat, and at the end the server must say of the draft what a check by a new process says.

    soak.py --desk DIR [--keys N] [--every N] [--seed N] -- PROGRAM

DIR is what the generator made (tests/scale), with `sources` and `drafts`; it is changed. What somebody types in two hours at three keys a second
are 21,600 keys, the default. Every so many keys (--every, 60) one of the sources is changed, deleted, moved or added, in about the same measure.
"""

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import time

from client import Server, published


def position(text, at):
    before = text[:at]
    line = before.count("\n")
    return {"line": line, "character": len(before.rpartition("\n")[2].encode("utf-16-le")) // 2}


class Writer:
    """A draft that is edited, here and in the server."""

    def __init__(self, server, uri, text, chance):
        self.server, self.uri, self.text, self.chance = server, uri, text, chance
        self.version = 1
        self.length = len(text)
        server.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})

    def edit(self, start, end, new):
        self.version += 1
        where = {"start": position(self.text, start), "end": position(self.text, end)}
        self.text = self.text[:start] + new + self.text[end:]
        document = {"uri": self.uri, "version": self.version}
        self.server.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"range": where, "text": new}]})

    def settled(self, patience=120):
        return self.server.wait(published(self.uri, self.version, 0), patience)[0]

    def session(self, words):
        """Some keys at one place; gives how many."""
        chance = self.chance
        # The draft stays about as long as it was, for its length is not what is measured.
        kind = chance.random() if len(self.text) < 1.05 * self.length else chance.uniform(0.55, 0.8)
        ends = [i for i, c in enumerate(self.text) if c == "." and self.text[i : i + 2].strip(".\n ") == ""]
        at = chance.choice(ends) + 1 if ends else len(self.text)
        if kind < 0.55:  # a sentence is written
            typed = " " + chance.choice(words)
            for i, c in enumerate(typed):
                self.edit(at + i, at + i, c)
            return len(typed)
        if kind < 0.8:  # one is taken away again, key by key
            start = max(self.text.rfind(".", 0, at - 1) + 1, at - 90)
            for end in range(at, start, -1):
                self.edit(end - 1, end, "")
            return at - start
        if kind < 0.9:  # a figure is changed
            digits = [i for i, c in enumerate(self.text) if c.isdigit()]
            for i in chance.sample(digits, min(3, len(digits))):
                self.edit(i, i + 1, str(chance.randrange(10)))
            return 3
        # Something is pasted, and undone.
        pasted = "\n\n" + " ".join(chance.sample(words, min(5, len(words))))
        self.edit(at, at, pasted)
        self.edit(at, at + len(pasted), "")
        return 2


def disturb(sources, chance, number):
    """Changes, deletes, moves or adds a source, as other programs do."""
    files = sorted(sources.rglob("*.txt")) or sorted(p for p in sources.rglob("*") if p.is_file())
    chosen = chance.choice(files)
    kind = chance.randrange(4)
    if kind == 0:
        text = chosen.read_text()
        digits = [i for i, c in enumerate(text) if c.isdigit()]
        i = chance.choice(digits or [0])
        chosen.write_text(text[:i] + str(chance.randrange(10)) + text[i + 1 :])
    elif kind == 1:
        chosen.unlink()
    elif kind == 2:
        chosen.rename(chosen.with_name(f"moved-{number}{chosen.suffix}"))
    else:
        (chosen.parent / f"added-{number}.txt").write_text(chance.choice(files).read_text() + f"\nIt was number {number}.\n" if chosen.exists() else "")


def findings(diagnostics):
    return sorted((d["range"]["start"]["line"], d["range"]["start"]["character"], d["code"], d["message"]) for d in diagnostics)


def fresh(program, draft, text, desk):
    """What a new server without an index says of the text."""
    cache = desk / "cache-fresh"
    subprocess.run(["rm", "-rf", cache], check=True)
    server = Server(program, desk, {"debounce": 0}, env={**os.environ, "COPYDESK_CACHE": str(cache)})
    writer = Writer(server, draft.as_uri(), text, random.Random(0))
    message, _ = server.wait(lambda m, _: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["version"] == writer.version, 600)
    server.child.kill()
    return findings(message["params"]["diagnostics"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--desk", type=pathlib.Path, required=True)
    parser.add_argument("--keys", type=int, default=21_600)
    parser.add_argument("--every", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("program", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    desk, chance = arguments.desk.resolve(), random.Random(arguments.seed)
    program = [*[part for part in arguments.program if part != "--"], "lsp"]
    drafts = sorted((desk / "drafts").glob("*.md"))
    words = [s + "." for draft in drafts for s in draft.read_text().replace("\n", " ").split(". ") if 30 < len(s) < 160]
    server = Server(program, desk, {"debounce": 0, "sources": [str(desk / "sources")]}, env={**os.environ, "COPYDESK_CACHE": str(desk / "cache")})
    writer = Writer(server, drafts[0].as_uri(), drafts[0].read_text(), chance)
    if not writer.settled(600):
        sys.exit("the draft was not checked within ten minutes")
    keys = changes = asked = 0
    memory, begin = [], time.perf_counter()
    while keys < arguments.keys:
        keys += writer.session(words)
        while changes < keys // arguments.every:
            changes += 1
            disturb(desk / "sources", chance, changes)
        # Somebody points at something, and jumps away before the answer is there.
        for _ in range(3):
            asked += 1
            place = position(writer.text, chance.randrange(len(writer.text)))
            server.number += 1
            server.send({"id": server.number, "method": "textDocument/hover", "params": {"textDocument": {"uri": writer.uri}, "position": place}})
        if chance.random() < 0.02:
            server.notify("textDocument/didSave", {"textDocument": {"uri": writer.uri}})
        if chance.random() < 0.02:
            server.notify("textDocument/didClose", {"textDocument": {"uri": writer.uri}})
            writer = Writer(server, chance.choice(drafts).as_uri(), writer.text[:200_000], chance)
        if not writer.settled():
            sys.exit(f"silent: no diagnostics of version {writer.version} within two minutes, after {keys} keys")
        if keys // 1000 > len(memory) - 1:
            memory.append(round(server.memory()))
            print(f"{keys:6} keys, {changes:4} changes of sources, {time.perf_counter() - begin:5.0f} s, {memory[-1]} MB", flush=True)
    # Quiet: the last changes of sources are taken in, and the draft is checked as a whole.
    last, end = None, time.perf_counter() + 20
    while time.perf_counter() < end:
        message, _ = server.wait(lambda m, _: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == writer.uri, 5)
        last = message or last
    if last is None:
        writer.edit(len(writer.text), len(writer.text), "\n")
        last = writer.settled()
        time.sleep(5)
    mine = findings(last["params"]["diagnostics"])
    other = fresh(program, pathlib.Path(writer.uri.removeprefix("file://")), writer.text, desk)
    half = len(memory) // 2
    print(f"memory: {memory[0]} MB at first, at most {max(memory[:half])} MB in the first half and {max(memory[half:])} MB in the second")
    print(f"{asked} hovers among the keys; {len(mine)} findings at the end, a new server has {len(other)}: {'the same' if mine == other else 'NOT the same'}")
    for finding in sorted(set(map(tuple, mine)) ^ set(map(tuple, other))):
        print("  only", "here" if finding in mine else "there", json.dumps(finding, ensure_ascii=False))
    server.request("shutdown", None)
    server.notify("exit", None)
    sys.exit(mine != other)


if __name__ == "__main__":
    main()
