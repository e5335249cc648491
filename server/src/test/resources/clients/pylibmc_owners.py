# The owners of KEYS keys, as pylibmc's ketama_weighted asks for them; one letter for each key.
# Arguments: KEYS, then WEIGHT for each server. Starts its own servers, which answer every get with
# their letter, and prints their ports first.
import socket
import sys
import threading

import pylibmc


def serve(listener, letter):
    connection, _ = listener.accept()
    lines = connection.makefile("rb")
    for line in lines:
        words = line.split()
        if words[0] in (b"get", b"gets"):
            found = b"".join(b"VALUE %s 16 1\r\n%s\r\n" % (key, letter) for key in words[1:])
            connection.sendall(found + b"END\r\n")
        else:
            connection.sendall(b"VERSION 1.6.45\r\n")


def listen(letter):
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=serve, args=(listener, letter), daemon=True).start()
    return listener.getsockname()[1]


weights = [int(weight) for weight in sys.argv[2:]]
ports = [listen(b"%c" % (ord("A") + number)) for number in range(len(weights))]
print(" ".join(map(str, ports)))
client = pylibmc.Client(
    ["127.0.0.1:%d:%d" % pair for pair in zip(ports, weights)],
    behaviors={"ketama_weighted": True, "receive_timeout": 60000000, "send_timeout": 60000000})
keys = ["user:%d" % number for number in range(int(sys.argv[1]))]
owners = []
for start in range(0, len(keys), 1000):
    batch = keys[start:start + 1000]
    found = client.get_multi(batch)
    owners.extend(found[key] for key in batch)
print("".join(owners))
