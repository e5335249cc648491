#!/usr/bin/env python3
"""What the load generator costs beside mcload: client CPU time per key, in turn, on one machine.

usage: clientcpu.py [--rounds 2] [--work get,pipe20,mget50] './ringtail' 'memcached -u root -l 127.0.0.1 -U 0 -t 1 -m 1024 -p {port}'

The server is pinned to processor 0, the client to processor 1. Keys are counted by the server (get_hits),
the client's CPU time is that of all its threads (schedstat), both over the same seconds, after a warm-up.
"""
import argparse, glob, json, os, shlex, socket, statistics, subprocess, sys, time
from ab import mcload, wait_for

PORT = 23113
WORK = {  # for mcload, for ringtail loadgen
    "get":    ("-m get -c 50", "--workload get -c 50"),
    "pipe20": ("-m get -c 20 -P 20", "--workload get -c 20 --pipeline 20"),
    "mget50": ("-m mget -c 20 -g 50", "--workload multi-get -c 20"),
}

def cpu_ns(pid):
    total = 0
    for f in glob.glob(f"/proc/{pid}/task/*/schedstat"):
        try:
            with open(f) as s:
                total += int(s.read().split()[0])
        except OSError:
            pass
    return total

def hits():
    with socket.create_connection(("127.0.0.1", PORT), 5) as s:
        s.sendall(b"stats\r\nquit\r\n")
        text = b"".join(iter(lambda: s.recv(65536), b"")).decode()
    return next(int(l.split()[2]) for l in text.splitlines() if l.startswith("STAT get_hits"))

def measure(command, warm, secs):
    p = subprocess.Popen(["taskset", "-c", "1"] + command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(warm)
        h, c = hits(), cpu_ns(p.pid)
        time.sleep(secs)
        h, c = hits() - h, cpu_ns(p.pid) - c
        if p.poll() is not None:
            sys.exit(f"clientcpu: {command[0]} ended too early")
        return c / h / 1000, h / secs
    finally:
        p.terminate()
        p.wait(20)

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("ringtail"); ap.add_argument("server")
    ap.add_argument("--rounds", type=int, default=2)
    ap.add_argument("--secs", type=float, default=4)
    ap.add_argument("--warm", type=float, default=6)
    ap.add_argument("--work", default="get,pipe20,mget50")
    o = ap.parse_args()
    exe = mcload()
    server = subprocess.Popen(["taskset", "-c", "0"] + shlex.split(o.server.format(port=PORT)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(PORT)
        subprocess.run([exe, "-p", str(PORT), "-l"], check=True)
        for name in o.work.split(","):
            a, b = WORK[name]
            rounds = []
            for _ in range(o.rounds):
                rounds.append((measure([exe, "-p", str(PORT), "-d", str(1 + o.secs + 5)] + shlex.split(a), 1, o.secs),
                               measure(shlex.split(o.ringtail) + ["loadgen", "-q", "--metrics", "off", "-s", f"127.0.0.1:{PORT}"] + shlex.split(b), o.warm, o.secs)))
            ratios = [y[0] / x[0] for x, y in rounds]
            print(f"{name:8s} client us/key: mcload {statistics.median(x[0] for x, _ in rounds):.3f}, loadgen {statistics.median(y[0] for _, y in rounds):.3f}; "
                  f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}..{max(ratios):.2f}); "
                  f"keys/s {statistics.median(x[1] for x, _ in rounds):,.0f} and {statistics.median(y[1] for _, y in rounds):,.0f}", flush=True)
    finally:
        server.terminate()
        server.wait(20)

if __name__ == "__main__":
    main()
