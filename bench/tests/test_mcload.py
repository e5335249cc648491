"""mcload finds what servers do wrong: each test is a small server with one flaw."""
import json
import socketserver
import subprocess
import threading
import unittest

import running


class Flawed(socketserver.ThreadingTCPServer):
    """Speaks as much of the text protocol as mcload uses; flaw(reply, key) may change what a get says."""
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, flaw=lambda reply, key: reply, forgets=lambda key: False):
        super().__init__(("127.0.0.1", 0), Connection)
        self.flaw, self.forgets, self.items = flaw, forgets, {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """mcload goes away at the end of its time, with replies under way."""

    def value(self, key):
        if key not in self.items or self.forgets(key):
            return None
        return self.items[key]


class Connection(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            words = line.split()
            reply = b""
            if words[0] == b"set":
                value = self.rfile.read(int(words[4]) + 2)[:-2]
                self.server.items[words[1]] = value
                reply = b"" if words[-1] == b"noreply" else b"STORED\r\n"
            elif words[0] == b"delete":
                reply = b"DELETED\r\n" if self.server.items.pop(words[1], None) is not None else b"NOT_FOUND\r\n"
            elif words[0] == b"get":
                for key in words[1:]:
                    value = self.server.value(key)
                    if value is not None:
                        reply += self.server.flaw(b"VALUE %s 0 %d\r\n%s\r\n" % (key, len(value), value), key)
                reply += b"END\r\n"
            elif words[0] == b"mg":
                value = self.server.value(words[1])
                reply = b"EN\r\n" if value is None else self.server.flaw(b"VA %d\r\n%s\r\n" % (len(value), value), words[1])
            elif words[0] == b"version":
                reply = b"VERSION 0\r\n"
            self.wfile.write(reply)


def mcload(server, *words):
    done = subprocess.run([running.mcload(), "-p", str(server.server_address[1]), *words], capture_output=True, text=True, timeout=60)
    return done.returncode, json.loads(done.stdout) if done.stdout else None


class McloadTest(unittest.TestCase):
    KEYS = ["-k", "300", "-v", "20:3000"]
    RUN = [*KEYS, "-c", "3", "-d", "0.2"]

    def loaded(self, **flaws):
        server = Flawed(**flaws)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.assertEqual(0, mcload(server, "-l", *self.KEYS)[0])
        return server

    def test_an_honest_server_passes_in_every_mode(self):
        server = self.loaded()
        for mode in (["-m", "get", "-P", "5"], ["-m", "mg"], ["-m", "mget", "-g", "7"], ["-m", "set"], ["-m", "mixed", "-z", "0.99"], ["-m", "mixed", "-r", "200"]):
            code, result = mcload(server, *self.RUN, *mode)
            self.assertEqual((0, 0, 0), (code, result["misses"], result["wrong"]), mode)
            self.assertGreater(result["hits"] + result["sets"], 0)
        self.assertEqual((0, 300, 0), (lambda code, found: (code, found["hits"], found["misses"]))(*mcload(server, "-C", *self.KEYS)))

    def test_misses_are_counted_in_every_mode(self):
        server = self.loaded(forgets=lambda key: key.endswith(b"7"))
        for mode in ("get", "mg", "mget", "mixed"):
            code, result = mcload(server, *self.RUN, "-m", mode)
            self.assertEqual(0, code)
            self.assertGreater(result["misses"], 0, mode)
        self.assertEqual(30, mcload(server, "-C", *self.KEYS)[1]["misses"])

    def test_keys_that_nobody_set_are_not_misses(self):
        code, result = mcload(self.loaded(), *self.RUN, "-m", "mget", "-M", "0.5")
        self.assertEqual((0, 0), (code, result["misses"]))
        self.assertGreater(result["missed"], 0)

    def test_wrong_bytes_are_found_in_every_mode(self):
        def swapped(reply, key):
            return reply[:-3] + b"y\r\n" if key.endswith(b"7") else reply
        server = self.loaded(flaw=swapped)
        for mode in ("get", "mg", "mget", "mixed"):
            self.assertEqual(3, mcload(server, *self.RUN, "-m", mode)[0], mode)

    def test_the_value_of_another_key_is_found(self):
        def another(reply, key):
            head, value = reply.split(b"\r\n", 1)
            return head + b"\r\n" + value.replace(b"key:000", b"key:001", 1)
        self.assertEqual(3, mcload(self.loaded(flaw=another), *self.RUN, "-m", "get")[0])

    def test_another_length_is_found(self):
        def longer(reply, key):
            head, value = reply.split(b"\r\n", 1)
            words = head.split()
            words[-1] = b"%d" % (int(words[-1]) + 1)
            return b" ".join(words) + b"\r\nx" + value
        self.assertEqual(3, mcload(self.loaded(flaw=longer), *self.RUN, "-m", "get")[0])

    def test_a_reply_too_many_is_found(self):
        self.assertEqual(3, mcload(self.loaded(flaw=lambda reply, key: b"END\r\n" + reply), *self.RUN, "-m", "get")[0])

    def test_churn_of_an_honest_server_passes(self):
        code, result = mcload(self.loaded(), "-m", "churn", "-b", "500000", "-k", "5000", "-w", "200", "-v", "50:500", "-e")
        self.assertEqual((0, 0), (code, result["misses"]))
        self.assertGreater(result["deleted"], 0)
        self.assertGreaterEqual(result["set_bytes"], 500000)

    def test_churn_finds_lost_items(self):
        code, result = mcload(self.loaded(forgets=lambda key: key.endswith(b"7")), "-m", "churn", "-b", "500000", "-k", "5000", "-v", "50:500", "-e")
        self.assertEqual(0, code)
        self.assertGreater(result["misses"], 0)

    def test_a_stall_is_in_the_latencies_of_an_open_loop(self):
        stalled = []

        def once(reply, key):
            if not stalled and len(stalls) > 50:
                stalled.append(key)
                threading.Event().wait(0.3)
            stalls.append(key)
            return reply
        stalls = []
        code, result = mcload(self.loaded(flaw=once), *self.KEYS, "-m", "get", "-c", "1", "-r", "200", "-d", "1")
        self.assertEqual(0, code)
        self.assertGreater(result["max_us"], 250_000)
        self.assertGreater(result["p99_us"], 200_000)
        self.assertEqual(200, result["hits"])

    def test_no_server_is_told(self):
        done = subprocess.run([running.mcload(), "-p", "1", "-d", "1"], capture_output=True, text=True, timeout=60)
        self.assertEqual(1, done.returncode)
        self.assertIn("connect", done.stderr)

    def test_bad_options_are_told(self):
        for words in (["-k", "0"], ["-m", "nothing"], ["-v", "9:1"], ["-K", "2", "-k", "1000"], ["-P", "0"]):
            self.assertEqual(64, subprocess.run([running.mcload(), *words], capture_output=True, timeout=60).returncode, words)
