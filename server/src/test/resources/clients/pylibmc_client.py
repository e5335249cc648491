"""pylibmc: libmemcached with the text and the binary protocol."""
import sys
import time

import pylibmc

server = "127.0.0.1:" + sys.argv[1]


def check(expected, actual):
    if expected != actual:
        raise AssertionError(f"expected {expected!r}, got {str(actual)[:200]!r}")


def answered(request):
    """Text and binary say by other codes that a key is not there."""
    try:
        return request()
    except pylibmc.NotFound:
        return False


def exercise(client, binary):
    check(True, client.flush_all())
    check(None, client.get("a"))
    check(True, client.set("a", "one"))
    check("one", client.get("a"))
    check(False, client.add("a", "two"))
    check(True, client.add("b", 5))
    check(True, client.replace("b", 7))
    check(False, answered(lambda: client.replace("none", 7)))
    check(8, client.incr("b"))
    check(5, client.decr("b", 3))
    check(0, client.decr("b", 100))
    check(False, answered(lambda: client.incr("none")))
    check(True, client.set("bytes", b"mid"))
    check(True, client.append("bytes", b">"))
    check(True, client.prepend("bytes", b"<"))
    check(b"<mid>", client.get("bytes"))
    check(True, client.touch("a", 100))
    check(True, client.delete("a"))
    check(False, client.delete("a"))

    values = {f"many{i}": "v" * i for i in range(300)}
    check([], client.set_multi(values))
    check(values, client.get_multi(list(values) + ["none"]))
    check(True, client.delete_multi(list(values)))
    check({}, client.get_multi(list(values)))
    check([], client.set_multi({"1": 1, "2": 2}, key_prefix="p:"))
    check({"1": 1, "2": 2}, client.get_multi(["1", "2"], key_prefix="p:"))

    for value in (b"", b"\0\r\n\xff", "t\u00e9xt", 10 ** 15, True, [1, {"k": None}], "x" * 900_000):
        check(True, client.set("typed", value))
        check(value, client.get("typed"))
    check(True, client.set("packed", "x" * 2_000_000, min_compress_len=1000))
    check("x" * 2_000_000, client.get("packed"))
    try:
        client.set("huge", bytes(range(256)) * 8000)
        raise AssertionError("a value above the limit was stored")
    except pylibmc.Error:
        pass

    client.set("short", "x", time=1)
    end = time.monotonic() + 60
    while client.get("short") is not None:
        check(True, time.monotonic() < end)
        time.sleep(0.05)

    name, stats = client.get_stats()[0]
    check(True, int(stats["curr_items"]) > 0)


def compare_and_set(client):
    client.set("cas", "1")
    value, unique = client.gets("cas")
    check("1", value)
    check(True, client.cas("cas", "2", unique))
    check(False, client.cas("cas", "3", unique))
    check("2", client.get("cas"))


patient = {"connect_timeout": 60_000, "_poll_timeout": 60_000}

for binary in (False, True):
    for behaviors in ({}, {"tcp_nodelay": True, "no_block": True}, {"ketama": True, "buffer_requests": False}):
        client = pylibmc.Client([server], binary=binary, behaviors=patient | behaviors)
        exercise(client, binary)
    compare_and_set(pylibmc.Client([server], binary=binary, behaviors=patient | {"cas": True}))
    pool = pylibmc.ThreadMappedPool(pylibmc.Client([server], binary=binary, behaviors=patient))
    with pool.reserve() as pooled:
        check(True, pooled.set("pooled", 1))
    pool.relinquish()
print("ok")
