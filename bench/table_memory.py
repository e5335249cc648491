"""bench memory: what items, connections and the process itself take, Ringtail's beside memcached's.

overhead     bytes of the limit an item takes beyond key and value, once the servers are full (-m below)
fill         items held then; each key is read back, and what a server counts must be there
churn        items held after five capacities of sets: values of 50 to 500 bytes, 30 % of the sets overwrite,
             one delete for every nine sets; sets are read back in between and must be there
resident     fill and churn with Ringtail's -m chosen so that its resident size, JVM and all, is memcached's
idle         resident size with -m 64, three seconds after the start
connections  resident size with many connections, after one get on each and a collection, less that with
             none, divided
start        seconds from the start of the process to its first reply, median
"""
import json
import time

import figures
import running
from report import Report, wanted
from table_cpu import names_of

MIB = 1 << 20
SHAPES = [(10, 10), (10, 100), (38, 230), (16, 1000)]
GOAL_SHAPE = (10, 100)
OVERHEAD_TARGET, OVERHEAD_AIM = 24, 16
FILL_TARGET, FILL_AIM = 1.4, 1.6
CHURN_TARGET, CHURN_FROM, CHURN_TO, CHURN_KEY, CAPACITIES = 1.25, 50, 500, 10, 5
IDLE_TARGET_MIB, CONNECTION_TARGET_BYTES, START_TARGET_SECONDS = 90, 4096, 0.5
LEAST_OVERHEAD = 8
MORE_THAN_FITS = 1.2
UNCOUNTED_SHARE = 0.001
EQUAL_SHARE = 0.005
RESIDENT_TRIES = 4
SETTLE_SECONDS = 3
PASS_SECONDS = 200


def add_options(parser):
    parser.add_argument("--rows", metavar="LIST", default=",".join(ROWS), help="(%(default)s)")
    parser.add_argument("-m", "--megabytes", type=int, default=256, help="-m for overhead, fill and churn (%(default)s)")
    parser.add_argument("--resident-megabytes", type=int, default=512, help="memcached's -m for resident (%(default)s)")
    parser.add_argument("--connections", type=int, default=10000, help="(%(default)s)")
    parser.add_argument("--starts", type=int, default=7, help="starts of each server (%(default)s)")


def measure(options):
    report = Report("memory", options)
    report.head(("row", -12), ("", -14), ("server", -24), ("", 12), ("memcached", -17), ("", 12), ("ratio", 6), ("target (aim)", -14), ("holds", -5))
    for name in names_of(options.rows, ROWS, "row"):
        try:
            ROWS[name](report, options)
        except running.Failure as problem:
            report.fail(name, problem)
    return report


def emit(report, row, of, servers, target=None, aim=None, least=False, of_ratio=False, digits=0, goal=True):
    """servers: {kind: figure}; each Ringtail beside each memcached. Targets bind Ringtail's figure, or the ratio."""
    for kind, figure in servers.items():
        for other, base in servers.items():
            if not kind.is_ringtail or other.is_ringtail:
                continue
            judged = figure / base if of_ratio else figure
            exact = dict(ratio=judged, low=judged, high=judged)
            holds = figures.verdict(exact, target if goal else None, least)
            report.line(row, of, kind.name, f"{figure:.{digits}f}", other.name, f"{base:.{digits}f}", f"{figure / base:.2f}",
                        wanted(target, aim, least) if goal else "", holds)
            report.add(row=row, of=of, server=kind.name, figure=figure, memcached=other.name, memcached_figure=base, ratio=figure / base,
                       target=target if goal else None, aim=aim if goal else None, holds=holds)


# --- overhead and fill ---------------------------------------------------------------------------
def filled(kind, megabytes, key, value):
    """(items held, resident KiB) of a full server; fails where it counts items that are not there."""
    keys = int(MORE_THAN_FITS * megabytes * MIB / (key + value + LEAST_OVERHEAD))
    words = ["-k", keys, "-K", key, "-v", value, "-e"]
    with running.Server(kind, megabytes) as server:
        load = running.Load(server, timeout=PASS_SECONDS)
        load.fill(*words)
        return held(server, load, words)


def held(server, load, words):
    resident, counted = server.resident_kib(), server.items()
    there = load.once("-C", *words)["hits"]
    if abs(counted - there) > counted * UNCOUNTED_SHARE:
        raise running.Failure(f"{server.kind.name} counts {counted} items, and {there} are there")
    return there, resident


def overhead(report, options):
    fill_rows(report, options, with_overhead=True)


def fill(report, options):
    fill_rows(report, options, with_overhead=False)


_filled = {}


def fill_rows(report, options, with_overhead):
    for key, value in SHAPES:
        for kind in options.kinds:
            if (kind, key, value) not in _filled:
                _filled[kind, key, value] = filled(kind, options.megabytes, key, value)[0]
        items = {kind: _filled[kind, key, value] for kind in options.kinds}
        of, goal = f"{key}/{value}", (key, value) == GOAL_SHAPE
        if with_overhead:
            limit = options.megabytes * MIB
            emit(report, "overhead", of, {kind: limit / count - key - value for kind, count in items.items()}, OVERHEAD_TARGET, OVERHEAD_AIM, digits=1, goal=goal)
        else:
            emit(report, "fill", of, items, FILL_TARGET, FILL_AIM, least=True, of_ratio=True, goal=goal)


# --- churn ---------------------------------------------------------------------------------------
def churned(kind, megabytes, volume_megabytes):
    """(items held, resident KiB) after five times the volume of sets."""
    mean = (CHURN_FROM + CHURN_TO) / 2 + CHURN_KEY
    volume = CAPACITIES * volume_megabytes * MIB
    words = ["-K", CHURN_KEY, "-v", f"{CHURN_FROM}:{CHURN_TO}", "-e"]
    with running.Server(kind, megabytes) as server:
        load = running.Load(server, timeout=PASS_SECONDS)
        done = load.once("-m", "churn", "-b", volume, "-k", int(volume / mean) + 1000, "-w", int(volume_megabytes * MIB / (mean + 100) / 2), *words)
        if done["misses"]:
            raise running.Failure(f"{kind.name} lost {done['misses']} of {done['misses'] + done['hits']} items that had just been set")
        return held(server, load, words + ["-k", done["keys"]])


def churn(report, options):
    items = {kind: churned(kind, options.megabytes, options.megabytes)[0] for kind in options.kinds}
    emit(report, "churn", "50 to 500", items, CHURN_TARGET, None, least=True, of_ratio=True)


# --- at equal resident size ----------------------------------------------------------------------
def resident(report, options):
    megabytes = options.resident_megabytes
    key, value = GOAL_SHAPE
    works = [("fill", f"fill {key}/{value}", FILL_TARGET, lambda kind, m: filled(kind, m, key, value)),
             ("churn", "churn", CHURN_TARGET, lambda kind, m: churned(kind, m, megabytes))]
    for _, of, target, work in works:
        for base in [kind for kind in options.kinds if not kind.is_ringtail]:
            count, size = work(base, megabytes)
            for kind in [kind for kind in options.kinds if kind.is_ringtail]:
                chosen, other, resident_kib = at_resident_size(work, kind, megabytes, size)
                report.say(f"resident: {kind.name} -m {chosen} has {resident_kib // 1024} MiB, {base.name} -m {megabytes} has {size // 1024} MiB")
                emit(report, "resident", of, {kind: other, base: count}, target, None, least=True, of_ratio=True)


def at_resident_size(work, kind, megabytes, size_kib):
    """(-m, items, resident KiB) at the largest resident size found that is not above the given one."""
    chosen, best = megabytes - 64, None
    for _ in range(RESIDENT_TRIES):
        count, resident_kib = work(kind, chosen)
        if resident_kib <= size_kib * (1 + EQUAL_SHARE) and (best is None or resident_kib > best[2]):
            best = chosen, count, resident_kib
        if abs(resident_kib - size_kib) <= size_kib * EQUAL_SHARE:
            break
        chosen += round((size_kib - resident_kib) / 1024)
        if chosen < 1:
            break
    if best is None:
        raise running.Failure(f"{kind.name} does not get down to {size_kib // 1024} MiB")
    return best


# --- the process itself --------------------------------------------------------------------------
def idle(report, options):
    sizes = {}
    for kind in options.kinds:
        with running.Server(kind, 64) as server:
            time.sleep(SETTLE_SECONDS)
            sizes[kind] = server.resident_kib() / 1024
    emit(report, "idle", "MiB", sizes, IDLE_TARGET_MIB, digits=1)


def connections(report, options):
    sizes = {kind: bytes_of_connection(kind, options.connections) for kind in options.kinds}
    emit(report, "connections", f"{options.connections}, bytes", sizes, CONNECTION_TARGET_BYTES)


def bytes_of_connection(kind, count):
    with running.Server(kind, 64, connections=count + 100) as server:
        load = running.Load(server)
        load.fill("-k", 1)
        load.verify("-k", 1)
        none = settled_kib(server)
        process = load.start("-H", "-k", 1, "-c", count, stdin=running.subprocess.PIPE)
        line = process.stdout.readline()
        if not line:
            load.finish(process)
            raise running.Failure(f"{kind.name}: {count} connections could not be opened")
        opened = json.loads(line)
        if opened["misses"] or opened["wrong"]:
            raise running.Failure(f"{kind.name}: {opened}")
        many = settled_kib(server)
        process.stdin.close()
        process.wait(running.STOP_SECONDS)
        process.stdout.close()
        process.stderr.close()
        return (many - none) * 1024 / count


def settled_kib(server):
    if server.kind.is_ringtail:
        server.jcmd("GC.run")
    time.sleep(1)
    return server.resident_kib()


def start(report, options):
    seconds = {kind: [] for kind in options.kinds}
    for _ in range(options.starts):
        for kind in options.kinds:
            with running.Server(kind, 64) as server:
                seconds[kind].append(server.start_seconds)
    emit(report, "start", "s", {kind: figures.median(each) for kind, each in seconds.items()}, START_TARGET_SECONDS, digits=3)


ROWS = {"overhead": overhead, "fill": fill, "churn": churn, "resident": resident, "idle": idle, "connections": connections, "start": start}
