package io.ringtail.server.stats;

import io.netty.util.Version;
import io.ringtail.metrics.counters.LoopCounters;
import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.server.config.ExtendedOption;
import io.ringtail.server.execution.NodeServices;
import io.ringtail.server.stats.Totals.Accepted;
import io.ringtail.server.store.SizeClassStatistics.Counters;
import io.ringtail.server.store.StoreStatistics;
import java.util.function.ToLongFunction;

/**
 * {@code stats} without an argument: every field of memcached 1.6.45 in its order, and
 * {@code ringtail_version} behind {@code version}. What memcached counts in parts that do not exist
 * here is constant; docs/stats.md lists it. Owner: the event loop that reports.
 */
final class GeneralReport {
    /** What every loop receives into; free, because commands are taken out of it at once. */
    private static final long LOOP_BUFFER_BYTES = 64 << 10;

    private final NodeServices node;
    private final RuntimeSettings settings;
    private final Figures figures;

    GeneralReport(NodeServices node, RuntimeSettings settings, Figures figures) {
        this.node = node;
        this.settings = settings;
        this.figures = figures;
    }

    void write(Totals totals, AdminCounters admin, StoreStatistics store) {
        var counters = totals.loops();
        var accepted = totals.accepted();
        process();
        connections(accepted, counters);
        retrieval(counters);
        changes(counters);
        limits(counters, accepted, store);
        if (isOn(ExtendedOption.SLAB_REASSIGN)) {
            slabs();
        }
        background(counters, admin, store);
        items(store, admin);
    }

    private void process() {
        var clock = node.clock();
        figures.number("pid", ProcessHandle.current().pid());
        figures.number("uptime", clock.nowSeconds());
        figures.number("time", clock.startedAt() + clock.nowSeconds());
        figures.text("version", NodeStatistics.VERSION);
        figures.text("ringtail_version", ringtailVersion());
        figures.text("libevent", "netty-" + nettyVersion());
        figures.number("pointer_size", Long.SIZE);
        var usage = ResourceUsage.now();
        figures.text("rusage_user", usage.user());
        figures.text("rusage_system", usage.system());
    }

    private void connections(Accepted accepted, LoopCounters counters) {
        int current = node.connections().current();
        figures.number("max_connections", node.config().limits().connections());
        figures.number("curr_connections", current);
        figures.number("total_connections", accepted.total());
        if (node.config().limits().rejectFast()) {
            figures.number("rejected_connections", accepted.rejected());
        }
        figures.number("connection_structures", current + 1);
        figures.number("response_obj_oom", 0);
        figures.number("response_obj_count", counters.responseObjCount);
        figures.number("response_obj_bytes", counters.responseObjBytes);
        long loops = node.loops().size();
        figures.number("read_buf_count", counters.readBufCount + loops);
        figures.number("read_buf_bytes", counters.readBufBytes + loops * LOOP_BUFFER_BYTES);
        figures.number("read_buf_bytes_free", loops * LOOP_BUFFER_BYTES);
        figures.number("read_buf_oom", counters.readBufOom);
        figures.number("reserved_fds", OpenFiles.beside(current));
    }

    private void retrieval(LoopCounters counters) {
        figures.number("cmd_get", counters.cmdGet());
        figures.number("cmd_set", counters.classes.all(SizeClassCounters.CMD_SET));
        figures.number("cmd_flush", counters.cmdFlush);
        figures.number("cmd_touch", counters.cmdTouch);
        figures.number("cmd_meta", counters.cmdMeta);
        figures.number("get_hits", counters.classes.all(SizeClassCounters.GET_HITS));
        figures.number("get_misses", counters.getMisses);
        figures.number("get_expired", counters.getExpired);
        figures.number("get_flushed", counters.getFlushed);
    }

    private void changes(LoopCounters counters) {
        figures.number("delete_misses", counters.deleteMisses);
        figures.number("delete_hits", counters.classes.all(SizeClassCounters.DELETE_HITS));
        figures.number("incr_misses", counters.incrMisses);
        figures.number("incr_hits", counters.classes.all(SizeClassCounters.INCR_HITS));
        figures.number("decr_misses", counters.decrMisses);
        figures.number("decr_hits", counters.classes.all(SizeClassCounters.DECR_HITS));
        figures.number("cas_misses", counters.casMisses);
        figures.number("cas_hits", counters.classes.all(SizeClassCounters.CAS_HITS));
        figures.number("cas_badval", counters.classes.all(SizeClassCounters.CAS_BADVAL));
        figures.number("touch_hits", counters.classes.all(SizeClassCounters.TOUCH_HITS));
        figures.number("touch_misses", counters.touchMisses);
        figures.number("store_too_large", counters.storeTooLarge);
        figures.number("store_no_memory", counters.storeNoMemory);
        figures.number("auth_cmds", counters.authCmds);
        figures.number("auth_errors", counters.authErrors);
    }

    private void limits(LoopCounters counters, Accepted accepted, StoreStatistics store) {
        if (node.config().limits().idleTimeoutSeconds() > 0) {
            figures.number("idle_kicks", counters.idleKicks);
        }
        figures.number("bytes_read", counters.bytesRead);
        figures.number("bytes_written", counters.bytesWritten);
        figures.number("limit_maxbytes", store.limitBytes());
        figures.flag("accepting_conns", node.connections().isAccepting());
        figures.number("listen_disabled_num", accepted.listenDisabled());
        figures.number("time_in_listen_disabled_us", accepted.listenDisabledMicros());
        figures.number("threads", node.loops().size());
        figures.number("conn_yields", counters.connYields);
        figures.number("hash_power_level", store.index().powerLevel());
        figures.number("hash_bytes", store.index().bytes());
        figures.flag("hash_is_expanding", store.index().growing());
    }

    private void slabs() {
        figures.number("slab_reassign_rescues", 0);
        figures.number("slab_reassign_chunk_rescues", 0);
        figures.number("slab_reassign_inline_reclaim", 0);
        figures.number("slab_reassign_busy_items", 0);
        figures.number("slab_reassign_busy_deletes", 0);
        figures.number("slab_reassign_busy_nomem", 0);
        figures.text("slab_reassign_last_busy_status", "none");
        figures.number("slab_reassign_running", 0);
        figures.number("slabs_moved", 0);
    }

    private void background(LoopCounters counters, AdminCounters admin, StoreStatistics store) {
        if (settings.crawlerEnabled()) {
            figures.flag("lru_crawler_running", admin.walking());
            figures.number("lru_crawler_starts", admin.walksStarted());
        }
        if (isOn(ExtendedOption.LRU_MAINTAINER)) {
            figures.number("lru_maintainer_juggles", counters.lruMaintainerJuggles);
        }
        figures.number("malloc_fails", sum(store, Counters::outOfMemory));
        figures.number("log_worker_dropped", 0);
        figures.number("log_worker_written", admin.written());
        figures.number("log_watcher_skipped", admin.skipped());
        figures.number("log_watcher_sent", admin.sent());
        figures.number("log_watchers", admin.watchers());
        encryption(counters);
        figures.number("unexpected_napi_ids", 0);
        figures.number("round_robin_fallback", 0);
    }

    private void encryption(LoopCounters counters) {
        var tls = node.config().security().tls();
        var certificates = node.certificates();
        if (tls == null || certificates == null) {
            return;
        }
        if (tls.sessionCache()) {
            figures.number("ssl_new_sessions", counters.sslNewSessions);
        }
        figures.number("ssl_handshake_errors", counters.sslHandshakeErrors);
        figures.number("ssl_proto_errors", 0);
        figures.number("time_since_server_cert_refresh", certificates.secondsSinceReload());
    }

    private void items(StoreStatistics store, AdminCounters admin) {
        figures.number("bytes", store.itemBytes());
        figures.number("curr_items", store.items());
        figures.number("total_items", store.storedItems());
        figures.number("slab_global_page_pool", store.freeSegments());
        figures.number("expired_unfetched", sum(store, Counters::expiredUnfetched));
        figures.number("evicted_unfetched", sum(store, Counters::evictedUnfetched));
        boolean maintained = isOn(ExtendedOption.LRU_MAINTAINER);
        if (maintained) {
            figures.number("evicted_active", sum(store, Counters::evictedActive));
        }
        figures.number("evictions", sum(store, Counters::evicted));
        figures.number("reclaimed", sum(store, Counters::reclaimed));
        figures.number("crawler_reclaimed", sum(store, Counters::crawlerReclaimed));
        figures.number("crawler_items_checked",
                sum(store, Counters::crawlerChecked) + admin.itemsWalked());
        figures.number("lrutail_reflocked", 0);
        if (maintained) {
            figures.number("moves_to_cold", 0);
            figures.number("moves_to_warm", sum(store, Counters::movesToMain));
            figures.number("moves_within_lru", sum(store, Counters::movesWithinMain));
            figures.number("direct_reclaims", sum(store, Counters::directReclaims));
            figures.number("lru_bumps_dropped", 0);
        }
    }

    private boolean isOn(ExtendedOption option) {
        return node.config().extended().isOn(option);
    }

    private static long sum(StoreStatistics store, ToLongFunction<Counters> counter) {
        return store.sum(each -> counter.applyAsLong(each.counters()));
    }

    static String ringtailVersion() {
        var version = GeneralReport.class.getPackage().getImplementationVersion();
        return version == null ? "0-development" : version;
    }

    private static String nettyVersion() {
        var version = Version.identify().get("netty-common");
        return version == null ? "unknown" : version.artifactVersion();
    }
}
