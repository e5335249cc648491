#!/usr/bin/env python3
"""How many items two memcached-protocol servers hold in the same memory: filled, and after overwriting.

usage: density.py [--megabytes 64] [--key 10] [--value 100] 'COMMAND A with {port} {m}' 'COMMAND B with {port} {m}'
example: density.py 'memcached -u root -l 127.0.0.1 -U 0 -t 1 -m {m} -p {port}' './ringtail serve -t 1 -m {m} -p {port}'

Each server gets 1.5 times the keys that could ever fit, in order; then as many sets of random ones of
these keys as five times the items that it held.  curr_items is read after each.  Every 100th key that
is set is read back at once and must hold its value.  Prints a JSON object on the last line.
"""
import argparse, json, random, shlex, socket, subprocess, sys, time

HELD_BYTES = 1 << 16

class Server:
    def __init__(self, command, port, o):
        self.process = subprocess.Popen(shlex.split(command.format(port=port, m=o.megabytes)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.time() + 120
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), 60)
                break
            except OSError:
                if time.time() > end:
                    sys.exit(f"density: nothing listens on port {port}")
                time.sleep(0.05)
        self.file = self.socket.makefile("rb")
        self.o = o

    def key(self, number):
        return b"k%0*d" % (self.o.key - 1, number)

    def value(self, number):
        return (self.key(number) + b"|" + b"x" * self.o.value)[:self.o.value]

    def set_all(self, numbers):
        batch, size, checked = [], 0, []
        for i, number in enumerate(numbers):
            quiet = i % 100 != 0
            command = b"set %s 0 0 %d%s\r\n%s\r\n" % (self.key(number), self.o.value, b" noreply" if quiet else b"", self.value(number))
            batch.append(command)
            size += len(command)
            if not quiet:
                batch.append(b"get %s\r\n" % self.key(number))
                checked.append(number)
            if size > HELD_BYTES:
                self.exchange(batch, checked)
                batch, size, checked = [], 0, []
        self.exchange(batch, checked)

    def exchange(self, batch, checked):
        self.socket.sendall(b"".join(batch))
        for number in checked:
            want = [b"STORED\r\n", b"VALUE %s 0 %d\r\n" % (self.key(number), self.o.value), self.value(number) + b"\r\n", b"END\r\n"]
            got = [self.file.readline() for _ in want]
            if got != want:
                sys.exit(f"density: key {number} was set and is not there: {got}")

    def items(self):
        self.socket.sendall(b"stats\r\n")
        found = 0
        while (line := self.file.readline()) != b"END\r\n":
            if line.startswith(b"STAT curr_items "):
                found = int(line.split()[2])
        return found

def measure(name, command, port, o):
    server = Server(command, port, o)
    try:
        keys = int(1.5 * o.megabytes * (1 << 20) / (o.key + o.value))
        server.set_all(range(keys))
        filled = server.items()
        chosen = random.Random(1)
        server.set_all(chosen.randrange(keys) for _ in range(5 * filled))
        overwritten = server.items()
        per_item = o.megabytes * (1 << 20) / filled
        print(f"{name}: filled {filled} items ({per_item:.0f} bytes each), after five capacities of overwriting {overwritten}", flush=True)
        return filled, overwritten
    finally:
        server.process.terminate()
        server.process.wait(30)

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("a"); ap.add_argument("b")
    ap.add_argument("--megabytes", type=int, default=64)
    ap.add_argument("--key", type=int, default=10)
    ap.add_argument("--value", type=int, default=100)
    o = ap.parse_args()
    a, b = measure("A", o.a, 23113, o), measure("B", o.b, 23114, o)
    print(f"B/A filled {b[0] / a[0]:.2f}, overwritten {b[1] / a[1]:.2f}")
    print(json.dumps(dict(a=a, b=b, filled=b[0] / a[0], overwritten=b[1] / a[1])))

main()
