"""bench forward: what a command for another node's key costs the node that is asked, over twemproxy.

All keys are owned by a second node.  The node that is asked, and twemproxy (the package nutcracker) in front of
the same second node, have processor 0 in turn; the second node and the load share the other one.  A row's
figure is the median of the rounds' ratios of CPU time per key, with its 95 % bootstrap interval.
The row "alone" compares a cluster of one node with a node without a cluster.
"""
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import time

import figures
import running
from report import Report, interval, wanted

KEY_BYTES = 10
CANDIDATES = 20000
MOST_KEYS = 12
ROWS = {
    "get": ("-m get -c 50", 0.80),
    "set": ("-m set -c 50", 0.80),
    "pipe20": ("-m get -c 20 -P 20", 0.50),
    "set20": ("-m set -c 20 -P 20", 0.50),
    "mget50": ("-m mget -c 20 -g 50", None),
    "alone": ("-m get -c 50", 1.05),
    "alone20": ("-m get -c 20 -P 20", 1.05),
}


def add_options(parser):
    parser.add_argument("--rows", metavar="LIST", default=",".join(ROWS), help="(%(default)s)")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each row (%(default)s)")
    parser.add_argument("--secs", type=float, default=1, help="seconds of each server in a round (%(default)s)")
    parser.add_argument("--warm", type=float, default=3, help="seconds to warm each server for a row (%(default)s)")
    parser.add_argument("--nutcracker", metavar="PATH", default="nutcracker", help="twemproxy (%(default)s)")


class Proxy:
    """A twemproxy in front of one server."""

    def __init__(self, program, backend, cpus):
        self.kind, self.port = running.Kind("twemproxy", [program], False), running.free_port()
        self.folder = tempfile.TemporaryDirectory()
        config = os.path.join(self.folder.name, "nutcracker.yml")
        with open(config, "w") as file:
            file.write(f"bench:\n  listen: 127.0.0.1:{self.port}\n  hash: fnv1a_64\n  distribution: ketama\n  preconnect: true\n"
                       f"  servers:\n   - 127.0.0.1:{backend.port}:1\n")
        self.process = subprocess.Popen([program, "-c", config, "-a", "127.0.0.1", "-s", str(running.free_port()), "-v", "0"],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=running.pinned(cpus))
        self.pid = self.process.pid
        end = time.monotonic() + running.READY_SECONDS
        while True:
            self.check_alive()
            try:
                if ask(self.port, b"get warm\r\n", b"END\r\n") == b"END\r\n":
                    return
            except OSError:
                if time.monotonic() > end:
                    raise running.Failure("twemproxy did not answer")
                time.sleep(0.01)

    def check_alive(self):
        if self.process.poll() is not None:
            raise running.Failure(f"twemproxy ended with {self.process.returncode}")

    def stop(self):
        self.process.terminate()
        self.process.wait(running.STOP_SECONDS)
        self.folder.cleanup()


def ask(port, request, end):
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(request)
        reply = b""
        while not reply.endswith(end):
            part = connection.recv(1 << 16)
            if not part:
                raise ConnectionError("the connection was closed")
            reply += part
        return reply


def measure(options):
    report = Report("forward", options)
    rows = options.rows.split(",")
    if not set(rows) <= set(ROWS):
        raise ValueError(f"--rows are of {','.join(ROWS)}")
    program = shutil.which(options.nutcracker)
    if not program:
        raise running.Unavailable(f"There is no {options.nutcracker} on the PATH: install the package nutcracker.")
    kind = next(each for each in options.kinds if each.is_ringtail)
    report.head(("row", -8), ("CPU us/key of", -18), ("", 7), ("over", -17), ("", 7), ("ratio", 5), ("95 %", -10), ("target", -7), ("holds", -5),
                ("keys/s", 6), ("p99", 5))
    servers = []
    try:
        ours, other = running.processors()
        forwarding = [row for row in rows if not row.startswith("alone")]
        if forwarding:
            ports = [running.free_port(), running.free_port()]
            names = [f"127.0.0.1:{port}" for port in ports]
            for port, name, cpus in zip(ports, names, (ours, other)):
                servers.append(running.Server(kind, 256, cpus=cpus, port=port, options=["--peers", ",".join(names), "--advertise", name]))
            coordinator, owner = servers
            servers.append(Proxy(program, owner, ours))
            keys = owned_keys(coordinator, owner)
            report.say(f"{keys[3]} keys that the other node owns")
            compare(report, options, forwarding, servers[2], coordinator, keys)
        while servers:
            servers.pop().stop()
        alone = [row for row in rows if row.startswith("alone")]
        if alone:
            port = running.free_port()
            servers.append(running.Server(kind, 256, cpus=ours))
            servers.append(running.Server(kind, 256, cpus=ours, port=port, options=["--peers", f"127.0.0.1:{port}", "--advertise", f"127.0.0.1:{port}"]))
            compare(report, options, alone, servers[0], servers[1], ["-k", 100000])
    except running.Failure as problem:
        report.fail("forward", problem)
    finally:
        for server in servers:
            server.stop()
    return report


def owned_keys(coordinator, owner):
    """mcload's words for some keys in a row that all are the other node's."""
    names = [f"k{number:09d}" for number in range(CANDIDATES)]
    deadline = time.monotonic() + running.READY_SECONDS
    while True:
        sets = "".join(f"set {name} 0 0 1\r\nx\r\n" for name in names) + "mn\r\n"
        if b"unreachable" not in ask(coordinator.port, sets.encode(), b"MN\r\n"):
            break
        if time.monotonic() > deadline:
            raise running.Failure("the nodes do not reach each other")
        time.sleep(0.1)
    held = {line.split()[0][4:].decode() for line in ask(owner.port, b"lru_crawler metadump all\r\n", b"END\r\n").splitlines() if line.startswith(b"key=")}
    runs = itertools.groupby(range(CANDIDATES), lambda number: names[number] in held)
    longest = max((list(numbers) for is_held, numbers in runs if is_held), key=len)[:MOST_KEYS]
    return ["-K", KEY_BYTES, "-k", len(longest), "-a", longest[0]]


def compare(report, options, rows, baseline, candidate, keys):
    loads = [running.Load(server) for server in (baseline, candidate)]
    loads[1].fill(*keys)
    if rows[0].startswith("alone"):
        loads[0].fill(*keys)
    for row in rows:
        words, target = ROWS[row]
        words = words.split() + keys
        for load in loads:
            load.run(options.warm, *words)
        rounds = [[load.run(options.secs, *words, "-s", number) for load in loads] for number in range(options.rounds)]

        def ratio(of):
            return figures.median_of_ratios([(first[of], second[of]) for first, second in rounds])
        cpu, keys_per_s, p99 = ratio("server_cpu_us_per_key"), ratio("keys_per_s"), ratio("p99_us")
        costs = [figures.median([each[i]["server_cpu_us_per_key"] for each in rounds]) for i in (1, 0)]
        holds = figures.verdict(cpu, target)
        names = ["one-node cluster", "single node"] if row.startswith("alone") else ["ringtail", "twemproxy"]
        report.line(row, names[0], f"{costs[0]:.3f}", names[1], f"{costs[1]:.3f}", f"{cpu['ratio']:.2f}", interval(cpu), wanted(target, None), holds,
                    f"{keys_per_s['ratio']:.2f}", f"{p99['ratio']:.2f}")
        report.add(row=row, server=names[0], over=names[1], cpu=cpu, target=target, holds=holds, cpu_us_per_key=costs, keys_per_s=keys_per_s, p99=p99)
