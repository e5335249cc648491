package io.ringtail.server.config;

import static io.ringtail.server.config.Setting.Kind.COUNT;
import static io.ringtail.server.config.Setting.Kind.LIST;
import static io.ringtail.server.config.Setting.Kind.SWITCH;
import static io.ringtail.server.config.Setting.Kind.TEXT;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of a node, once: its name on the command line ({@code --name}), in the file
 * ({@code name:}) and in the environment ({@code RINGTAIL_NAME}), memcached's letter for it, its
 * default and its help. The order is the help's.
 */
public enum Setting {
    PORT("port", 'p', "NUM", "11211", "TCP port; 0: no TCP, -1: a free port"),
    UDP_PORT("udp-port", 'U', "NUM", "0",
            "UDP port; 0: no UDP. Without -p, TCP uses the same port"),
    UNIX_SOCKET("unix-socket", 's', "FILE", null,
            "listen on this unix socket, and on no network address"),
    UNIX_MASK("unix-mask", 'a', "MASK", "700", "access mode of the unix socket, octal"),
    ENABLE_SHUTDOWN("enable-shutdown", 'A', SWITCH, "allow the shutdown command"),
    LISTEN("listen", 'l', LIST, "ADDR", "127.0.0.1",
            "addresses to listen on, HOST or HOST:PORT, *: all; may be repeated; prefixes "
                    + "notls: btls: mtls: proto[ascii|binary]: tag[NAME]:"),
    DAEMON("daemon", 'd', SWITCH, "run in the background"),
    ENABLE_COREDUMPS("enable-coredumps", 'r', SWITCH, "raise the core file limit"),
    USER("user", 'u', "USER", null, "become this user once the ports are bound (as root only)"),
    MEMORY_LIMIT("memory-limit", 'm', "MB", "64",
            "memory for items in megabytes, or with suffix g"),
    DISABLE_EVICTIONS("disable-evictions", 'M', SWITCH,
            "answer out of memory instead of evicting items"),
    CONN_LIMIT("conn-limit", 'c', "NUM", "1024", "connections at the same time"),
    LOCK_MEMORY("lock-memory", 'k', SWITCH, "keep all memory from being paged out"),
    VERBOSE("verbose", 'v', COUNT, "log more: -v, -vv or -vvv"),
    PIDFILE("pidfile", 'P', "FILE", null, "write the process id to this file"),
    SLAB_GROWTH_FACTOR("slab-growth-factor", 'f', "FACTOR", "1.25",
            "growth of the size classes that stats slabs and stats items report by"),
    SLAB_MIN_SIZE("slab-min-size", 'n', "BYTES", "48",
            "smallest size class that stats slabs and stats items report by"),
    ENABLE_LARGEPAGES("enable-largepages", 'L', SWITCH, "use huge memory pages, at once"),
    PREFIX_DELIMITER("prefix-delimiter", 'D', "CHAR", ":",
            "ends the prefix of a key in stats detail, and turns stats detail on"),
    THREADS("threads", 't', "NUM", "one per core", "event loops"),
    MAX_REQS_PER_EVENT("max-reqs-per-event", 'R', "NUM", "20",
            "commands of one connection before others have their turn, if given"),
    DISABLE_CAS("disable-cas", 'C', SWITCH, "no CAS uniques"),
    LISTEN_BACKLOG("listen-backlog", 'b', "NUM", "1024", "connections that wait for accept"),
    PROTOCOL("protocol", 'B', "NAME", "auto", "ascii, binary or auto"),
    MAX_ITEM_SIZE("max-item-size", 'I', "SIZE", "1m",
            "largest item, with suffix k, m or g: 1k to 1g, at most half of -m"),
    ENABLE_SASL("enable-sasl", 'S', SWITCH,
            "SASL authentication, binary protocol; users in the file MEMCACHED_SASL_PWDB"),
    DISABLE_FLUSH_ALL("disable-flush-all", 'F', SWITCH, "no flush_all"),
    DISABLE_DUMPING("disable-dumping", 'X', SWITCH,
            "no stats cachedump, lru_crawler metadump and mgdump"),
    DISABLE_WATCH("disable-watch", 'W', SWITCH, "no watch"),
    AUTH_FILE("auth-file", 'Y', "FILE", null,
            "users of the text protocol, lines USER:PASSWORD; read again on SIGHUP"),
    MEMORY_FILE("memory-file", 'e', "FILE", null, "refused: items are not kept over a restart"),
    ENABLE_SSL("enable-ssl", 'Z', SWITCH, "TLS, with -o ssl_chain_cert=FILE and ssl_key=FILE"),
    EXTENDED("extended", 'o', LIST, "LIST", null,
            "memcached's further options, NAME or NAME=VALUE, separated by commas"),
    NAPI_IDS("napi-ids", 'N', "NUM", "0", "refused: connections are not pinned to network queues"),

    PEERS("peers", LIST, "LIST", null,
            "the members of the cluster, HOST:PORT[=WEIGHT],... or dns:NAME[:PORT]"),
    ETCD("etcd", LIST, "LIST", null, "etcd knows the members: http://HOST:PORT,..."),
    CLUSTER("cluster", TEXT, "NAME", "ringtail", "the cluster's name in etcd"),
    NODE_ID("node-id", TEXT, "ID", null,
            "this node's own name in etcd; unless given, what --advertise says"),
    LEASE("lease", TEXT, "TIME", "5s", "how long etcd keeps a node that is not heard of"),
    RING("ring", TEXT, "KIND", "ketama", "ketama, ketama-spy or fast: which node owns which key"),
    WEIGHT("weight", TEXT, "NUM", "1", "this node's share of the keys beside the others'"),
    ADVERTISE("advertise", TEXT, "HOST:PORT", null,
            "this node's address as peers and clients spell it"),
    CLUSTER_SECRET_FILE("cluster-secret-file", TEXT, "FILE", null,
            "the secret that the members of the cluster share"),
    PEER_TIMEOUT("peer-timeout", TEXT, "TIME", "500ms", "how long to wait for a peer"),
    EVICTION("eviction", TEXT, "POLICY", "s3fifo", "s3fifo or lru"),
    TRANSPORT("transport", TEXT, "NAME", "auto", "auto, epoll, io_uring or nio"),
    MAX_INFLIGHT("max-inflight", TEXT, "NUM", "1024",
            "commands of one connection that may wait for their replies"),
    HTTP("http", TEXT, "HOST:PORT", "127.0.0.1:8080",
            "where HTTP clients and browsers find the node; off: nowhere"),
    METRICS("metrics", TEXT, "HOST:PORT", "127.0.0.1:9101",
            "where Prometheus finds the metrics; off: nowhere"),
    LOG_FORMAT("log-format", TEXT, "NAME", "text", "how lines on stderr look: text or json"),
    TIME_TURNS("time-turns", SWITCH, "", "no",
            "measure the CPU time of the event loops' turns, for stats");

    /** How a setting is given: without a value, repeatedly without one, with one, with several. */
    public enum Kind {
        SWITCH, COUNT, TEXT, LIST
    }

    private static final Map<String, Setting> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toMap(Setting::key, Function.identity()));

    private final String key;
    private final char letter;
    private final Kind kind;
    private final String label;
    private final @Nullable String defaultText;
    private final String help;

    Setting(String key, char letter, String label, @Nullable String defaultText, String help) {
        this(key, letter, TEXT, label, defaultText, help);
    }

    Setting(String key, char letter, Kind kind, String help) {
        this(key, letter, kind, "", kind == COUNT ? "0" : "no", help);
    }

    Setting(String key, Kind kind, String label, @Nullable String defaultText, String help) {
        this(key, '\0', kind, label, defaultText, help);
    }

    Setting(String key, char letter, Kind kind, String label, @Nullable String defaultText,
            String help) {
        this.key = key;
        this.letter = letter;
        this.kind = kind;
        this.label = label;
        this.defaultText = defaultText;
        this.help = help;
    }

    /** The long name without dashes. */
    public String key() {
        return key;
    }

    /** The letter of the short form; 0 where there is none. */
    public char letter() {
        return letter;
    }

    public Kind kind() {
        return kind;
    }

    /** What stands for the value in the help. */
    public String label() {
        return label;
    }

    public String help() {
        return help;
    }

    /** Settings without a letter are Ringtail's own. */
    public boolean isMemcached() {
        return letter != 0;
    }

    /** The drop-in form has the side ports too, for those who ask for them. */
    public boolean isIn(Form form) {
        return form == Form.SERVE || isMemcached() || this == HTTP || this == METRICS;
    }

    /** memcached has no long name for -D. */
    public boolean hasLongNameIn(Form form) {
        return form == Form.SERVE || isIn(form) && this != PREFIX_DELIMITER;
    }

    public String variable() {
        return "RINGTAIL_" + name();
    }

    /** The default as one would type it; null: nothing. */
    public @Nullable String defaultText(Form form) {
        if (form == Form.MEMCACHED) {
            return switch (this) {
                case LISTEN -> null;
                case THREADS -> "4";
                case HTTP, METRICS -> "off";
                default -> defaultText;
            };
        }
        return defaultText;
    }

    public static Optional<Setting> byKey(String key) {
        return Optional.ofNullable(BY_KEY.get(key.toLowerCase(Locale.ROOT)));
    }
}
