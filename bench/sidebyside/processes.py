"""Processes that are started, watched through /proc, and stopped."""

import os
import re
import signal
import socket
import subprocess
import time

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Process:
    """A program with all its children, pinned to one core."""

    def __init__(self, command, core, log, env=None):
        self.log = log
        self.started = time.monotonic()
        with open(log, "ab") as out:
            self.child = subprocess.Popen(
                ["taskset", "-c", core] + command,
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, env={**os.environ, **(env or {})})
        self.pid = self.child.pid

    def await_port(self, port, seconds=120):
        while time.monotonic() - self.started < seconds:
            if self.child.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return self
            except OSError:
                time.sleep(0.05)
        with open(self.log, errors="replace") as log:
            raise SystemExit(f"nothing listens on {port}: {log.read()[-2000:]}")

    def pids(self):
        found, todo = [], [self.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            try:
                for task in os.listdir(f"/proc/{pid}/task"):
                    with open(f"/proc/{pid}/task/{task}/children") as f:
                        todo += map(int, f.read().split())
            except OSError:
                pass
        return found

    def cpu(self):
        """User and system seconds of the tree, ended threads included."""
        ticks = 0
        for pid in self.pids():
            try:
                with open(f"/proc/{pid}/stat") as f:
                    fields = f.read().rsplit(")", 1)[1].split()
                ticks += int(fields[11]) + int(fields[12])
            except OSError:
                pass
        return ticks / TICKS

    def threads(self):
        """Seconds by thread name; numbers in names are dropped, so that pools count as one."""
        by_name = {}
        for pid in self.pids():
            try:
                for task in os.listdir(f"/proc/{pid}/task"):
                    with open(f"/proc/{pid}/task/{task}/comm") as f:
                        name = re.sub(r"[-#]?\d+$", "", f.read().strip())
                    with open(f"/proc/{pid}/task/{task}/schedstat") as f:
                        nanos = int(f.read().split()[0])
                    by_name[name] = by_name.get(name, 0) + nanos / 1e9
            except OSError:
                pass
        return by_name

    def rss(self):
        """Resident megabytes."""
        pages = 0
        for pid in self.pids():
            try:
                with open(f"/proc/{pid}/statm") as f:
                    pages += int(f.read().split()[1])
            except OSError:
                pass
        return pages * PAGE / 1e6

    def settle(self, limit=30):
        """Waits until the tree is quiet, so that deferred work is charged to who caused it."""
        begun, quiet, before = time.monotonic(), 0, self.cpu()
        while quiet < 3 and time.monotonic() - begun < limit:
            time.sleep(0.2)
            now = self.cpu()
            quiet = quiet + 1 if now - before <= 0.011 else 0
            before = now

    def stop(self):
        if self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(20)
            except subprocess.TimeoutExpired:
                for pid in self.pids():
                    try:
                        os.kill(pid, signal.SIGKILL)
                    except OSError:
                        pass


def heap_allocated(pid):
    """Bytes that the live threads of a JVM have allocated, by thread name; resolution 1 MB each."""
    jcmd = os.path.join(os.path.dirname(os.readlink(f"/proc/{pid}/exe")), "jcmd")
    text = subprocess.run([jcmd, str(pid), "Thread.print", "-e"], capture_output=True, text=True).stdout
    unit = {"B": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
    by_name = {}
    for name, number, letter in re.findall(r'^"([^"]+)".*?allocated=([\d.]+)([BKMG])', text, re.M):
        name = re.sub(r"[-#]?\d+$", "", name)
        by_name[name] = by_name.get(name, 0) + float(number) * unit[letter]
    return by_name
