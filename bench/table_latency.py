"""bench latency: the same requests at the same fixed rates, and how long their replies took.

Open loop: requests are due at fixed instants, and a reply's time counts from the instant its request was
due.  The rates are 20, 50 and 80 % of what the first memcached serves in a closed loop of 50 connections
(90 % get, 10 % set, Zipf 0.99), measured here first.  Connections are accepted before the first request is
due, and each rate is warmed.  Rounds are interleaved; what is compared is the median over rounds of each
percentile, with the 95 % bootstrap interval of the medians' ratio.
"""
import itertools

import figures
import running
from report import Report, interval, wanted

WORDS = "-m mixed -c 50 -z 0.99".split()
TARGETS = {"p50_us": None, "p99_us": 1.15, "p999_us": 1.5}
CAPACITY_RUNS = 3


def add_options(parser):
    parser.add_argument("--rates", metavar="LIST", default="20,50,80", help="percent of memcached's capacity (%(default)s)")
    parser.add_argument("--rounds", type=int, default=20, help="rounds of each rate (%(default)s)")
    parser.add_argument("--secs", type=float, default=1, help="seconds of each server in a round (%(default)s)")
    parser.add_argument("--warm", type=float, default=5, help="seconds to warm each server, and again at each rate (%(default)s)")
    parser.add_argument("-m", "--megabytes", type=int, default=1024, help="-m of the servers (%(default)s)")


def measure(options):
    report = Report("latency", options)
    rates = [int(text) for text in options.rates.split(",")]
    if not all(1 <= rate <= 100 for rate in rates):
        raise ValueError("--rates are percents, 1 to 100")
    servers = []
    try:
        for kind in options.kinds:
            servers.append(running.Server(kind, options.megabytes))
        loads = [running.Load(server) for server in servers]
        for load in loads:
            load.fill()
            load.run(options.warm, *WORDS)
        capacity = figures.median([loads[0].run(options.secs, *WORDS)["keys_per_s"] for _ in range(CAPACITY_RUNS)])
        report.result["capacity"] = capacity
        report.say(f"{servers[0].kind.name} serves {capacity:.0f} requests/s; {options.rounds} rounds of {options.secs:g} s at each rate")
        report.head(("rate", -14), ("us of", -18), ("", 8), ("over", -17), ("", 8), ("percentile", -10), ("ratio", 5), ("95 %", -10), ("target", -7),
                    ("holds", -5), ("late", -12), ("dropped", 7))
        for rate in rates:
            measure_rate(report, options, loads, rate, capacity)
        for load in loads:
            load.verify()
    except running.Failure as problem:
        report.fail("latency", problem)
    finally:
        for server in servers:
            server.stop()
    return report


def measure_rate(report, options, loads, rate, capacity):
    words = WORDS + ["-r", str(int(capacity * rate / 100))]
    for load in loads:
        load.run(options.warm, *words)
    rounds, dropped = running.rounds(options.rounds, lambda number: [load.run(options.secs, *words, "-s", str(number)) for load in loads])
    kinds = [load.server.kind for load in loads]
    late = [sum(each[i]["late"] for each in rounds) for i in range(len(kinds))]
    for baseline, candidate in itertools.product(range(len(kinds)), repeat=2):
        if kinds[baseline].is_ringtail or not kinds[candidate].is_ringtail:
            continue
        for percentile, target in TARGETS.items():
            pairs = [(each[baseline][percentile], each[candidate][percentile]) for each in rounds]
            ratio = figures.ratio_of_medians(pairs)
            times = [figures.median([pair[i] for pair in pairs]) for i in (1, 0)]
            holds = figures.verdict(ratio, target)
            title = percentile.replace("_us", "").replace("p999", "p99.9")
            report.line(f"{rate} % {words[-1]}/s", kinds[candidate].name[:18], f"{times[0]:.0f}", kinds[baseline].name, f"{times[1]:.0f}", title,
                        f"{ratio['ratio']:.2f}", interval(ratio), wanted(target, None), holds, f"{late[candidate]} {late[baseline]}", dropped)
            report.add(rate_percent=rate, requests_per_s=int(words[-1]), server=kinds[candidate].name, over=kinds[baseline].name, percentile=title,
                       microseconds=times, ratio=ratio, target=target, holds=holds, late=[late[candidate], late[baseline]], dropped_rounds=dropped)
