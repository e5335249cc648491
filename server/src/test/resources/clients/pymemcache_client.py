"""pymemcache: the text protocol with its serializer, pools and hashing over servers."""
import sys
import time

from pymemcache import serde
from pymemcache.client.base import Client, PooledClient
from pymemcache.client.hash import HashClient
from pymemcache.exceptions import MemcacheClientError, MemcacheServerError

address = ("127.0.0.1", int(sys.argv[1]))


def check(expected, actual):
    if expected != actual:
        raise AssertionError(f"expected {expected!r}, got {str(actual)[:200]!r}")


def basics(client):
    client.flush_all(noreply=False)
    check(None, client.get("a"))
    check("none", client.get("a", "none"))
    check(True, client.set("a", "1", noreply=False))
    check(b"1", client.get("a"))
    check(False, client.add("a", "2", noreply=False))
    check(True, client.add("b", "2", noreply=False))
    check(True, client.replace("b", "3", noreply=False))
    check(False, client.replace("c", "3", noreply=False))
    check(True, client.append("b", "4", noreply=False))
    check(True, client.prepend("b", "2", noreply=False))
    check(b"234", client.get("b"))
    check(235, client.incr("b", 1))
    check(200, client.decr("b", 35))
    check(None, client.incr("none", 1))
    check(True, client.touch("b", 100, noreply=False))
    check(False, client.touch("none", 100, noreply=False))
    check({"a": b"1", "b": b"200"}, client.get_many(["a", "b", "c"]))
    check(True, client.delete("a", noreply=False))
    check(False, client.delete("a", noreply=False))


def compare_and_set(client):
    client.set("cas", "1", noreply=False)
    value, unique = client.gets("cas")
    check(b"1", value)
    check(True, client.cas("cas", "2", unique))
    check(False, client.cas("cas", "3", unique))
    check(None, client.cas("none", "3", unique))
    check(["cas"], list(client.gets_many(["cas", "none"])))


def without_replies(client):
    for i in range(100):
        client.set(f"quiet{i}", str(i), noreply=True)
    client.incr("quiet7", 3, noreply=True)
    client.delete("quiet8", noreply=True)
    check(99, len(client.get_many([f"quiet{i}" for i in range(100)])))
    check(b"10", client.get("quiet7"))


def many(client):
    values = {f"many{i}": b"x" * i * 7 for i in range(500)}
    check([], client.set_many(values, noreply=False))
    check(values, client.get_many(list(values)))
    check(True, client.delete_many(list(values), noreply=False))
    check({}, client.get_many(list(values)))


def large(client):
    for size in (1000, 16384, 100_000, 524_288, 1_000_000):
        value = bytes(i * 31 & 255 for i in range(256)) * (size // 256) + b"e" * (size % 256)
        check(True, client.set("large", value, noreply=False))
        check(value, client.get("large"))
    try:
        client.set("large", b"x" * 1_100_000, noreply=False)
        raise AssertionError("a value above the limit was stored")
    except MemcacheServerError as e:
        check(True, b"too large" in e.args[0])
    check(None, client.get("large"))


def expires(client):
    client.set("short", "x", expire=1, noreply=False)
    end = time.monotonic() + 60
    while client.get("short") is not None:
        check(True, time.monotonic() < end)
        time.sleep(0.05)
    client.set("gone", "x", expire=-1, noreply=False)
    check(None, client.get("gone"))
    client.set("absolute", "x", expire=int(time.time()) + 1000, noreply=False)
    check(b"x", client.get("absolute"))


def administration(client):
    check(2, client.version().count(b"."))
    stats = client.stats()
    check(True, stats[b"curr_items"] > 0 and stats[b"threads"] > 0)
    check(True, b"maxbytes" in client.stats("settings"))
    check(True, client.cache_memlimit(64))


def mistakes(client):
    client.set("text", "abc", noreply=False)
    for wrong in (lambda: client.incr("text", 1), lambda: client.incr("text", "x")):
        try:
            wrong()
            raise AssertionError("a mistake was not noticed")
        except MemcacheClientError:
            pass
    check(b"abc", client.get("text"))


client = Client(address, connect_timeout=60, timeout=60)
for part in (basics, compare_and_set, without_replies, many, large, expires, administration, mistakes):
    part(client)
client.quit()

basics(PooledClient(address, max_pool_size=4, timeout=60))
basics(HashClient([address], timeout=60))

typed = Client(address, serde=serde.pickle_serde, timeout=60)
for value in ({"a": [1, 2.5, None]}, "t\u00e9xt", b"bytes", 12345, 2 ** 70):
    typed.set("typed", value, noreply=False)
    check(value, typed.get("typed"))
unicode = Client(address, allow_unicode_keys=True, timeout=60)
unicode.set("schl\u00fcssel\u2713", "x", noreply=False)
check(b"x", unicode.get("schl\u00fcssel\u2713"))
print("ok")
