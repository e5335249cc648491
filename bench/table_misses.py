"""bench misses: misses of the built-in workloads, both servers with the same -m.

Each workload and seed gets fresh servers; `ringtail loadgen misses` replays it at both in lockstep, setting
what was missed, and counts after the first third.  A row's figure is the share of memcached's misses that
Ringtail avoided, the mean over the seeds, with the least of them.  A refused set or a wrong value fails.
"""
import json
import statistics
import subprocess

import running
from report import Report

MEDIAN_TARGET, MEDIAN_AIM, LEAST_TARGET = 8, 15, 0
MORE_MISSES = 1


def add_options(parser):
    parser.add_argument("--workloads", metavar="LIST", help="all where not given; ./ringtail loadgen misses --list names them")
    parser.add_argument("--seeds", metavar="LIST", default="1,2,3", help="(%(default)s)")
    parser.add_argument("--steps", type=int, default=5_000_000, help="requests of each replay (%(default)s)")
    parser.add_argument("-m", "--megabytes", type=int, default=64, help="-m of the servers (%(default)s)")


def loadgen(path, *words, timeout=600):
    done = subprocess.run([path, "loadgen", "misses", *map(str, words)], capture_output=True, text=True, timeout=timeout)
    if done.returncode not in (0, MORE_MISSES):
        raise running.Failure(f"the replay ended with {done.returncode}: {(done.stderr or done.stdout).strip()[-500:]}")
    return done.stdout


def measure(options):
    report = Report("misses", options)
    replayer = [kind for kind in options.kinds if kind.is_ringtail][0].command[0]
    names = [line.split()[0] for line in loadgen(replayer, "--list").splitlines()]
    chosen = options.workloads.split(",") if options.workloads else names
    for name in chosen:
        if name not in names:
            raise ValueError(f"there is no workload {name}: choose of {','.join(names)}")
    report.head(("workload", -12), ("server", -18), ("misses", 7), ("over", -17), ("misses", 7), ("fewer", 7), ("least", 7), ("items", 6), ("target", -7), ("holds", -5))
    for base in [kind for kind in options.kinds if not kind.is_ringtail]:
        for kind in [kind for kind in options.kinds if kind.is_ringtail]:
            fewer = [each for each in (measure_workload(report, options, replayer, name, base, kind) for name in chosen) if each is not None]
            if fewer:
                tell_median(report, base, kind, statistics.median(fewer))
    return report


def measure_workload(report, options, replayer, name, base, kind):
    try:
        runs = [replay(options, replayer, name, seed, base, kind) for seed in options.seeds.split(",")]
    except running.Failure as problem:
        report.fail(name, problem)
        return None
    misses = [statistics.mean(run[side]["percent"] for run in runs) for side in "ba"]
    fewer = 100 * (misses[1] - misses[0]) / misses[1] if misses[1] else 0
    least = min(run["fewer_percent"] for run in runs)
    items = statistics.mean(run["b"]["items"] / max(1, run["a"]["items"]) for run in runs)
    holds = "yes" if fewer >= LEAST_TARGET else "no"
    report.line(name, kind.name[:18], f"{misses[0]:.2f}%", base.name, f"{misses[1]:.2f}%", f"{fewer:.1f}%", f"{least:.1f}%", f"{items:.2f}", f">={LEAST_TARGET}%", holds)
    report.add(workload=name, server=kind.name, over=base.name, miss_percent=misses, fewer_percent=fewer, least_percent=least, items=items, holds=holds, runs=runs)
    return fewer


def replay(options, replayer, name, seed, base, kind):
    both = set().union(*running.processors())
    with running.Server(base, options.megabytes, cpus=both) as a, running.Server(kind, options.megabytes, cpus=both) as b:
        run = json.loads(loadgen(replayer, f"127.0.0.1:{a.port}", f"127.0.0.1:{b.port}", "--workload", name, "--seed", seed, "--steps", options.steps, "--json"))
        a.check_alive()
        b.check_alive()
    for side, server in (("a", base), ("b", kind)):
        if run[side]["refused"]:
            raise running.Failure(f"{server.name} refused {run[side]['refused']} sets")
    return run


def tell_median(report, base, kind, median):
    holds = "yes" if median >= MEDIAN_TARGET else "no"
    report.line("median", kind.name[:18], "", base.name, "", f"{median:.1f}%", "", "", f">={MEDIAN_TARGET}%", holds)
    report.add(workload="median", server=kind.name, over=base.name, fewer_percent=median, target=MEDIAN_TARGET, aim=MEDIAN_AIM, holds=holds)
