"""Servers and loads of bench: started on loopback, pinned, ended, and their failures told in a sentence."""
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = os.path.dirname(HERE)
READY_SECONDS = 60
STOP_SECONDS = 30
OPEN_FILES = 65536
DISTURBED = 0.15


class Unavailable(Exception):
    """Something that bench needs is not here."""


class Failure(Exception):
    """A server lost data, gave a wrong reply, or ended."""


# --- processors ---------------------------------------------------------------------------------
def processors():
    """(for the server, for the load): one each; the same where there is only one."""
    allowed = sorted(os.sched_getaffinity(0))
    return {allowed[0]}, {allowed[-1]}


def machine():
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown")
    with open("/proc/meminfo") as file:
        total = int(file.readline().split()[1]) // 1024
    return dict(processors=len(os.sched_getaffinity(0)), model=model, memory_mib=total, kernel=os.uname().release)


def available_mib():
    with open("/proc/meminfo") as file:
        return next(int(line.split()[1]) // 1024 for line in file if line.startswith("MemAvailable"))


def busy_seconds():
    """CPU time of all processors that was not idle, in seconds since the machine's start."""
    with open("/proc/stat") as file:
        ticks = [int(word) for word in file.readline().split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


# --- programs -----------------------------------------------------------------------------------
def require_linux():
    if sys.platform != "linux":
        raise Unavailable("bench reads /proc and pins processes to processors: it runs on Linux only.")


def memcached_path(given):
    path = shutil.which(given)
    if not path:
        where = "on the PATH" if os.sep not in given else "at that place"
        raise Unavailable(f"There is no {given} {where}: install the package memcached, or name another with --memcached PATH.")
    return path


def output_folder():
    """Where bench may write: beside the build's own output, or in a folder of the user's."""
    for folder in (os.path.join(HOME, "target", "bench"), os.path.join(tempfile.gettempdir(), f"ringtail-bench-{os.getuid()}")):
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
        except OSError:
            continue
    raise Unavailable(f"Neither {HOME} nor {tempfile.gettempdir()} can be written to.")


def mcload():
    return compiled("mcload")


def compiled(tool):
    """A load generator's path; compiled where its source is new."""
    source = os.path.join(HERE, f"{tool}.c")
    with open(source, "rb") as file:
        name = f"{tool}-" + hashlib.sha256(file.read()).hexdigest()[:12]
    program = os.path.join(output_folder(), name)
    if not os.path.exists(program):
        compiler = shutil.which("gcc") or shutil.which("cc")
        if not compiler:
            raise Unavailable("The load generator is compiled on first use, and there is no gcc on the PATH: install the packages gcc and libc6-dev.")
        made = f"{program}.{os.getpid()}"
        done = subprocess.run([compiler, "-O2", "-o", made, source, "-lm"], capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise Unavailable(f"{source} does not compile: {done.stderr.strip()[:500]}")
        os.replace(made, program)
    return program


def prepare_ringtail(path):
    """Builds it where its sources changed, so that nothing is built while it is measured."""
    try:
        done = subprocess.run([path, "serve", "--version"], capture_output=True, text=True, timeout=600)
    except OSError as e:
        raise Unavailable(f"{path} cannot be started: {e.strerror}.")
    if done.returncode:
        raise Unavailable(f"{path} cannot be started: {(done.stderr or done.stdout).strip()[-500:]}")
    return done.stdout.strip()


# --- servers ------------------------------------------------------------------------------------
class Kind:
    """A server to compare: its name, and its command but for port and sizes."""

    def __init__(self, name, command, is_ringtail, version=""):
        self.name, self.command, self.is_ringtail, self.version = name, command, is_ringtail, version

    def with_options(self, *options):
        return Kind(self.name, self.command + list(options), self.is_ringtail, self.version)


def memcached_kind(given):
    path = memcached_path(given)
    done = subprocess.run([path, "-V"], capture_output=True, text=True, timeout=10)
    version = done.stdout.split()[-1] if done.stdout.split() else "unknown"
    command = [path, "-l", "127.0.0.1", "-U", "0"]
    if os.geteuid() == 0:
        command += ["-u", "root"]
    return Kind(f"memcached {version}", command, False, version)


def ringtail_kinds(paths, transports):
    kinds = []
    for path in paths:
        version = prepare_ringtail(path)
        for transport in transports:
            name = "ringtail"
            if len(paths) > 1:
                name += f" {path}"
            if transport != "auto" or len(transports) > 1:
                name += f" {transport}"
            kinds.append(Kind(name, [path, "serve", "--transport", transport], True, version))
    return kinds


def is_newer(version, than):
    """Whether 1.6.45 is newer than 1.6.18, numerically."""
    numbers = [[int(part) for part in text.split(".") if part.isdigit()] for text in (version, than)]
    return numbers[0] > numbers[1]


def free_port():
    """Below those that the system gives to clients: none takes it before the server does."""
    while True:
        port = random.randrange(15000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def _raise_open_files():
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def pinned(cpus):
    def before_start():
        os.sched_setaffinity(0, cpus)
        _raise_open_files()
    return before_start


class Server:
    """One running server; a context manager that ends it."""

    def __init__(self, kind, megabytes, threads=1, cpus=None, connections=1024, options=(), port=None):
        self.kind, self.port = kind, port or free_port()
        self.command = kind.command + ["-p", str(self.port), "-m", str(megabytes), "-t", str(threads), "-c", str(connections), *options]
        self.errors = tempfile.TemporaryFile()
        self.started = time.monotonic()
        try:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.errors,
                                            preexec_fn=pinned(cpus or processors()[0]))
        except OSError as e:
            raise Unavailable(f"{self.command[0]} cannot be started: {e.strerror}.")
        self.pid = self.process.pid
        try:
            self._await_reply()
        except BaseException:
            self.stop()
            raise
        self.start_seconds = time.monotonic() - self.started

    def _await_reply(self):
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            self.check_alive()
            try:
                if self.ask(b"version\r\n", b"\r\n", 5).startswith(b"VERSION "):
                    return
            except OSError:
                time.sleep(0.002)
        raise Failure(f"{self.kind.name} did not answer within {READY_SECONDS} s: {self.said()}")

    def said(self):
        self.errors.seek(0)
        return self.errors.read()[-500:].decode(errors="replace").strip() or "it said nothing"

    def check_alive(self):
        if self.process.poll() is not None:
            raise Failure(f"{self.kind.name} ended with {self.process.returncode}: {self.said()}")

    def ask(self, request, end, seconds=10):
        """The reply to one request, up to and with its end; 1 MiB at most."""
        with socket.create_connection(("127.0.0.1", self.port), seconds) as connection:
            connection.sendall(request)
            reply = b""
            while not reply.endswith(end):
                part = connection.recv(65536)
                if not part or len(reply) > 1 << 20:
                    raise ConnectionError(f"{self.kind.name} gave no whole reply to {request!r}")
                reply += part
            return reply

    def stats(self, of=""):
        lines = self.ask(f"stats {of}".strip().encode() + b"\r\n", b"END\r\n").decode().split("\r\n")
        return dict(line.split(" ", 2)[1:] for line in lines if line.startswith("STAT ") and line.count(" ") >= 2)

    def items(self):
        return int(self.stats()["curr_items"])

    def resident_kib(self):
        with open(f"/proc/{self.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))

    def jcmd(self, *words):
        """What jcmd of the virtual machine's own JDK says; only for Ringtail."""
        tool = os.path.join(os.path.dirname(os.readlink(f"/proc/{self.pid}/exe")), "jcmd")
        if not os.path.exists(tool):
            raise Unavailable(f"{tool} is missing: collections are asked for through it, so a whole JDK is needed.")
        done = subprocess.run([tool, str(self.pid), *words], capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise Unavailable(f"{tool} {' '.join(words)} failed: {(done.stderr or done.stdout).strip()[:300]}")
        return done.stdout

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(STOP_SECONDS)
        self.errors.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


# --- loads --------------------------------------------------------------------------------------
class Load:
    """mcload against one server; every run checks each reply, and fails with what was wrong."""

    def __init__(self, server, cpus=None, timeout=100):
        self.server, self.cpus, self.timeout = server, cpus or processors()[1], timeout

    def command(self, *words):
        return [mcload(), "-p", str(self.server.port), *map(str, words)]

    def start(self, *words, **streams):
        return subprocess.Popen(self.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                preexec_fn=pinned(self.cpus), **streams)

    def finish(self, process, timeout=None):
        try:
            out, errors = process.communicate(timeout=timeout or self.timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Failure(f"{self.server.kind.name}: the load did not end within {timeout or self.timeout} s")
        if process.returncode:
            self.server.check_alive()
            raise Failure(f"{self.server.kind.name}: {errors.strip() or out.strip()}")
        return json.loads(out)

    def once(self, *words, timeout=None):
        return self.finish(self.start(*words), timeout)

    def fill(self, *words, timeout=None):
        """Sets each key once."""
        return self.once("-l", *words, timeout=timeout)

    def verify(self, *words, timeout=None):
        """Gets each key once; all of them must be there."""
        found = self.once("-C", *words, timeout=timeout)
        if found["misses"]:
            raise Failure(f"{self.server.kind.name} lost {found['misses']} of {found['misses'] + found['hits']} keys that were set")
        return found

    def run(self, seconds, *words, may_miss=False):
        """A timed run with the server's CPU time; keys that were set must be there unless they may be evicted.

        "others" is the CPU time a second that neither server nor load spent: other processes, and the host's.
        """
        busy = busy_seconds()
        done = self.once("-i", self.server.pid, "-d", seconds, *words, timeout=seconds + 40)
        done["others"] = (busy_seconds() - busy) / done["seconds"] - done["server_util"] - done["load_util"]
        if done["misses"] and not may_miss:
            raise Failure(f"{self.server.kind.name} lost keys: {done['misses']} misses of keys that were set")
        return done


def rounds(count, one_round):
    """(results of so many rounds, how many were dropped): one_round(number) gives a list of runs.

    A round in which other processes took more than DISTURBED of a processor is measured again; once half as
    many as were asked for have been dropped, all are taken as they are.
    """
    taken, dropped, number = [], 0, 0
    while len(taken) < count:
        runs = one_round(number)
        number += 1
        if dropped < (count + 1) // 2 and any(run["others"] > DISTURBED for run in runs):
            dropped += 1
        else:
            taken.append(runs)
    return taken, dropped
