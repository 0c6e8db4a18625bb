#!/usr/bin/env python3
"""Measures how well copydesk reads web pages, beside other libraries, on two public sets of pages.

    tests/formats/html_benchmark.py [FOLDER]        # everything is put into FOLDER, else into a temporary one

segments  trafilatura's own evaluation: 100 pages (in its release 0.9.3 on PyPI), of each a few strings that belong to the article and a few
          that do not (entries.json of the crate trafilatura 0.6.0). Counted as there: precision, recall and F1 over the strings.
words     Mozilla's pages for Readability (130, in the crate readabilityrs 0.1.4), each with the text that Readability finds: F1 over
          words, the mean of the pages; and the title and the date that are expected of it.

It needs cargo, and pip that can fetch. Nothing of the pages is kept here: they are other people's.
"""

import collections
import datetime
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = "0.9.3"
CRATES = {"trafilatura": "0.6.0", "readabilityrs": "0.1.4"}
LIBRARIES = ["trafilatura==2.3.1", "readability-lxml==0.9", "lxml_html_clean", "chardet", "cssselect"]


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, **options)


def fetch(folder):
    """The two sets, and an environment with the libraries in Python."""
    python = folder / "venv/bin/python"
    if not python.exists():
        run(sys.executable, "-m", "venv", folder / "venv")
        run(python, "-m", "pip", "install", "-q", LIBRARIES[0], *LIBRARIES[2:])
        run(python, "-m", "pip", "install", "-q", "--no-deps", LIBRARIES[1])
    if not list(folder.glob("trafilatura-*/tests/cache")):
        run(python, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "trafilatura", f"trafilatura=={PAGES}", "-d", folder)
        with tarfile.open(next(folder.glob("trafilatura-*.tar.gz"))) as archive:
            archive.extractall(folder, filter="data")
    project = folder / "crates"
    (project / "src").mkdir(parents=True, exist_ok=True)
    (project / "src/lib.rs").write_text("")
    wanted = "".join(f'{name} = "={version}"\n' for name, version in CRATES.items())
    (project / "Cargo.toml").write_text(f'[package]\nname = "pages"\nversion = "0.1.0"\n[dependencies]\n{wanted}[workspace]\n')
    told = run("cargo", "metadata", "--format-version", "1", cwd=project, capture_output=True)
    crates = {p["name"]: pathlib.Path(p["manifest_path"]).parent for p in json.loads(told.stdout)["packages"]}
    return python, next(folder.glob("trafilatura-*/tests/cache")), crates["trafilatura"], crates["readabilityrs"]


OTHERS = r"""
import json, sys
import trafilatura
from readability import Document
import lxml.html

def plain(markup):
    tree = lxml.html.fromstring(markup)
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.tail = " " + (element.tail or "") if element.tag in BLOCKS else element.tail
    return tree.text_content()

BLOCKS = {"p", "div", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "blockquote", "pre", "section", "article"}
for path in sys.stdin.read().split("\n"):
    if not path:
        continue
    page = open(path, "rb").read()
    found = {"file": path}
    try:
        found["trafilatura"] = trafilatura.extract(page, include_comments=False) or ""
        meta = trafilatura.extract_metadata(page)
        found["trafilatura title"], found["trafilatura date"] = meta and meta.title, meta and meta.date
    except Exception:
        found["trafilatura"] = ""
    try:
        document = Document(page.decode("utf-8", "replace"))
        found["readability-lxml"] = plain(document.summary())
        found["readability-lxml title"] = document.short_title()
    except Exception:
        found["readability-lxml"] = ""
    print(json.dumps(found))
"""


def read_all(python, pages, folder):
    """What each reader makes of each page."""
    listed = "\n".join(map(str, pages))
    (folder / "pages.txt").write_text(listed)
    out = {}
    cached = folder / "others.jsonl"
    if not cached.exists():
        cached.write_bytes(run(python, "-c", OTHERS, input=listed.encode(), capture_output=True).stdout)
    for line in cached.read_text().strip().split("\n"):
        found = json.loads(line)
        out[found["file"]] = found
    environment = {"COPYDESK_PAGES": str(folder / "pages.txt")}
    run("cargo", "test", "--lib", "--", "--ignored", "pages_of_a_benchmark", cwd=ROOT, env={**os.environ, **environment},
        capture_output=True)
    for line in (folder / "pages.txt.jsonl").read_text().strip().split("\n"):
        found = json.loads(line)
        # The headline, which copydesk puts above the text, is the page's title here.
        first, _, rest = found["copydesk"].partition("\n\n")
        if squeezed(first).lower() == squeezed(found["copydesk title"]).lower():
            found["copydesk"] = rest
        out[found["file"]].update(found)
    return out


def squeezed(text):
    return " ".join((text or "").split())


def segments(entries, found, cache, reader):
    count = collections.Counter()
    for entry in entries:
        text = squeezed(found[str(cache / entry["file"])].get(reader))
        for kind in ("with", "without"):
            for segment in entry[kind] or []:
                count[kind, squeezed(segment) in text] += 1
    return count


def rust_segments(entries, crate):
    """The figures that the crate trafilatura keeps of itself."""
    names = {entry["file"] for entry in entries}
    count = collections.Counter()
    for line in (crate / "comparison-data/rust_results.jsonl").read_text().split("\n"):
        if not line.startswith("{"):
            continue
        found = json.loads(line)
        if found["file"] in names:
            for detail in found["details"]:
                if detail["type"] in ("with", "without"):
                    count[detail["type"], detail["found"]] += 1
    return count


def figures(count):
    right, wrong, missed = count["with", True], count["without", True], count["with", False]
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return precision, recall, 2 * right / max(1, 2 * right + wrong + missed)


def words(text):
    return collections.Counter(re.findall(r"[^\W_]+", (text or "").lower()))


def word_f1(text, expected):
    both = sum((words(text) & words(expected)).values())
    total = sum(words(text).values()) + sum(words(expected).values())
    return 2 * both / total if total else 1.0


def expected_text(page):
    """The text of Readability's page, with a blank where a block ends."""
    markup = (page.parent / "expected.html").read_text(errors="replace")
    markup = re.sub(r"(?i)</?(?:p|div|li|br|h\d|t[dhr]|ul|ol|pre|blockquote|section|article|figure|figcaption|dt|dd)\b[^>]*>", " ", markup)
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def same_title(found, expected):
    letters = lambda text: re.sub(r"[\W_]+", "", html.unescape(text or "")).lower()
    a, b = letters(found), letters(expected)
    # With or without the name of the site behind it.
    return bool(a) and (a == b or (min(len(a), len(b)) > 10 and (a in b or b in a)))


def day(written):
    """The days that a timestamp may mean: as written, and in universal time."""
    written = written or ""
    match = re.match(r"\d{4}-\d\d-\d\d", written or "")
    if match:
        days = {match.group()}
        try:
            days.add(datetime.datetime.fromisoformat(written).astimezone(datetime.timezone.utc).date().isoformat())
        except ValueError:
            pass
        return days
    for form in ("%B %d, %Y", "%a, %d %b %Y %H:%M:%S %Z", "%a, %d %b %Y %H:%M:%S %z", "%d %B %Y", "%b %d, %Y %H:%M:%S", "%B %d, %Y %I:%M %p"):
        try:
            return {datetime.datetime.strptime(written.strip(), form).date().isoformat()}
        except ValueError:
            continue
    return set()


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp()).resolve()
    folder.mkdir(exist_ok=True)
    python, cache, rust, mozilla = fetch(folder)
    entries = json.loads((rust / "comparison-data/entries.json").read_text())
    entries = [entry for entry in entries if (cache / entry["file"]).exists()]
    pages = sorted(mozilla.glob("tests/test-pages/*/source.html"))
    found = read_all(python, [cache / entry["file"] for entry in entries] + pages, folder)
    expected = {page: expected_text(page) for page in pages}
    meta = {page: json.loads((page.parent / "expected-metadata.json").read_text()) for page in pages}
    readers = ["copydesk", "dom_smoothie", "trafilatura", "readability-lxml"]
    print(f"segments: {len(entries)} pages; words: {len(pages)} pages")
    print(f"{'':18} precision recall    F1 | words F1 | titles     dates")
    for reader in [*readers, "trafilatura (Rust)"]:
        count = rust_segments(entries, rust) if "Rust" in reader else segments(entries, found, cache, reader)
        line = f"{reader:18}     {100 * figures(count)[0]:5.1f}  {100 * figures(count)[1]:5.1f} {100 * figures(count)[2]:5.1f}"
        if "Rust" in reader:
            print(line)
            continue
        f1 = [word_f1(found[str(page)].get(reader), expected[page]) for page in pages]
        line += f" |    {100 * sum(f1) / len(f1):5.1f}"
        titled = [page for page in pages if meta[page].get("title")]
        dated = [page for page in pages if day(meta[page].get("publishedTime"))]
        titles = sum(same_title(found[str(p)].get(f"{reader} title"), meta[p]["title"]) for p in titled)
        dates = sum((found[str(p)].get(f"{reader} date") or "none") in day(meta[p]["publishedTime"]) for p in dated)
        line += f" | {titles}/{len(titled)}    {dates}/{len(dated)}"
        print(line)
    if "--wrong" in sys.argv:
        for entry in entries:
            text = squeezed(found[str(cache / entry["file"])].get("copydesk"))
            for segment in entry["with"] or []:
                if squeezed(segment) not in text:
                    print("missed ", entry["file"], "|", segment, "|", squeezed(segment) in squeezed(found[str(cache / entry["file"])].get("trafilatura")))
            for segment in entry["without"] or []:
                if squeezed(segment) in text:
                    print("foreign", entry["file"], "|", segment)
        for page in pages:
            own, f1 = found[str(page)], word_f1(found[str(page)].get("copydesk"), expected[page])
            title, date = meta[page].get("title"), day(meta[page].get("publishedTime"))
            wrong = [f"words {100 * f1:.0f}"] if f1 < 0.9 else []
            wrong += [f"title {own.get('copydesk title')!r} for {title!r}"] if title and not same_title(own.get("copydesk title"), title) else []
            wrong += [f"date {own.get('copydesk date')} for {date}"] if date and own.get("copydesk date") not in date else []
            if wrong:
                print(page.parent.name, "|", "; ".join(wrong))


if __name__ == "__main__":
    main()
