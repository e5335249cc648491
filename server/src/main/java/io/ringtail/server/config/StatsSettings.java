package io.ringtail.server.config;

import io.ringtail.server.config.NodeConfig.BindingProtocol;
import io.ringtail.server.config.NodeConfig.Commands;
import io.ringtail.server.config.NodeConfig.Limits;
import io.ringtail.server.config.NodeConfig.Listening;
import io.ringtail.server.config.NodeConfig.Memory;
import io.ringtail.server.config.NodeConfig.Security;
import io.ringtail.server.config.NodeConfig.Tls;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What {@code stats settings} reports: names, order and formats are memcached's. */
public final class StatsSettings {
    private final SequencedMap<String, String> lines = new LinkedHashMap<>();
    private final NodeConfig config;

    /** What may have changed since the start. {@code oldestSeconds}: age of the oldest item. */
    public record Live(long limitBytes, int verbosity, int oldestSeconds, boolean prefixStats) {
        /** As a node starts. */
        public static Live of(NodeConfig config) {
            return new Live(config.memory().limitBytes(), config.verbosity(), 0,
                    config.limits().commands().prefixStats());
        }
    }

    private StatsSettings(NodeConfig config) {
        this.config = config;
    }

    public static SequencedMap<String, String> of(NodeConfig config, Live live) {
        var report = new StatsSettings(config);
        report.listening(live);
        report.commands(live);
        report.innerWorkings();
        report.buffers();
        report.tls(config.security().tls());
        report.line("num_napi_ids", 0);
        report.line("memory_file", "(null)");
        report.line("client_flags_size", 4);
        return report.lines;
    }

    private void listening(Live live) {
        Listening listening = config.listening();
        Memory memory = config.memory();
        line("maxbytes", live.limitBytes());
        line("maxconns", config.limits().connections());
        line("tcpport", listening.port());
        line("udpport", listening.udpPort());
        line("inter", orNull(listening.listen(), "NULL"));
        line("verbosity", live.verbosity());
        line("oldest", live.oldestSeconds());
        line("evictions", memory.evictions() ? "on" : "off");
        line("domain_socket", orNull(listening.unixSocket(), "NULL"));
        line("umask", Integer.toOctalString(listening.unixMask()));
        line("shutdown_command", config.limits().commands().shutdown());
        line("growth_factor", hundredths(memory.growthFactor()));
        line("chunk_size", memory.chunkSize());
        line("num_threads", config.threads());
        line("num_threads_per_udp", config.threads());
    }

    private void commands(Live live) {
        Limits limits = config.limits();
        Security security = config.security();
        line("stat_key_prefix", String.valueOf(limits.commands().prefixDelimiter()));
        line("detail_enabled", live.prefixStats());
        line("reqs_per_event", limits.requestsPerEvent());
        line("cas_enabled", config.memory().cas());
        line("tcp_backlog", config.listening().backlog());
        line("binding_protocol", protocol(config.listening().protocol()));
        line("auth_enabled_sasl", security.sasl());
        line("auth_enabled_ascii", orNull(security.authFile(), "no"));
        line("item_size_max", config.memory().maxItemBytes());
        line("maxconns_fast", limits.rejectFast());
    }

    private void innerWorkings() {
        Commands commands = config.limits().commands();
        Extended extended = config.extended();
        number("hashpower_init", ExtendedOption.HASHPOWER);
        toggle("slab_reassign", ExtendedOption.SLAB_REASSIGN);
        number("slab_automove", ExtendedOption.SLAB_AUTOMOVE);
        decimal("slab_automove_ratio", ExtendedOption.SLAB_AUTOMOVE_RATIO);
        number("slab_automove_window", ExtendedOption.SLAB_AUTOMOVE_WINDOW);
        line("slab_chunk_max", config.extended().slabChunkBytes());
        line("lru_crawler", commands.crawler());
        number("lru_crawler_sleep", ExtendedOption.LRU_CRAWLER_SLEEP);
        number("lru_crawler_tocrawl", ExtendedOption.LRU_CRAWLER_TOCRAWL);
        number("tail_repair_time", ExtendedOption.TAIL_REPAIR_TIME);
        line("flush_enabled", commands.flush());
        line("dump_enabled", commands.dump());
        line("hash_algorithm", String.valueOf(extended.text(ExtendedOption.HASH_ALGORITHM)));
        toggle("lru_maintainer_thread", ExtendedOption.LRU_MAINTAINER);
        toggle("lru_segmented", ExtendedOption.LRU_MAINTAINER);
        number("hot_lru_pct", ExtendedOption.HOT_LRU_PCT);
        number("warm_lru_pct", ExtendedOption.WARM_LRU_PCT);
        decimal("hot_max_factor", ExtendedOption.HOT_MAX_FACTOR);
        decimal("warm_max_factor", ExtendedOption.WARM_MAX_FACTOR);
        line("temp_lru", extended.isGiven(ExtendedOption.TEMPORARY_TTL));
        number("temporary_ttl", ExtendedOption.TEMPORARY_TTL);
    }

    private void buffers() {
        Extended extended = config.extended();
        line("idle_timeout", config.limits().idleTimeoutSeconds());
        line("watcher_logbuf_size", config.limits().watcherBufferBytes());
        line("worker_logbuf_size", extended.number(ExtendedOption.WORKER_LOGBUF_SIZE) << 10);
        line("read_buf_mem_limit", extended.number(ExtendedOption.READ_BUF_MEM_LIMIT) * Bounds.MIB);
        line("track_sizes", config.limits().commands().trackSizes());
        line("inline_ascii_response", false);
    }

    private void tls(@Nullable Tls tls) {
        line("ssl_enabled", tls != null);
        line("ssl_chain_cert", text(ExtendedOption.SSL_CHAIN_CERT, "(null)"));
        line("ssl_key", text(ExtendedOption.SSL_KEY, "(null)"));
        line("ssl_verify_mode", tls == null ? 0 : tls.verifyMode());
        line("ssl_keyformat", tls == null ? 1 : tls.keyFormat().openSslNumber());
        line("ssl_ciphers", text(ExtendedOption.SSL_CIPHERS, "NULL"));
        line("ssl_ca_cert", text(ExtendedOption.SSL_CA_CERT, "NULL"));
        line("ssl_wbuf_size", config.extended().number(ExtendedOption.SSL_WBUF_SIZE) << 10);
        toggle("ssl_session_cache", ExtendedOption.SSL_SESSION_CACHE);
        line("ssl_kernel_tls", false);
        line("ssl_min_version", tls == null ? "tlsv1.2" : tls.minVersion());
    }

    private static String protocol(BindingProtocol protocol) {
        return switch (protocol) {
            case AUTO -> "auto-negotiate";
            case ASCII -> "ascii";
            case BINARY -> "binary";
        };
    }

    private static String hundredths(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    private static String orNull(@Nullable Object value, String absent) {
        return value == null ? absent : value.toString();
    }

    private String text(ExtendedOption option, String absent) {
        return orNull(config.extended().text(option), absent);
    }

    private void number(String name, ExtendedOption option) {
        line(name, config.extended().number(option));
    }

    private void decimal(String name, ExtendedOption option) {
        line(name, hundredths(config.extended().decimal(option)));
    }

    private void toggle(String name, ExtendedOption option) {
        line(name, config.extended().isOn(option));
    }

    private void line(String name, boolean value) {
        line(name, value ? "yes" : "no");
    }

    private void line(String name, long value) {
        line(name, Long.toString(value));
    }

    private void line(String name, String value) {
        lines.put(name, value);
    }
}
