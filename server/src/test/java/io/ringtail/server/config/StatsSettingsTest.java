package io.ringtail.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class StatsSettingsTest {
    @Test
    void defaultsReadAsMemcachedsDo() throws IOException {
        assertEquals(golden(), report(Map.of()) + "\n");
    }

    @Test
    void showsWhatWasSet() {
        var report = report(Map.of(Setting.UNIX_SOCKET, "/tmp/s", Setting.UNIX_MASK, "0755",
                Setting.LISTEN, "127.0.0.1:5", Setting.DISABLE_EVICTIONS, "yes",
                Setting.SLAB_GROWTH_FACTOR, "1.333", Setting.PREFIX_DELIMITER, "+",
                Setting.PROTOCOL, "ascii", Setting.VERBOSE, "3", Setting.EXTENDED,
                "temporary_ttl=30,no_modern,lru_maintainer,idle_timeout=5,tail_repair_time=20"));
        for (var line : """
                domain_socket /tmp/s
                umask 755
                inter 127.0.0.1:5
                evictions off
                growth_factor 1.33
                stat_key_prefix +
                detail_enabled yes
                binding_protocol ascii
                verbosity 3
                slab_reassign no
                slab_automove 0
                slab_chunk_max 1048576
                lru_crawler no
                hash_algorithm jenkins
                lru_segmented yes
                temp_lru yes
                temporary_ttl 30
                idle_timeout 5
                tail_repair_time 20
                """.lines().toList()) {
            assertEquals(true, report.contains(line + "\n"), line + " is missing in " + report);
        }
    }

    private static String golden() throws IOException {
        try (var file = StatsSettingsTest.class.getResourceAsStream("stats-settings.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String report(Map<Setting, String> settings) {
        var values = new SettingValues(Form.MEMCACHED);
        settings.forEach((setting, text) -> values.put(setting, text, new Source.Flag("flag")));
        var config = ConfigReader.read(values, Surroundings.none()).config();
        return StatsSettings.of(config, StatsSettings.Live.of(config))
                .entrySet()
                .stream()
                .map(it -> it.getKey() + " " + it.getValue())
                .collect(Collectors.joining("\n"));
    }
}
