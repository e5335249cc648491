# The owners of KEYS keys on a ketama ring, as libmemcached's weighted ketama gives them; one letter
# for each key. Arguments: KEYS, then HOST:PORT:WEIGHT for each server.
import ctypes
import sys

KETAMA_WEIGHTED = 16

library = ctypes.CDLL("libmemcached.so.11")
library.memcached_create.restype = ctypes.c_void_p
library.memcached_create.argtypes = [ctypes.c_void_p]
library.memcached_behavior_set.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint64]
library.memcached_server_add_with_weight.argtypes = [
    ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint16, ctypes.c_uint32]
library.memcached_generate_hash.restype = ctypes.c_uint32
library.memcached_generate_hash.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]

client = library.memcached_create(None)
assert library.memcached_behavior_set(client, KETAMA_WEIGHTED, 1) == 0
for server in sys.argv[2:]:
    host, port, weight = server.rsplit(":", 2)
    assert library.memcached_server_add_with_weight(
        client, host.encode(), int(port), int(weight)) == 0

owners = []
for number in range(int(sys.argv[1])):
    key = b"user:%d" % number
    owners.append(chr(ord("A") + library.memcached_generate_hash(client, key, len(key))))
print("".join(owners))
