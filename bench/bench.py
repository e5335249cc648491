#!/usr/bin/env python3
"""Compares Ringtail with memcached on this machine: ./ringtail bench TABLE [options].

Servers are started here, on loopback, one after the other or side by side, and ended again.  Tables compare
distributions of interleaved rounds; every figure has its 95 % interval, its target and whether that holds
(a question mark: the interval reaches over the target).  Exit codes: 0; 1 a server lost data, gave a wrong
reply or ended; 64 usage; 69 a program that is needed is missing.
"""
import argparse
import os
import sys

import running
import table_cpu
import table_forward
import table_http
import table_latency
import table_memory
import table_misses
import table_pauses

TABLES = {
    "cpu": (table_cpu, "the server's CPU time per key"),
    "http": (table_http, "the HTTP side port's CPU time per request, over a fixed answer's"),
    "latency": (table_latency, "percentiles at fixed rates"),
    "memory": (table_memory, "overhead, items held, resident size, connections, start"),
    "forward": (table_forward, "a command for another node's key, over twemproxy"),
    "pauses": (table_pauses, "the longest turn of an event loop during a large fill"),
    "misses": (table_misses, "misses of synthetic workloads at the same -m"),
}


class Parser(argparse.ArgumentParser):
    """Usage mistakes exit with 64, as everywhere in Ringtail."""

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(64, f"{self.prog}: {message}\n")


def parser():
    top = Parser(prog="ringtail bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tables = top.add_subparsers(metavar="TABLE", required=True)
    for name, (table, about) in TABLES.items():
        sub = tables.add_parser(name, help=about, description=table.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        sub.add_argument("--memcached", metavar="PATH", action="append", help="a memcached to compare with; may be repeated (memcached)")
        sub.add_argument("--ringtail", metavar="PATH", action="append", help="a Ringtail launcher; may be repeated (this one)")
        sub.add_argument("--transport", metavar="NAME", action="append", help="of Ringtail: auto, epoll, io_uring or nio; may be repeated (auto)")
        sub.add_argument("--json", metavar="FILE", help="write the JSON there instead of on the last line")
        table.add_options(sub)
        sub.set_defaults(measure=table.measure)
    return top


def main(words):
    top = parser()
    if not words:
        top.print_help()
        return 0
    options = top.parse_args(words)
    try:
        running.require_linux()
        running.mcload()
        options.kinds = [running.memcached_kind(path) for path in options.memcached or ["memcached"]]
        options.kinds += running.ringtail_kinds(options.ringtail or [os.path.join(running.HOME, "ringtail")], options.transport or ["auto"])
        report = options.measure(options)
        return report.end(options.json)
    except ValueError as mistake:
        print(f"bench: {mistake}", file=sys.stderr)
        return 64
    except running.Unavailable as missing:
        print(f"bench: {missing}", file=sys.stderr)
        return 69
    except KeyboardInterrupt:
        print("bench: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
