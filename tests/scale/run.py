#!/usr/bin/env python3
"""Measures copydesk with many sources and prints a table in Markdown. See README.md."""

import argparse
import json
import os
import pathlib
import queue
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PARTS = ["index", "check", "lsp", "change", "kill"]
PATIENCE = 3600
# What stands in the draft, and what a source then says: nothing else in the articles is like it.
CLAIM = "The Quillmarsh Lightning Observatory counted {} lightning strikes over Eastvale Marshes on Monday."
SAID, FOUND = 412, 739


def note(*words):
    print(*words, file=sys.stderr, flush=True)


# --- running the program ---


class Ended:
    """How a command ended: exit code, output, seconds, and the most memory it had, in bytes."""

    def __init__(self, code, out, err, seconds, peak):
        self.code, self.out, self.err, self.seconds, self.peak = code, out, err, seconds, peak


class Program:
    def __init__(self, path, folder, cache):
        self.path, self.folder, self.cache = str(path), folder, cache
        self.env = dict(os.environ, COPYDESK_CACHE=str(cache), NO_COLOR="1")

    def start(self, *args, **more):
        return subprocess.Popen([self.path, *map(str, args)], env=self.env, cwd=self.folder, **more)

    def run(self, *args, ok=(0,)):
        begin = time.monotonic()
        child = self.start(*args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        err = []
        reader = threading.Thread(target=lambda: err.append(child.stderr.read()))
        reader.start()
        guard = threading.Timer(PATIENCE, child.kill)
        guard.start()
        out = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        guard.cancel()
        seconds = time.monotonic() - begin
        reader.join()
        child.returncode = os.waitstatus_to_exitcode(status)
        child.stdout.close(), child.stderr.close()
        ended = Ended(child.returncode, out.decode(), err[0].decode(), seconds, usage.ru_maxrss * 1024)
        if ok is not None and ended.code not in ok:
            raise SystemExit(f"{self.path} {' '.join(map(str, args))}: exit code {ended.code}\n{ended.err[-2000:]}")
        return ended

    def index(self):
        return self.run("index", "--sources", self.folder / "sources")

    def status(self):
        """None if there is none that opens."""
        ended = self.run("index", "--sources", self.folder / "sources", "--status", "--format", "json", ok=None)
        try:
            return json.loads(ended.out) if ended.code == 0 else None
        except ValueError:
            return None

    def check(self, draft):
        ended = self.run("check", draft, "--sources", self.folder / "sources", "--format", "json", ok=(0, 1))
        return json.loads(ended.out), ended

    def has_index(self):
        return self.run("index", "--help", ok=None).code == 0

    def forget(self):
        shutil.rmtree(self.cache, ignore_errors=True)


# --- a minimal language client ---


class Client:
    def __init__(self, program, root):
        self.started = time.monotonic()
        self.child = program.start("lsp", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.incoming, self.next, self.version = queue.Queue(), 0, 0
        self.lock = threading.Lock()
        threading.Thread(target=self.listen, daemon=True).start()
        self.request("initialize", {
            "processId": os.getpid(), "rootUri": root.as_uri(), "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
            "capabilities": {"textDocument": {"publishDiagnostics": {"versionSupport": True}},
                             "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": False}}}})
        self.send({"method": "initialized", "params": {}})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        with self.lock:
            self.child.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self.child.stdin.flush()

    def listen(self):
        while True:
            length = 0
            while (line := self.child.stdout.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return self.incoming.put(None)
            message = json.loads(self.child.stdout.read(length))
            if "method" in message and "id" in message:
                items = message.get("params", {}).get("items") if message["method"] == "workspace/configuration" else None
                self.send({"id": message["id"], "result": [None] * len(items) if items else None})
            else:
                self.incoming.put((time.monotonic(), message))

    def wait(self, wanted, patience=PATIENCE):
        """The first message that is wanted, and when it came."""
        end = time.monotonic() + patience
        while True:
            try:
                item = self.incoming.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise SystemExit("the server does not answer")
            if item is None:
                raise SystemExit("the server has ended")
            if wanted(item[1]):
                return item

    def request(self, method, params):
        self.next += 1
        number = self.next
        self.send({"id": number, "method": method, "params": params})
        return self.wait(lambda m: m.get("id") == number and "method" not in m)[1]

    def open(self, path, text):
        self.uri = path.as_uri()
        document = {"uri": self.uri, "languageId": "markdown", "version": 0, "text": text}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return time.monotonic()

    def edit(self, text):
        self.version += 1
        changed = {"textDocument": {"uri": self.uri, "version": self.version}, "contentChanges": [{"text": text}]}
        self.send({"method": "textDocument/didChange", "params": changed})
        return time.monotonic()

    def diagnostics(self, wanted, patience=PATIENCE):
        """When diagnostics came of which `wanted` is true, given the version and the list."""
        def is_wanted(m):
            p = m.get("params", {})
            return m.get("method") == "textDocument/publishDiagnostics" and p["uri"] == self.uri \
                and wanted(p.get("version"), p["diagnostics"])
        when, message = self.wait(is_wanted, patience)
        return when, message["params"]["diagnostics"]

    def memory(self):
        status = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return [int(re.search(rf"{key}:\s+(\d+)", status)[1]) * 1024 for key in ("VmRSS", "VmHWM")]

    def end(self):
        self.request("shutdown", None)
        self.send({"method": "exit"})
        try:
            self.child.wait(20)
        except subprocess.TimeoutExpired:
            self.child.kill()


# --- the parts ---


def articles(args, size):
    """Where so many articles and the drafts over them are; writes them the first time."""
    folder = args.work / f"{size}-{args.words}-{args.seed}"
    done = folder / "done"
    want = f"{args.drafts} drafts of {args.draft_words} words"
    if not done.exists() or done.read_text() != want:
        shutil.rmtree(folder, ignore_errors=True)
        note(f"writing {size} articles")
        options = {"articles": size, "words": args.words, "seed": args.seed, "drafts": args.drafts,
                   "draft-words": args.draft_words, "to": folder}
        subprocess.run([args.generate, *(str(x) for k, v in options.items() for x in (f"--{k}", v))],
                       check=True, stdout=subprocess.DEVNULL)
        done.write_text(want)
    return folder


def drafts(folder):
    return [(p, json.loads(p.with_suffix(".json").read_text())) for p in sorted((folder / "drafts").glob("[0-9]*.md"))]


def mega(n):
    return f"{n / 1e6:,.0f} MB"


def secs(t):
    return f"{t * 1000:,.0f} ms" if t < 1 else f"{t:,.1f} s"


def part_index(program, size, args):
    program.forget()
    first = program.index()
    status = program.status()
    if status is None:
        raise SystemExit("there is no index after `index`")
    again = program.index()
    note(f"{size}: index {first.out.strip()!r} {json.dumps(status)}")
    return {
        "first index": secs(first.seconds),
        "articles a second": f"{size / first.seconds:,.0f}",
        "text": mega(status["text_bytes"]),
        "index": mega(status["index_bytes"]),
        "index / text": f"{status['index_bytes'] / max(1, status['text_bytes']):.2f}",
        "memory of it, at most": mega(first.peak),
        "sources in it": f"{status['sources']:,}",
        "sentences": f"{status['sentences']:,}",
        "problems": str(status["problems"]),
        "again, nothing changed": secs(again.seconds),
        "memory of that": mega(again.peak),
    }


def overlaps(a, b):
    return a is not None and a["start"] < b["end"] and b["start"] < a["end"]


def part_check(program, size, args):
    times, peak, found, planted, alarms, labels, words = [], 0, {}, {}, [], {}, 0
    for path, list_ in drafts(program.folder):
        runs = [program.check(path) for _ in range(args.rounds)]
        times += [ended.seconds for _, ended in runs]
        peak = max([peak] + [ended.peak for _, ended in runs])
        mentions = runs[0][0]["drafts"][0]["mentions"]
        words += len(path.read_text().split())
        for mention in mentions:
            labels[mention["label"]] = labels.get(mention["label"], 0) + 1
        refuted = [m for m in mentions if m["label"] == "refuted"]
        for error in list_["errors"]:
            hit = any(overlaps(m["range"], error) for m in refuted)
            planted[error["kind"]] = planted.get(error["kind"], 0) + 1
            found[error["kind"]] = found.get(error["kind"], 0) + hit
            if args.misses and not hit:
                note(f"{path.name}: missed {error['kind']} {error['text']!r} for {error['right']!r}")
        for m in refuted:
            if not any(overlaps(m["range"], e) or overlaps(m["replacement_range"], e) for e in list_["errors"]):
                alarms.append((path.name, m["text"], m["message"]))
    for name, text, message in alarms[:20]:
        note(f"{size}: false alarm in {name}: {text!r}: {message}")
    kinds = ", ".join(f"{k} {found[k]}/{planted[k]}" for k in sorted(planted))
    return {
        "`check`, cold, median": secs(statistics.median(times)),
        "`check`, slowest": secs(max(times)),
        "memory of it": mega(peak),
        "errors contradicted": f"{sum(found.values())} of {sum(planted.values())}",
        "by kind": kinds,
        "false alarms": f"{len(alarms)} in {words:,} words",
        "conflicting": str(labels.get("conflicting", 0)),
        "not in the sources": str(labels.get("not-enough-info", 0)),
        "mentions": f"{sum(labels.values()):,}",
    }


def part_lsp(program, size, args):
    path, _ = drafts(program.folder)[0]
    text = path.read_text()
    client = Client(program, program.folder)
    ready = time.monotonic()
    opened = client.open(path, text)
    first, _ = client.diagnostics(lambda _, d: d)
    resident = client.memory()[0]
    times = []
    spots = [m.end() for m in re.finditer(r"[a-z]\. ", text)]
    for n in range(20):
        spot = spots[(n * 7) % len(spots)]
        changed = f"{text[:spot]}It was a long day {n}. {text[spot:]}"
        sent = client.edit(changed)
        version = client.version
        when, _ = client.diagnostics(lambda v, d: v == version or (v is None and d))
        times.append(when - sent)
    rss, peak = client.memory()
    client.end()
    return {
        "server: start to `initialize` answered": secs(ready - client.started),
        "opened to first diagnostics": secs(first - opened),
        "memory then": mega(resident),
        "edit to diagnostics, median of 20": secs(statistics.median(times)),
        "slowest": secs(max(times)),
        "memory after the edits": mega(rss),
        "most": mega(peak),
    }


def part_change(program, size, args):
    row = {}
    source = sorted((program.folder / "sources").rglob("*.txt"))[size // 3]
    before = source.read_text()
    told = f"{before}\n{CLAIM.format(FOUND)}\n"
    path, _ = drafts(program.folder)[0]
    draft = program.folder / "drafts" / "changed.md"
    draft.write_text(f"{path.read_text()}\n{CLAIM.format(SAID)}\n")
    line = draft.read_text().count("\n") - 1
    contradicted = lambda d: any(x["range"]["start"]["line"] == line and str(FOUND) in x["message"] for x in d)
    try:
        client = Client(program, program.folder)
        client.open(draft, draft.read_text())
        _, diagnostics = client.diagnostics(lambda _, d: d)
        if contradicted(diagnostics):
            raise SystemExit("the source says it before it was written")
        time.sleep(2)
        begin = time.monotonic()
        source.write_text(told)
        when, _ = client.diagnostics(lambda _, d: contradicted(d), 600)
        row["server: a file written to its diagnostics"] = secs(when - begin)
        time.sleep(2)
        begin = time.monotonic()
        source.write_text(before)
        when, _ = client.diagnostics(lambda _, d: d and not contradicted(d), 600)
        row["written back"] = secs(when - begin)
        row["memory of the server, most"] = mega(client.memory()[1])
        client.end()
        source.write_text(told)
        if program.has_index():
            ended = program.index()
            row["`index`, one file changed"] = secs(ended.seconds)
            row["memory of that"] = mega(ended.peak)
            # And a check that finds the change by itself.
            source.write_text(before)
            program.index()
            source.write_text(told)
        report, ended = program.check(draft)
        shown = any(m["label"] == "refuted" and str(FOUND) in (m["message"] or "") for m in report["drafts"][0]["mentions"])
        row["`check`, one file changed"] = secs(ended.seconds) + ("" if shown else ", **not shown**")
    finally:
        source.write_text(before)
        draft.unlink(missing_ok=True)
        if program.has_index():
            program.index()
    return row


def findings(program):
    """What `check` says of every draft, without what may differ."""
    return [program.check(path)[0]["drafts"] for path, _ in drafts(program.folder)[:3]]


def part_kill(program, size, args):
    """Kills the indexing; then half of the time lets it complete, half of the time kills the one that goes on."""
    rng = random.Random(args.seed)
    sources = program.folder / "sources"
    program.forget()
    whole = program.index().seconds
    want, all_ = findings(program), program.status()["sources"]
    faults, none, late, resumed, least = [], 0, 0, 0, None
    program.forget()
    for n in range(args.kills):
        child = program.start("index", "--sources", sources, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + rng.random() * whole * 1.05
        before = None
        while time.monotonic() < end and child.poll() is None:
            # A look at it takes some milliseconds itself; so it is not killed on the dot, but at any moment.
            if rng.random() < 0.3:
                status = program.status()
                before = status["sources"] if status else before
            time.sleep(min(0.02, max(0, end - time.monotonic())))
        if child.poll() is None:
            child.send_signal(signal.SIGKILL)
        else:
            late += 1
        child.wait()
        status = program.status()
        if status is None:
            none += 1
            if before:
                faults.append(f"kill {n}: {before} sources before, no index after")
        elif before is not None and status["sources"] < before:
            faults.append(f"kill {n}: {before} sources before, {status['sources']} after")
        if rng.random() < 0.5 or n == args.kills - 1:
            ended = program.run("index", "--sources", sources, ok=None)
            status = program.status()
            resumed += 1
            least = min(least or ended.seconds, ended.seconds)
            if ended.code != 0 or status is None or status["sources"] != all_:
                faults.append(f"kill {n}: `index` does not complete: {ended.code} {status} {ended.err[-300:]}")
            elif findings(program) != want:
                faults.append(f"kill {n}: `check` says something else than after an undisturbed indexing")
            program.forget()
    for fault in faults:
        note(f"{size}: {fault}")
    return {
        "killed while indexing": f"{args.kills - late} times ({late} too late); {none} times before there was an index",
        "indexing undisturbed": secs(whole),
        "completed after": f"{resumed} times",
        "quickest": secs(least) if least else "–",
        "faults": str(len(faults)) if not faults else f"**{len(faults)}**",
    }


# --- all of it ---


def number(text):
    text = text.strip().lower().replace("_", "").replace(",", "")
    scale = {"k": 1_000, "m": 1_000_000}.get(text[-1:], 1)
    return int(float(text.rstrip("km")) * scale)


def table(rows, sizes):
    keys = []
    for size in sizes:
        keys += [k for k in rows[size] if k not in keys]
    out = ["| articles | " + " | ".join(f"{s:,}" for s in sizes) + " |", "| --- |" + " ---: |" * len(sizes)]
    return "\n".join(out + [f"| {k} | " + " | ".join(rows[s].get(k, "–") for s in sizes) + " |" for k in keys]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copydesk", type=pathlib.Path, default=ROOT / "target/release/copydesk", help="the program")
    parser.add_argument("--generate", type=pathlib.Path, default=ROOT / "target/release/examples/generate", help="the generator")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "target/scale", help="where articles and indexes go")
    parser.add_argument("--sizes", default="1k,10k,100k", help="numbers of articles (%(default)s); 1m too")
    parser.add_argument("--parts", default="index,check,lsp,change", help=f"any of {','.join(PARTS)} (%(default)s)")
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drafts", type=int, default=20)
    parser.add_argument("--draft-words", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=1, help="how often each draft is checked (%(default)s)")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--misses", action="store_true", help="tell each planted error that is missed")
    parser.add_argument("--output", type=pathlib.Path, help="write the table there too")
    args = parser.parse_args()
    args.work, args.copydesk, args.generate = args.work.resolve(), args.copydesk.resolve(), args.generate.resolve()
    parts, sizes = args.parts.split(","), [number(s) for s in args.sizes.split(",")]
    if unknown := set(parts) - set(PARTS):
        parser.error(f"unknown parts: {', '.join(sorted(unknown))}")
    for tool in (args.copydesk, args.generate):
        if not tool.exists():
            parser.error(f"{tool} is not there: cargo build --release --example generate --bin copydesk")
    rows = {size: {} for size in sizes}
    for size in sizes:
        folder = articles(args, size)
        program = Program(args.copydesk, folder, folder / "cache")
        indexes = program.has_index()
        if indexes and "index" not in parts and {"check", "lsp", "change"} & set(parts):
            program.index()
        for part in parts:
            if part in ("index", "kill") and not indexes:
                note(f"{part}: this copydesk has no `index`")
                continue
            note(f"{size}: {part}")
            rows[size].update(globals()[f"part_{part}"](program, size, args))
            if args.output:
                args.output.write_text(table(rows, sizes))
    print(table(rows, sizes))


if __name__ == "__main__":
    main()
