package io.ringtail.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of {@code stats} is there, in order, and moves unless docs/stats.md says why not. */
final class GeneralStatisticsIT {
    private static final String BIG = "b".repeat(700_000);

    static List<Play> plays() throws IOException {
        var plays = new ArrayList<Play>();
        plays.addAll(commandPlays());
        plays.addAll(connectionPlays());
        plays.addAll(memoryPlays());
        plays.addAll(backgroundPlays());
        return plays;
    }

    private static List<Play> commandPlays() {
        return List.of(Play.commands("cmd_get get_misses bytes_read bytes_written", "get a"),
                Play.commands("cmd_set bytes curr_items total_items", "set a 0 0 1\r\n1"),
                Play.commands("get_hits", "set a 0 0 0\r\n", "get a", "get b"),
                Play.commands("cmd_flush", "flush_all"),
                Play.commands("cmd_touch touch_misses", "touch a 0"),
                Play.commands("touch_hits", "set a 0 0 1\r\n1", "touch a 0"),
                Play.commands("cmd_meta", "mn", "me a"),
                Play.commands("get_flushed", "set a 0 0 1\r\n1", "flush_all", "get a"),
                Play.of("get_expired", scene -> {
                    scene.client().set("a", 5, "1");
                    scene.clock().advance(Duration.ofSeconds(6));
                    scene.client().ask("get a");
                }), Play.commands("delete_misses", "delete a"),
                Play.commands("delete_hits", "set a 0 0 1\r\n1", "delete a"),
                Play.commands("incr_misses", "incr a 1"),
                Play.commands("incr_hits", "set a 0 0 1\r\n1", "incr a 1"),
                Play.commands("decr_misses", "decr a 1"),
                Play.commands("decr_hits", "set a 0 0 1\r\n1", "decr a 1"),
                Play.commands("cas_misses", "cas a 0 0 1 1\r\n1"),
                Play.commands("cas_badval", "set a 0 0 1\r\n1", "cas a 0 0 1 999999\r\n1"),
                Play.of("cas_hits", scene -> {
                    scene.client().set("a", 0, "1");
                    var cas = scene.client().list("gets a").getFirst().split(" ")[4];
                    assertEquals("STORED", scene.client().ask("cas a 0 0 1 " + cas + "\r\n1"));
                }), Play.of("store_too_large", scene -> scene.client().set("a", 0, BIG + BIG)));
    }

    private static List<Play> connectionPlays() throws IOException {
        var users = Files.createTempFile("users", ".txt");
        Files.writeString(users, "me:secret\n");
        return List.of(
                Play.of("curr_connections total_connections connection_structures",
                        scene -> scene.another().ask("version")),
                Play.with(Setting.CONN_LIMIT, "1", "rejected_connections",
                        scene -> scene.another().line()),
                Play.with(Setting.EXTENDED, "no_maxconns_fast,idle_timeout=0",
                        "accepting_conns listen_disabled_num time_in_listen_disabled_us", scene -> {
                            while (scene.stats().get("accepting_conns").equals("1")) {
                                scene.another();
                            }
                        }),
                Play.with(Setting.AUTH_FILE, users.toString(), "auth_cmds auth_errors",
                        scene -> scene.another().set("auth", 0, "me wrong")),
                Play.with(Setting.EXTENDED, "idle_timeout=5", "idle_kicks", scene -> {
                    scene.another().ask("version");
                    scene.clock().advance(Duration.ofSeconds(4));
                    scene.client().ask("version");
                    scene.clock().advance(Duration.ofSeconds(2));
                    scene.awaitChange("idle_kicks", "0");
                }), Play.of("response_obj_count response_obj_bytes", scene -> {
                    scene.client().set("big", 0, BIG);
                    var before = scene.stats();
                    scene.another().send("get big\r\n".repeat(100));
                    scene.awaitChange("response_obj_count", before.get("response_obj_count"));
                }), Play.of("read_buf_count read_buf_bytes", scene -> {
                    var before = scene.stats().get("read_buf_count");
                    scene.another().send("set a 0 0 10\r\n12345");
                    scene.awaitChange("read_buf_count", before);
                }), Play.with(Setting.MAX_REQS_PER_EVENT, "2", "conn_yields", scene -> {
                    scene.another().send("mn\r\n".repeat(100));
                    scene.awaitChange("conn_yields", "0");
                }), Play.of("reserved_fds", scene -> {
                    for (int i = 0; i < 3; i++) {
                        scene.another().ask("version");
                    }
                }));
    }

    private static List<Play> memoryPlays() {
        return List.of(Play.commands("limit_maxbytes", "cache_memlimit 100"),
                Play.of("hash_power_level hash_bytes slab_global_page_pool",
                        scene -> scene.fill(20_000, 100, 0)),
                new Play("store_no_memory malloc_fails",
                        Map.of(Setting.MEMORY_LIMIT, "8", Setting.DISABLE_EVICTIONS, "yes"),
                        scene -> scene.fill(20_000, 1000, 0)),
                Play.with(Setting.MEMORY_LIMIT, "8", "evictions evicted_unfetched direct_reclaims",
                        scene -> scene.fill(20_000, 1000, 0)),
                Play.with(Setting.MEMORY_LIMIT, "8",
                        "moves_to_warm moves_within_lru evicted_active",
                        GeneralStatisticsIT::readWhileFilling),
                Play.of("expired_unfetched crawler_reclaimed", scene -> {
                    scene.fill(5000, 1000, 30);
                    scene.clock().advance(Duration.ofSeconds(3600));
                    scene.awaitChange("crawler_reclaimed", "0");
                }), Play.of("reclaimed", scene -> {
                    scene.client().set("a", 5, "1");
                    scene.clock().advance(Duration.ofSeconds(6));
                    scene.client().set("a", 5, "2");
                }));
    }

    /** Reads every item twice before it comes to be evicted. */
    private static void readWhileFilling(Scene scene) throws IOException {
        var value = "v".repeat(1000);
        for (int i = 0; i < 40_000; i++) {
            scene.client().set("k" + i, 0, value);
            scene.client().ask("mg k" + i);
            scene.client().ask("mg k" + i);
            scene.client().ask("mg k" + i % 500);
        }
    }

    private static List<Play> backgroundPlays() {
        return List.of(
                Play.of("uptime time", scene -> scene.clock().advance(Duration.ofSeconds(1))),
                Play.of("rusage_user rusage_system", scene -> {
                    var before = scene.stats();
                    scene.awaitChange("rusage_user", before.get("rusage_user"));
                    scene.awaitChange("rusage_system", before.get("rusage_system"));
                }), Play.commands("lru_crawler_starts", "lru_crawler crawl all"),
                Play.of("crawler_items_checked", scene -> {
                    scene.client().set("a", 0, "1");
                    scene.client().list("lru_crawler metadump all");
                }), Play.of("lru_crawler_running", scene -> {
                    scene.fill(200_000, 10, 0);
                    scene.another().send("lru_crawler metadump all\r\n");
                    scene.awaitChange("lru_crawler_running", "0");
                }),
                Play.of("lru_maintainer_juggles",
                        scene -> scene.awaitChange("lru_maintainer_juggles", "0")),
                Play.of("log_worker_written log_watcher_sent log_watchers", scene -> {
                    scene.another().ask("watch fetchers");
                    scene.client().ask("get a");
                }), Play.with(Setting.EXTENDED, "watcher_logbuf_size=4", "log_watcher_skipped",
                        scene -> {
                            scene.another().send("watch fetchers\r\n");
                            scene.awaitChange("log_watchers", "0");
                            while (scene.stats().get("log_watcher_skipped").equals("0")) {
                                scene.client().send("mg a k\r\n".repeat(100));
                                for (int i = 0; i < 100; i++) {
                                    scene.client().line();
                                }
                            }
                        }));
    }

    @ParameterizedTest
    @MethodSource("plays")
    void moves(Play play) throws Exception {
        try (var scene = new Scene(play.settings())) {
            var before = scene.stats();
            play.action().run(scene);
            var after = scene.stats();
            for (var field : play.fields().split(" ")) {
                assertNotEquals(before.get(field), after.get(field), field);
            }
        }
    }

    @Test
    void reportsTheFieldsOfMemcachedInItsOrder() throws IOException {
        try (var scene = new Scene(Map.of())) {
            assertEquals(GeneralFields.inOrder(), List.copyOf(scene.stats().keySet()));
        }
    }

    @Test
    void saysOfEveryFieldThatDoesNotMoveWhy() throws IOException {
        var moving = new TreeSet<String>();
        plays().forEach(play -> Stream.of(play.fields().split(" ")).forEach(moving::add));
        var constant = new TreeSet<>(GeneralFields.inOrder());
        constant.removeAll(moving);
        assertEquals(constant, GeneralFields.documentedAsConstant());
    }

    @Test
    void startsCountersAnewAndKeepsWhatIsHeld() throws Exception {
        try (var scene = new Scene(Map.of())) {
            scene.client().set("a", 0, "1");
            scene.client().list("get a");
            scene.another().send("set b 0 0 10\r\n12345");
            scene.awaitChange("read_buf_count", "2");
            assertEquals("RESET", scene.client().ask("stats reset"));
            var after = scene.stats();
            for (var field : List.of("cmd_get", "cmd_set", "get_hits", "total_items",
                    "total_connections")) {
                assertEquals("0", after.get(field), field);
            }
            assertEquals("1", after.get("curr_items"));
            assertEquals("3", after.get("read_buf_count"));
            assertTrue(Long.parseLong(after.get("bytes_read")) < 10);
        }
    }
}
