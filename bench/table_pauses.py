"""bench pauses: the longest turn of an event loop while a large store is filled.

Ringtail times its turns (serve --time-turns): the CPU time of the loop's own thread between two waits for
the network.  It is filled with items of 1,000 bytes over one connection, as fast as it takes them, beside
an open-loop run of 20,000 requests a second (90 % get, 10 % set) on other keys, whose latencies are given
too.  Afterwards a part of the filled keys and all of the others are read back: none may be missing.
"""
import running
from report import Report, wanted

LONGEST_TARGET_US = 2000
RATE = 20000
SIDE_KEYS = 100000
VALUE, KEY = 1000, 16
FILLED_SHARE = 0.8
CHECKED_KEYS = 2_000_000
SPARE_MIB = 2048
FILL_SECONDS = 180


def add_options(parser):
    parser.add_argument("--gigabytes", type=float, default=16, help="what is filled, and -m (%(default)s)")
    parser.add_argument("--warm", type=float, default=5, help="seconds of the side load before the fill (%(default)s)")
    parser.add_argument("--beside-memcached", action="store_true", help="the same latencies of memcached, in turn")


def measure(options):
    report = Report("pauses", options)
    megabytes = int(options.gigabytes * 1024)
    if not 16 <= megabytes:
        raise ValueError("--gigabytes is at least 0.016")
    if running.available_mib() < megabytes + SPARE_MIB:
        raise running.Unavailable(f"A fill of {megabytes} MiB needs {megabytes + SPARE_MIB} MiB of free memory, and {running.available_mib()} are: "
                                  "choose less with --gigabytes.")
    report.head(("server", -24), ("filled", 12), ("MB/s", 6), ("p50", 7), ("p99", 7), ("p99.9", 7), ("longest", 8), ("us", -2), ("longest turn", 12),
                ("target", -7), ("holds", -5))
    for kind in options.kinds:
        if not kind.is_ringtail and not options.beside_memcached:
            continue
        try:
            measure_one(report, options, kind, megabytes)
        except running.Failure as problem:
            report.fail(kind.name, problem)
    return report


def measure_one(report, options, kind, megabytes):
    timed = kind.with_options("--time-turns") if kind.is_ringtail else kind
    items = int(megabytes * (1 << 20) * FILLED_SHARE / (KEY + VALUE + 100))
    fill = ["-k", items, "-K", KEY, "-v", VALUE]
    side = ["-k", SIDE_KEYS]
    with running.Server(timed, megabytes) as server:
        load = running.Load(server, timeout=FILL_SECONDS + 40)
        load.fill(*side)
        load.run(options.warm, "-m", "mixed", *side)
        load.fill("-k", max(1, items // 100), "-K", KEY + 4, "-v", VALUE)
        server.ask(b"stats reset\r\n", b"RESET\r\n")
        filling = load.start("-l", *fill)
        runs = []
        while filling.poll() is None:
            runs.append(load.run(2, "-m", "mixed", "-c", 50, "-r", RATE, *side))
            if len(runs) * 2 > FILL_SECONDS:
                filling.kill()
                filling.communicate()
                raise running.Failure(f"{kind.name} was not filled within {FILL_SECONDS} s")
        filled = load.finish(filling)
        stats = server.stats()
        load.verify(*side)
        load.verify("-k", min(items, CHECKED_KEYS), *fill[2:], timeout=FILL_SECONDS)
        tell(report, kind, filled, runs, stats)


def tell(report, kind, filled, runs, stats):
    worst = {name: max(each[name] for each in runs) for name in ("p50_us", "p99_us", "p999_us", "max_us")}
    longest = int(stats["ringtail_turn_longest_us"]) if kind.is_ringtail else None
    target = LONGEST_TARGET_US if kind.is_ringtail else None
    holds = "" if longest is None else "yes" if longest <= target else "no"
    speed = filled["sets"] * (KEY + VALUE) / filled["seconds"] / 1e6
    report.line(kind.name, filled["sets"], f"{speed:.0f}", *(f"{figure:.0f}" for figure in worst.values()), "", "" if longest is None else f"{longest} us",
                wanted(target, None), holds)
    turns = {name: value for name, value in stats.items() if name.startswith("ringtail_turn")}
    if turns:
        report.say("  " + ", ".join(f"{name.removeprefix('ringtail_')} {value}" for name, value in turns.items()))
    report.add(server=kind.name, filled=filled["sets"], megabytes_per_s=speed, worst_of_two_seconds=worst, longest_turn_us=longest, target=target, holds=holds,
               turns=turns, runs=runs)
