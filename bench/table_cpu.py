"""bench cpu: the server's CPU time per key, each Ringtail over each memcached.

Servers run on one processor and the load on another.  Every group of rows gets fresh servers; they are
filled, warmed with work of all kinds and then with the row's own, and measured in turn (A B C, A B C, ...).
A row's figure is the median of the rounds' ratios with its 95 % bootstrap interval; rounds that other
processes disturbed are dropped and measured again, as far as there are not too many.  Afterwards all keys are
read back: a key that is missing fails the row.
Variants change the servers or the keys for the same rows; a target holds for them within 0.1.  With
"threads2" servers and load share both processors, since there are no more than two; with "full" the servers
hold a part of the keys and evict all the time, so each shows its misses.
"""
import itertools
import os

import figures
import running
from report import Report, interval, wanted

VARIANT_SLACK = 0.1
NEWEST_WITH_ONE_SEND_PER_GET = "1.6.18"


class Row:
    def __init__(self, words, data, target, aim, target_newest=None, aim_newest=None):
        self.words, self.data, self.target, self.aim = words.split(), data, target, aim
        self.target_newest, self.aim_newest = target_newest or target, aim_newest or aim

    def goal(self, baseline):
        if running.is_newer(baseline.version, NEWEST_WITH_ONE_SEND_PER_GET):
            return self.target_newest, self.aim_newest
        return self.target, self.aim


ROWS = {
    "get": Row("-m get -c 50", "small", 1.00, 0.80),
    "set": Row("-m set -c 50", "small", 1.00, 0.80),
    "mixed": Row("-m mixed -c 50", "small", 1.00, 0.80),
    "pipe20": Row("-m get -c 20 -P 20", "small", 0.28, 0.20, 0.55, 0.40),
    "mg20": Row("-m mg -c 20 -P 20", "small", 0.55, 0.35),
    "set20": Row("-m set -c 20 -P 20", "small", 0.55, 0.35),
    "mget50": Row("-m mget -c 20 -g 50", "small", 0.55, 0.35),
    "get4k": Row("-m get -c 50", "4k", 1.00, 0.85),
    "get64k": Row("-m get -c 20", "64k", 1.00, 0.85),
    "big": Row("-m get -c 20 -P 20", "big", None, None),
}
DATA = {
    "small": ["-k", "100000"],
    "4k": ["-k", "50000", "-v", "4096"],
    "64k": ["-k", "4000", "-v", "65536"],
    "big": ["-k", "4000000"],
}
GROWTH_TARGET, GROWTH_AIM = 1.25, 1.10


class Variant:
    def __init__(self, about, options=(), words=(), rows="get,set,mixed,pipe20,set20,mget50", megabytes=None, threads=1, evicting=False, zipf=()):
        self.about, self.options, self.words, self.rows = about, list(options), list(words), rows
        self.megabytes, self.threads, self.evicting, self.zipf = megabytes, threads, evicting, list(zipf)


VARIANTS = {
    "default": Variant("keys of 10 bytes, values of 100", rows=",".join(ROWS)),
    "R200": Variant("-R 200 for all servers", options=["-R", "200"]),
    "keys10": Variant("keys of 10 bytes, numbers first", words=["-K", "10"]),
    "keys50": Variant("keys of 50 bytes", words=["-K", "50"]),
    "keys250": Variant("keys of 250 bytes", words=["-K", "250"]),
    "sizes": Variant("values of 10 to 1000 bytes", words=["-v", "10:1000"]),
    "misses": Variant("20 % of gets ask for keys that nobody set", words=["-M", "0.2"], rows="get,mixed,pipe20,mget50"),
    "full": Variant("2 million keys in -m 64, read by Zipf's law: full and evicting", words=["-k", "2000000", "-e"], megabytes=64, evicting=True, zipf=["-z", "0.99"]),
    "threads2": Variant("-t 2; servers and load on both processors", threads=2),
}


def add_options(parser):
    parser.add_argument("--rows", metavar="LIST", help=f"of {','.join(ROWS)}; those of the variant where not given")
    parser.add_argument("--variants", metavar="LIST", default="default", help=f"of {','.join(VARIANTS)}; or all")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each row (%(default)s)")
    parser.add_argument("--secs", type=float, default=1.5, help="seconds of each server in a round (%(default)s)")
    parser.add_argument("--warm", type=float, default=3, help="seconds to warm each server for a row (%(default)s)")
    parser.add_argument("-m", "--megabytes", type=int, default=1024, help="-m of the servers (%(default)s)")


def names_of(text, known, what):
    names = text.split(",")
    for name in names:
        if name not in known:
            raise ValueError(f"there is no {what} {name}: choose of {','.join(known)}")
    return names


def measure(options):
    variants = list(VARIANTS) if options.variants == "all" else names_of(options.variants, VARIANTS, "variant")
    report = Report("cpu", options)
    for name in variants:
        variant = VARIANTS[name]
        rows = names_of(options.rows or variant.rows, ROWS, "row")
        report.say(f"\n{name}: {variant.about}; {options.rounds} rounds of {options.secs:g} s each")
        report.head(("row", -7), ("CPU us/key of", -18), ("", 7), ("over", -17), ("", 7), ("ratio", 5), ("95 %", -10), ("target (aim)", -14),
                    ("holds", -5), ("keys/s", 6), ("p99", 5), ("misses", -12), ("dropped", 7))
        for data, group in itertools.groupby(rows, lambda row: ROWS[row].data):
            Group(report, options, name, data, list(group)).measure()
    return report


class Group:
    """Rows that share servers, because they share their keys."""

    def __init__(self, report, options, variant, data, rows):
        self.report, self.options, self.name, self.data, self.rows = report, options, variant, data, rows
        self.variant = VARIANTS[variant]
        self.cpus, self.load_cpus = running.processors()
        if self.variant.threads > 1:
            self.cpus = self.load_cpus = os.sched_getaffinity(0)

    def keys(self, data):
        words = DATA[data] + self.variant.words
        if data != "small":
            words = self.variant.words + DATA[data]         # their own sizes are what these rows are about
        return words

    def measure(self):
        servers = []
        try:
            for kind in self.options.kinds:
                servers.append(running.Server(kind, self.variant.megabytes or self.options.megabytes, self.variant.threads, self.cpus, options=self.variant.options))
            loads = [running.Load(server, self.load_cpus) for server in servers]
            for load in loads:
                self.fill_and_warm(load)
            for row in self.rows:
                self.measure_row(row, loads)
            if not self.variant.evicting:
                for load in loads:
                    load.verify(*self.keys(self.data))
        except running.Failure as problem:
            self.report.fail(f"{self.name}: {','.join(self.rows)}", problem)
        finally:
            for server in servers:
                server.stop()

    def fill_and_warm(self, load):
        load.fill(*self.keys("small"))
        part = self.options.warm / 4
        for words in ("-m set -P 10", "-m mget -g 20", "-m mg -P 10", "-m mixed -c 20"):
            self.run(load, part, words.split() + self.keys("small"))
        if self.data != "small":
            load.fill(*self.keys(self.data))

    def run(self, load, seconds, words):
        return load.run(seconds, *words, may_miss=self.variant.evicting)

    def measure_row(self, name, loads):
        row = ROWS[name]
        zipf = self.variant.zipf
        words = row.words + self.keys(row.data) + zipf
        small = row.words + self.keys("small") + zipf
        for load in loads:
            self.run(load, self.options.warm, words)

        def one_round(number):
            seed = ["-s", str(number)]
            runs = [self.run(load, self.options.secs, words + seed) for load in loads]
            return runs + [self.run(load, self.options.secs, small + seed) for load in loads if name == "big"]

        rounds, dropped = running.rounds(self.options.rounds, one_round)
        kinds = [load.server.kind for load in loads]
        for baseline, candidate in itertools.product(range(len(kinds)), repeat=2):
            if not kinds[baseline].is_ringtail and kinds[candidate].is_ringtail:
                self.compare(name, kinds, baseline, candidate, rounds, dropped)
        if name == "big":
            for index, kind in enumerate(kinds):
                self.growth(kind, [(each[len(kinds) + index], each[index]) for each in rounds])

    def compare(self, name, kinds, baseline, candidate, rounds, dropped):
        def pairs(of):
            return [(each[baseline][of], each[candidate][of]) for each in rounds]
        cpu = figures.median_of_ratios(pairs("server_cpu_us_per_key"))
        keys, p99 = figures.median_of_ratios(pairs("keys_per_s")), figures.median_of_ratios(pairs("p99_us"))
        target, aim = ROWS[name].goal(kinds[baseline])
        if self.name != "default" and target is not None:
            target = round(target + VARIANT_SLACK, 2)
        costs = [figures.median([each[i]["server_cpu_us_per_key"] for each in rounds]) for i in (candidate, baseline)]
        misses = [share_of_misses([each[i] for each in rounds]) for i in (candidate, baseline)]
        holds = figures.verdict(cpu, target)
        self.report.line(name, kinds[candidate].name[:18], f"{costs[0]:.3f}", kinds[baseline].name, f"{costs[1]:.3f}", f"{cpu['ratio']:.2f}", interval(cpu),
                         wanted(target, aim), holds, f"{keys['ratio']:.2f}", f"{p99['ratio']:.2f}", " ".join(misses), dropped)
        self.report.add(row=name, variant=self.name, server=kinds[candidate].name, over=kinds[baseline].name, cpu=cpu, target=target, aim=aim, holds=holds,
                        cpu_us_per_key=costs, keys_per_s=keys, p99=p99, misses=misses, dropped_rounds=dropped)

    def growth(self, kind, pairs):
        growth = figures.median_of_ratios([(small["server_cpu_us_per_key"], big["server_cpu_us_per_key"]) for small, big in pairs])
        target, aim = (GROWTH_TARGET, GROWTH_AIM) if kind.is_ringtail else (None, None)
        holds = figures.verdict(growth, target)
        costs = [figures.median([each[i]["server_cpu_us_per_key"] for each in pairs]) for i in (1, 0)]
        self.report.line("growth", kind.name[:18], f"{costs[0]:.3f}", "its own pipe20", f"{costs[1]:.3f}", f"{growth['ratio']:.2f}", interval(growth),
                         wanted(target, aim), holds)
        self.report.add(row="growth", variant=self.name, server=kind.name, over="pipe20 of the same servers", cpu=growth, target=target, aim=aim, holds=holds,
                        cpu_us_per_key=costs)


def share_of_misses(runs):
    """Of all keys asked for, those that were not there, in percent."""
    absent = sum(each["misses"] + each["missed"] for each in runs)
    asked = absent + sum(each["hits"] for each in runs)
    return f"{100 * absent / asked:.1f}%" if absent else "0"
