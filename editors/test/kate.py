"""The example in Kate on a screen, as a writer meets it: the findings, the hover, a fix, what is typed. Run by ./run in the folder of the
example, with the settings of editors/README.md in a HOME of its own. Kate is read and used through AT-SPI, the interface for screen readers,
where its menus, lists and text are to be found by what they say.

    dbus-run-session -- python3 kate.py OUT
"""

import json
import os
import re
import subprocess
import sys
import time
import traceback

from gi.repository import Gio, GLib

out = sys.argv[1]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "example.json"), encoding="utf-8") as file:
    expected = json.load(file)
limit = 120  # seconds: a loaded machine is slow, and nothing waits longer than it must
failed = 0


def check(name, run):
    """Runs a case of the test and says how it went."""
    global failed, limit
    try:
        run()
        print(f"ok kate: {name}", flush=True)
    except Exception:
        failed += 1
        limit = 10  # what builds upon it will fail as well
        problem = traceback.format_exc().strip().replace("\n", "\n  ")
        print(f"not ok kate: {name}\n  {problem}", flush=True)
        picture(f"kate-failed-{failed}")


def wait_for(what, get):
    """Waits for `get` to give something true, and gives it."""
    end = time.monotonic() + limit
    while True:
        problem = ""
        try:
            if got := get():
                return got
        except GLib.Error as error:  # what was there is gone, as it may be at any time: Kate builds its lists anew
            problem = f": {error.message}"
        if time.monotonic() > end:
            raise AssertionError(f"no {what} within {limit} s{problem}")
        time.sleep(0.1)


def contains(text, part):
    """Letters and digits alone: a sentence is the same whatever line breaks or bold type are put around it."""
    assert bare(part) in bare(text), f'no "{part}" in:\n{text}'


def bare(text):
    return re.sub(r"[\W_]+", "", text)


def picture(name):
    subprocess.run(["import", "-window", "root", os.path.join(out, name + ".png")], check=False)


class Thing:
    """A window or what is in one, as Kate tells of it at this moment. libatspi keeps a copy of its own, which misses a program that starts."""

    def __init__(self, place):
        self.place = place  # who has it, and under what path

    def call(self, interface, method, signature=None, *values):
        arguments = signature and GLib.Variant(signature, values)
        return bus.call_sync(self.place[0], self.place[1], interface, method, arguments, None, Gio.DBusCallFlags.NONE, limit * 1000, None).unpack()

    def ask(self, interface, name):
        return self.call("org.freedesktop.DBus.Properties", "Get", "(ss)", "org.a11y.atspi." + interface, name)[0]

    def do(self, interface, method, signature=None, *values):
        return self.call("org.a11y.atspi." + interface, method, signature, *values)[0]

    def children(self):
        return [Thing(place) for place in self.do("Accessible", "GetChildren")]

    def within(self):
        yield self
        for child in self.children():
            yield from child.within()

    def name(self):
        return self.ask("Accessible", "Name")

    def role(self):
        return self.do("Accessible", "GetRoleName")

    def is_shown(self):
        return bool(self.do("Accessible", "GetState")[0] & 1 << SHOWING)

    def text(self):
        return self.do("Text", "GetText", "(ii)", 0, self.ask("Text", "CharacterCount"))

    def press(self):
        assert self.do("Action", "DoAction", "(i)", 0), self.name()


SHOWING = 25  # of the states that AT-SPI has


def connect():
    """Starts AT-SPI once Kate waits for it on its screen: one that finds it there while it starts is not always ready to be read."""
    keys("search", "--sync", "--onlyvisible", "--name", "^draft.md")
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync(
        "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, Gio.DBusCallFlags.NONE, limit * 1000, None
    ).unpack()[0]
    client = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, client)


def windows():
    """Of Kate, asked itself: the registry of AT-SPI does not always hear of a program that starts while it is asked."""
    for name in Thing(("org.freedesktop.DBus", "/org/freedesktop/DBus")).call("org.freedesktop.DBus", "ListNames")[0]:
        if process_of(name) == kate.pid:
            return Thing((name, "/org/a11y/atspi/accessible/root")).children()
    return []


def process_of(name):
    return Thing(("org.freedesktop.DBus", "/org/freedesktop/DBus")).call(
        "org.freedesktop.DBus", "GetConnectionUnixProcessID", "(s)", name
    )[0]


def of_role(role):
    return (thing for window in windows() for thing in window.within() if thing.role() == role)


def find(role, is_it):
    """The first thing of that role of which `is_it` says, by its name, that it is the one."""
    return next((thing for thing in of_role(role) if is_it(thing.name())), None)


def menu_item(name):
    return wait_for(f'"{name}" in a menu', lambda: find("menu item", lambda it: it == name))


def rows():
    """The rows of the lists: findings and what the sources say of them, the outline."""
    return [thing.name() for thing in of_role("tree item")]


def finding(words):
    """The row of a finding with these words, and the row below it, which is what a source says."""
    all_rows = rows()
    for row, below in zip(all_rows, all_rows[1:] + [""]):
        if row.startswith("[copydesk] (") and bare(words) in bare(row):
            return row, below
    return None


def view():
    return find("text", lambda name: name.startswith("draft.md"))


def go_to(words):
    def placed():
        view().do("Component", "GrabFocus")
        return view().do("Text", "SetCaretOffset", "(i)", view().text().index(words))

    wait_for(f"{words} in the text", placed)


def keys(*arguments):
    subprocess.run(["xdotool", *arguments], check=True, stdout=subprocess.DEVNULL)


def hover(words, sentence):
    """Waits for the sentence, for what was shown last goes only when the pointer moves."""
    go_to(words)
    menu_item("Symbol Info").press()
    wait_for("hover", lambda: any(bare(sentence) in bare(it.text()) for it in windows() if it.role() == "label" and it.is_shown()))


def asks():
    """Kate starts no server that it was not told to, and asks once for each."""
    question = wait_for("question", lambda: find("label", lambda name: "Do you want the LSP server to be started?" in name))
    contains(question.name(), "copydesk lsp")
    find("push button", lambda name: name == "Yes").press()


def diagnostic():
    menu_item("Switch to Diagnostics Tab").press()
    row, below = wait_for("finding", lambda: finding(f"say {expected['right']}"))
    contains(below, expected["sentence"])
    wait_for("finding on the screen", lambda: find("tree item", lambda name: name == row).is_shown())


def hover_over_wrong():
    hover(expected["wrong"], expected["sentence"])
    picture("kate-screen")


def hover_over_agreed():
    hover(expected["agreed"], expected["agreed_sentence"])


def outline():
    wait_for("outline", lambda: {expected["wrong"], expected["agreed"]} <= set(rows()))


def fix():
    before = read_draft()
    go_to(expected["wrong"])
    menu_item("LSP Client").press()
    menu_item("Code Action").press()  # is filled when it is opened
    wait_for("fix", lambda: find("menu item", lambda name: name.startswith("[quickfix] Replace with") and expected["right"] in name)).press()
    wait_for("end of the menus", closed)
    fixed = before.replace(expected["wrong"], expected["right"])
    wait_for("changed text", lambda: view().text() == fixed)
    wait_for("end of the diagnostic", lambda: not finding(f"say {expected['right']}"))
    menu_item("Save").press()
    wait_for("saved text", lambda: read_draft() == fixed)


def closed():
    """Whether no menu is open: one whose item is chosen through AT-SPI stays so."""
    is_open = any(menu.is_shown() for menu in of_role("popup menu"))
    if is_open:
        keys("key", "Escape")
    return not is_open


def read_draft():
    with open("draft.md", encoding="utf-8") as draft:
        return draft.read()


def undo():
    menu_item("Undo").press()
    wait_for("the text as it was", lambda: expected["wrong"] in view().text())
    wait_for("diagnostic", lambda: finding(f"say {expected['right']}"))


def ends():
    servers = started_by(kate.pid)
    assert servers
    menu_item("Save").press()
    wait_for("saved text", lambda: expected["wrong"] in read_draft())
    menu_item("Quit").press()
    assert kate.wait(limit) == 0
    wait_for("end of the server", lambda: not any(os.path.exists(f"/proc/{pid}") for pid in servers))


def started_by(parent):
    with open(f"/proc/{parent}/task/{parent}/children", encoding="ascii") as pids:
        return pids.read().split()


with open(os.path.join(out, "kate-editor.log"), "wb") as log:
    kate = subprocess.Popen(["kate", "draft.md"], stdout=log, stderr=log, env={**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"})
try:
    bus = connect()
    check("it asks before it starts the server", asks)
    check("a contradicted figure has a diagnostic, with the source's sentence", diagnostic)
    check("the hover shows the source's sentence", hover_over_wrong)
    check("what agrees has a hover with its source", hover_over_agreed)
    check("the outline lists the claims", outline)
    check("the fix writes what the source says, the diagnostic goes, and it is saved", fix)
    check("undone, the diagnostic is back", undo)
    check("the server ends with the editor", ends)
finally:
    kate.kill()
sys.exit(failed > 0)
