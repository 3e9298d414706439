"""Load of the two kinds: closed loop by wrk, open loop by our own openloop."""

import json
import os
import re
import subprocess
import tempfile

LUA = """
local file = io.open("%s", "rb")
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = file:read("*a")
file:close()
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('\\nRESULT {"requests": %%d, "micros": %%d, "errors": %%d}\\n', summary.requests,
    summary.duration, e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def request_body(size):
    """An Open Inference request of exactly `size` bytes, filled up with blanks."""
    numbers = max(1, (size - 120) // 8)
    text = ('{"inputs":[{"name":"x","shape":[1,%d],"datatype":"FP32","data":[' % numbers
            + ",".join("0.%05d" % (i * 7919 % 100000) for i in range(numbers)) + "]}]}")
    return text.ljust(size).encode()


class Load:
    """One request to one path, over 32 keep-alive connections, from one core."""

    def __init__(self, folder, core, request_bytes, answer_bytes, connections):
        self.folder = folder
        self.core = core
        self.connections = connections
        self.path = f"/v2/models/b{answer_bytes}/infer"
        self.body = f"{folder}/request-{request_bytes}"
        with open(self.body, "wb") as f:
            f.write(request_body(request_bytes))
        self.script = f"{folder}/request-{request_bytes}.lua"
        with open(self.script, "w") as f:
            f.write(LUA % self.body)

    def closed(self, port, seconds):
        """As fast as answers come. Returns requests answered, requests per second, errors."""
        run = subprocess.run(
            ["taskset", "-c", self.core, "wrk", "-t1", f"-c{self.connections}", f"-d{seconds}s",
             "--timeout", "10s", "-s", self.script, f"http://127.0.0.1:{port}{self.path}"],
            capture_output=True, text=True)
        found = re.search(r"RESULT (\{.*\})", run.stdout)
        if not found:
            raise SystemExit(f"wrk said: {run.stdout} {run.stderr}")
        result = json.loads(found.group(1))
        result["rate"] = result["requests"] / (result["micros"] / 1e6)
        return result

    def open(self, port, rate, seconds):
        """Requests due at fixed moments; latencies in microseconds from then."""
        run = subprocess.run(
            ["taskset", "-c", self.core, f"{self.folder}/openloop", str(port), self.path, self.body,
             f"{rate:.0f}", str(seconds), "64"],
            capture_output=True, text=True, check=True)
        return json.loads(run.stdout)


def compile_programs(home, folder):
    for name in ("backend", "openloop"):
        subprocess.run(["cc", "-O2", "-o", f"{folder}/{name}", f"{home}/bench/native/{name}.c"], check=True)


def syscalls(pids, during):
    """System calls of the processes by thread while `during` runs; None where perf cannot count."""
    with tempfile.NamedTemporaryFile() as out:
        perf = subprocess.Popen(
            ["perf", "stat", "-x,", "--per-thread", "-e", "raw_syscalls:sys_enter", "-o", out.name,
             "-p", ",".join(map(str, pids))], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        result = during()
        perf.send_signal(2)
        perf.wait()
        with open(out.name) as f:
            lines = [line.split(",") for line in f if "sys_enter" in line]
    if not lines:
        return result, None
    by_thread = {}
    for fields in lines:
        name = re.sub(r"[-#]?\d*-\d+$", "", fields[0].strip())
        if fields[1].strip().isdigit():
            by_thread[name] = by_thread.get(name, 0) + int(fields[1])
    return result, by_thread


def available(program):
    return any(os.access(os.path.join(p, program), os.X_OK) for p in os.environ["PATH"].split(":"))
