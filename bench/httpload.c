// httpload: gets one path after the other over HTTP/1.1 connections that stay open.
//
// One thread drives C connections over loopback in a closed loop.  The paths are PREFIX and a number; with
// -l their values are put first.  Every answer has to be a 200 whose body is the value of its key.
// With -i PID it also prints the CPU time that process spent per request (all its threads).
//
// build:  gcc -O2 -o httpload httpload.c
// use:    httpload -p 8080 -l -k 10000 -v 100
//         httpload -p 8080 -k 10000 -v 100 -c 50 -d 5 -i PID
//   -p PORT -c CONNECTIONS -P PIPELINE -d SECONDS -k KEYS -v BYTES of a value -u PREFIX -i PID -s SEED
//   -f      the answer is the same for all keys: only its length is looked at
// Prints one JSON object.  Exit codes: 0; 1 no server; 3 a wrong answer; 64 usage.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_SECONDS = 10, REQUEST = 512, HEAD = 4096, MOST_VALUE = 1 << 20 };
static struct { int port, conns, pipeline, keys, bytes, load, fixed, pid; double seconds; const char *prefix; } opt =
    {.port = 8080, .conns = 50, .pipeline = 1, .keys = 10000, .bytes = 100, .seconds = 5, .prefix = "/v1/keys/key:"};

static uint64_t rng = 88172645463325252ull;
static uint64_t next_random(void) { rng ^= rng << 13; rng ^= rng >> 7; rng ^= rng << 17; return rng; }
static int64_t now_ns(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000ll + t.tv_nsec; }
static void stop(int code, const char *what) { fprintf(stderr, "httpload: %s\n", what); exit(code); }
static void die(const char *what) { fprintf(stderr, "httpload: %s: %s\n", what, strerror(errno)); exit(1); }
static int64_t cpu_ns(int pid) {
    clockid_t clock;
    struct timespec t;
    if (!pid) return 0;
    if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &t)) stop(1, "the process of -i is not there");
    return t.tv_sec * 1000000000ll + t.tv_nsec;
}
static int64_t own_cpu_ns(void) { struct timespec t; clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); return t.tv_sec * 1000000000ll + t.tv_nsec; }

typedef struct { int fd, in_len, head, tail, *key; char *in, *out; } conn_t;

static int dial(void) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(opt.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval patience = {.tv_sec = PATIENCE_SECONDS};
    if (fd < 0) die("socket");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&a, sizeof a)) die("connect");
    return fd;
}
static int capacity(void) { return (HEAD + opt.bytes) * opt.pipeline; }
static void open_conn(conn_t *c) {
    *c = (conn_t){.fd = dial(), .in = malloc(capacity()), .out = malloc((REQUEST + opt.bytes) * opt.pipeline), .key = malloc(sizeof(int) * opt.pipeline)};
    if (!c->in || !c->out || !c->key) die("memory");
}
static void send_all(int fd, const char *b, int n) {
    for (int w; n > 0; b += w, n -= w) if ((w = write(fd, b, n)) <= 0) die("write");
}
static void put_value(char *to, int key) {
    int n = snprintf(to, opt.bytes + 1, "%d|", key);
    for (n = n < opt.bytes ? n : opt.bytes; n < opt.bytes; n++) to[n] = 'x';
}
static void send_batch(conn_t *c) {
    int n = 0;
    for (c->head = c->tail = 0; c->tail < opt.pipeline; c->tail++) {
        int key = c->key[c->tail] = next_random() % opt.keys;
        n += snprintf(c->out + n, REQUEST, "GET %s%d HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nUser-Agent: httpload\r\n\r\n", opt.prefix, key);
    }
    send_all(c->fd, c->out, n);
}
// The bytes of the first whole answer in the buffer; 0 while it is not all there.  Its body's place goes to *body.
static int answer(conn_t *c, int at, int status, int bytes, char **body) {
    char *from = c->in + at, *end = memmem(from, c->in_len - at, "\r\n\r\n", 4), expected[32];
    if (!end) return 0;
    *body = end + 4;
    snprintf(expected, sizeof expected, "HTTP/1.1 %d ", status);
    if (memcmp(from, expected, strlen(expected))) stop(3, "another status than wanted");
    if (bytes) {
        char *length = NULL;
        for (char *line = from; line < end && !length; line = (char *)memchr(line, '\n', end + 2 - line) + 1)
            if (!strncasecmp(line, "content-length: ", 16)) length = line + 16;
        if (!length || atoi(length) != bytes) stop(3, "another length than wanted");
    }
    int all = *body - from + bytes;
    return c->in_len - at < all ? 0 : all;
}
static void receive(conn_t *c) {
    if (c->in_len == capacity()) stop(3, "an answer is longer than any that was asked for");
    ssize_t got = read(c->fd, c->in + c->in_len, capacity() - c->in_len);
    if (got < 0) die("read");
    if (got == 0) stop(1, "the server closed a connection");
    c->in_len += got;
}
static void check(char *body, int key, const char *fixed) {
    char *expected = fixed ? (char *)fixed : malloc(opt.bytes + 1);
    if (!fixed) put_value(expected, key);
    if (memcmp(body, expected, opt.bytes)) stop(3, "another value than was put");
    if (!fixed) free(expected);
}
static void load_keys(void) {
    conn_t c;
    opt.pipeline = 1;
    open_conn(&c);
    for (int key = 0; key < opt.keys; key++) {
        char *body;
        int n = snprintf(c.out, REQUEST, "PUT %s%d HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n", opt.prefix, key, opt.bytes);
        char *value = malloc(opt.bytes + 1);
        put_value(value, key);
        memcpy(c.out + n, value, opt.bytes);
        free(value);
        send_all(c.fd, c.out, n + opt.bytes);
        c.in_len = 0;
        do receive(&c); while (!answer(&c, 0, 204, 0, &body));
    }
    printf("{\"puts\":%d}\n", opt.keys);
}
int main(int argc, char **argv) {
    for (int o; (o = getopt(argc, argv, "p:c:P:d:k:v:u:i:s:lf")) != -1;) switch (o) {
        case 'p': opt.port = atoi(optarg); break;
        case 'c': opt.conns = atoi(optarg); break;
        case 'P': opt.pipeline = atoi(optarg); break;
        case 'd': opt.seconds = atof(optarg); break;
        case 'k': opt.keys = atoi(optarg); break;
        case 'v': opt.bytes = atoi(optarg); break;
        case 'u': opt.prefix = optarg; break;
        case 'i': opt.pid = atoi(optarg); break;
        case 's': rng += 0x9e3779b97f4a7c15ull * (uint64_t)(atoi(optarg) + 1); break;
        case 'l': opt.load = 1; break;
        case 'f': opt.fixed = 1; break;
        default: return 64;
    }
    if (opt.conns < 1 || opt.pipeline < 1 || opt.keys < 1 || opt.bytes < 1 || opt.bytes > MOST_VALUE || opt.seconds <= 0 || strlen(opt.prefix) > 250)
        stop(64, "a number is out of its range");
    if (opt.load) { load_keys(); return 0; }
    conn_t *conns = calloc(opt.conns, sizeof *conns);
    int poll = epoll_create1(0);
    if (!conns || poll < 0) die("epoll");
    for (int i = 0; i < opt.conns; i++) {
        open_conn(&conns[i]);
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = &conns[i]};
        if (epoll_ctl(poll, EPOLL_CTL_ADD, conns[i].fd, &e)) die("epoll");
    }
    uint64_t requests = 0;
    int64_t start = now_ns(), end = start + (int64_t)(opt.seconds * 1e9), server = cpu_ns(opt.pid), own = own_cpu_ns();
    char *constant = NULL;
    for (int i = 0; i < opt.conns; i++) send_batch(&conns[i]);
    for (int running = opt.conns; running;) {
        struct epoll_event ready[64];
        int n = epoll_wait(poll, ready, 64, PATIENCE_SECONDS * 1000);
        if (n == 0) stop(1, "no answer");
        if (n < 0 && errno != EINTR) die("epoll");
        for (int i = 0; i < n; i++) {
            conn_t *c = ready[i].data.ptr;
            char *body;
            int at = 0, taken;
            receive(c);
            while (c->head < c->tail && (taken = answer(c, at, 200, opt.bytes, &body))) {
                if (opt.fixed && !constant) { constant = malloc(opt.bytes); memcpy(constant, body, opt.bytes); }
                check(body, c->key[c->head++], constant);
                requests++;
                at += taken;
            }
            memmove(c->in, c->in + at, c->in_len -= at);
            if (c->head < c->tail) continue;
            if (c->in_len) stop(3, "more answers than requests");
            if (now_ns() < end) send_batch(c); else running--;
        }
    }
    double seconds = (now_ns() - start) / 1e9;
    double server_s = (cpu_ns(opt.pid) - server) / 1e9, own_s = (own_cpu_ns() - own) / 1e9;
    printf("{\"requests\":%lu,\"seconds\":%.3f,\"requests_per_s\":%.0f,\"server_cpu_us_per_request\":%.3f,\"server_util\":%.3f,\"load_util\":%.3f}\n", requests, seconds,
           requests / seconds, requests ? server_s * 1e6 / requests : 0, server_s / seconds, own_s / seconds);
    return 0;
}
