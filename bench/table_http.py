"""bench http: the server's CPU time per request of the HTTP side port, over that of a fixed answer.

The baseline is the least that a server on the same Netty pipeline can do (bench/FixedAnswer.java): the same JVM with
the same flags, the same classes of Netty out of the same jar, one answer of the same length whatever is asked.
Requests are GETs of keys that are there, checked byte by byte.  Servers run on one processor and the load on another;
rounds are interleaved, and those that other processes disturbed are measured again.
"""
import os
import shutil
import socket
import subprocess
import tempfile
import time

import figures
import running
from report import Report, interval, wanted

ROWS = {    # words of httpload, bytes of a value, target
    "get": (["-c", 50], 100, 1.4),
    "get4k": (["-c", 50], 4096, 1.4),
    "pipe20": (["-c", 20, "-P", 20], 100, None),
}


def add_options(parser):
    parser.add_argument("--rows", metavar="LIST", default=",".join(ROWS), help="of %(default)s")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of each row (%(default)s)")
    parser.add_argument("--secs", type=float, default=1, help="seconds of each server in a round (%(default)s)")
    parser.add_argument("--warm", type=float, default=4, help="seconds to warm each server for a row (%(default)s)")
    parser.add_argument("-m", "--megabytes", type=int, default=256, help="-m of the server (%(default)s)")


def measure(options):
    names = options.rows.split(",")
    for name in names:
        if name not in ROWS:
            raise ValueError(f"there is no row {name}: choose of {','.join(ROWS)}")
    report = Report("http", options)
    report.head(("row", -7), ("CPU us/request of", -18), ("", 7), ("over", -13), ("", 7), ("ratio", 5), ("95 %", -10), ("target", -6),
                ("holds", -5), ("requests/s", 10), ("dropped", 7))
    for kind in options.kinds:
        if kind.is_ringtail:
            for name in names:
                try:
                    measure_row(report, options, kind, name)
                except running.Failure as problem:
                    report.fail(name, problem)
    return report


def measure_row(report, options, kind, name):
    words, size, target = ROWS[name]
    words = [*words, "-v", size]
    port = running.free_port()
    with running.Server(kind, options.megabytes, options=["--http", f"127.0.0.1:{port}", "--metrics", "off"]) as server:
        with FixedAnswer(server, size) as fixed:
            ours = Load(server, port)
            least = Load(fixed, fixed.port)
            ours.run("-l", "-v", size)
            for load in (least, ours):
                load.run("-d", options.warm, *words)
            rounds, dropped = running.rounds(options.rounds, lambda number: [load.measured(options.secs, *words, "-s", number) for load in (least, ours)])
    pairs = [tuple(run["server_cpu_us_per_request"] for run in each) for each in rounds]
    cpu = figures.median_of_ratios(pairs)
    speed = figures.median_of_ratios([tuple(run["requests_per_s"] for run in each) for each in rounds])
    costs = [figures.median([pair[i] for pair in pairs]) for i in (1, 0)]
    holds = figures.verdict(cpu, target)
    report.line(name, kind.name[:18], f"{costs[0]:.2f}", "fixed answer", f"{costs[1]:.2f}", f"{cpu['ratio']:.2f}", interval(cpu), wanted(target, None), holds,
                f"{speed['ratio']:.2f}", dropped)
    report.add(row=name, server=kind.name, over="fixed answer", cpu=cpu, target=target, holds=holds, cpu_us_per_request=costs, requests_per_s=speed,
               dropped_rounds=dropped)


class FixedAnswer:
    """The baseline in a JVM like that of a running Ringtail; a context manager that ends it."""

    def __init__(self, like, size):
        with open(f"/proc/{like.pid}/cmdline") as file:
            words = file.read().split("\0")[:-1]
        end = words.index("-jar")
        flags = [word for word in words[1:end] if "AOT" not in word]
        java, jar = os.readlink(f"/proc/{like.pid}/exe"), words[end + 1]
        self.port, self.kind = running.free_port(), running.Kind("fixed answer", [], False)
        self.classes = tempfile.mkdtemp(prefix="fixed-", dir=running.output_folder())
        compiler = os.path.join(os.path.dirname(java), "javac")
        done = subprocess.run([compiler, "-proc:none", "-cp", jar, "-d", self.classes, os.path.join(running.HERE, "FixedAnswer.java")],
                              capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise running.Unavailable(f"bench/FixedAnswer.java does not compile: {done.stderr.strip()[:500]}")
        self.process = subprocess.Popen([java, *flags, "-cp", f"{jar}:{self.classes}", "FixedAnswer", str(self.port), str(size)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=running.pinned(running.processors()[0]))
        self.pid = self.process.pid

    def check_alive(self):
        if self.process.poll() is not None:
            raise running.Failure(f"the fixed answer ended with {self.process.returncode}")

    def __enter__(self):
        end = time.monotonic() + running.READY_SECONDS
        while time.monotonic() < end:
            try:
                self.check_alive()
                with socket.create_connection(("127.0.0.1", self.port), 1):
                    return self
            except OSError:
                time.sleep(0.01)
            except running.Failure:
                self.__exit__()
                raise
        self.__exit__()
        raise running.Failure("the fixed answer did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(running.STOP_SECONDS)
        shutil.rmtree(self.classes, ignore_errors=True)


class Load(running.Load):
    """httpload against one port."""

    def __init__(self, server, port):
        super().__init__(server)
        self.port = port

    def command(self, *words):
        fixed = ["-f"] if self.server.kind.name == "fixed answer" else []
        return [running.compiled("httpload"), "-p", str(self.port), *fixed, *map(str, words)]

    def run(self, *words):
        return self.once(*words)

    def measured(self, seconds, *words):
        busy = running.busy_seconds()
        done = self.once("-i", self.server.pid, "-d", seconds, *words)
        done["others"] = (running.busy_seconds() - busy) / done["seconds"] - done["server_util"] - done["load_util"]
        return done
