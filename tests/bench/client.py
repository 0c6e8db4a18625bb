"""A language server that is driven over standard input and output."""

import json
import os
import pathlib
import queue
import subprocess
import sys
import threading
import time


class Server:
    def __init__(self, command, root, options, log=os.devnull, env=None):
        self.child = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(log, "w"))
        self.inbox = queue.Queue()
        self.number = 0
        threading.Thread(target=self.listen, daemon=True).start()
        begin = time.perf_counter()
        capabilities = {
            "general": {"positionEncodings": ["utf-16"]},
            "workspace": {"configuration": True},
            "textDocument": {"publishDiagnostics": {"relatedInformation": True, "versionSupport": True, "dataSupport": True}},
        }
        self.options = options
        self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": root.as_uri(),
                "capabilities": capabilities,
                "initializationOptions": options,
                "workspaceFolders": [{"uri": root.as_uri(), "name": "desk"}],
            },
        )
        self.started = time.perf_counter() - begin
        self.notify("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.child.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.child.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def request(self, method, params, patience=60):
        self.number += 1
        number = self.number
        self.send({"id": number, "method": method, "params": params})
        return self.wait(lambda m, _: m.get("id") == number and "method" not in m, patience)

    def listen(self):
        out = self.child.stdout
        while True:
            length = None
            while True:
                line = out.readline()
                if not line:
                    return self.inbox.put((None, 0))
                if line in (b"\r\n", b"\n"):
                    break
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            body = out.read(length)
            self.inbox.put((body, time.perf_counter()))

    def wait(self, wanted, patience):
        """The message that is wanted and when it came; answers what the server asks on the way."""
        end = time.perf_counter() + patience
        while True:
            left = end - time.perf_counter()
            try:
                body, came = self.inbox.get(timeout=max(left, 0.001))
            except queue.Empty:
                return None, None
            if body is None:
                sys.exit("the server has ended")
            message = json.loads(body)
            if "id" in message and "method" in message:
                asked = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
                self.send({"id": message["id"], "result": None if asked is None else [self.options for _ in asked]})
            elif wanted(message, came):
                return message, came

    def memory(self):
        status = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def seconds(self):
        fields = pathlib.Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def published(uri, version, since):
    def wanted(message, came):
        if message.get("method") != "textDocument/publishDiagnostics" or message["params"]["uri"] != uri:
            return False
        named = message["params"].get("version")
        return named == version if named is not None else came >= since

    return wanted
