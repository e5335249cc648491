package io.ringtail.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtail.server.config.ListenAddress.Encryption;
import io.ringtail.server.config.NodeConfig.BindingProtocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConfigReaderTest {
    private static final BindingProtocol AUTO = BindingProtocol.AUTO;

    @Test
    void serveListensOnLoopback() {
        assertEquals(List.of(new ListenAddress("127.0.0.1", 11211, AUTO, Encryption.PLAIN)),
                NodeConfig.defaults().listening().tcp());
        assertEquals(List.of(), NodeConfig.defaults().listening().udp());
    }

    @Test
    void memcachedListensEverywhere() {
        var config = read(Form.MEMCACHED, Map.of());
        assertEquals(List.of(new ListenAddress("", 11211, AUTO, Encryption.PLAIN)),
                config.listening().tcp());
        assertNull(config.listening().listen());
        assertEquals(4, config.threads());
    }

    @Test
    void saysThatTagsOfListenersDoNothing() {
        var values = new SettingValues(Form.SERVE);
        values.put(Setting.LISTEN, "tag[a]:127.0.0.1", new Source.Flag("-l"));
        assertEquals(
                List.of("-l tag[...]: accepted without effect, only memcached's proxy tells "
                        + "listeners apart by their tags"),
                ConfigReader.read(values, Surroundings.none()).notices());
    }

    @Test
    void tcpFollowsTheUdpPortUnlessItHasOneOfItsOwn() {
        assertEquals(5000, NodeConfig.of(Map.of(Setting.UDP_PORT, "5000")).listening().port());
        var both = NodeConfig.of(Map.of(Setting.UDP_PORT, "5000", Setting.PORT, "5001"));
        assertEquals(5001, both.listening().tcp().getFirst().port());
        assertEquals(5000, both.listening().udp().getFirst().port());
    }

    @Test
    void itemLimitFollowsASmallMemoryLimit() {
        assertEquals(1 << 20, NodeConfig.defaults().memory().maxItemBytes());
        assertEquals(1 << 19,
                NodeConfig.of(Map.of(Setting.MEMORY_LIMIT, "1")).memory().maxItemBytes());
        var tooLarge = Map.of(Setting.MEMORY_LIMIT, "1", Setting.MAX_ITEM_SIZE, "1m");
        assertEquals("max-item-size: an item can be at most half of the memory limit, 1m (-m)",
                assertThrows(InvalidSettingException.class, () -> NodeConfig.of(tooLarge))
                        .getMessage());
    }

    @Test
    void sidePortsAreServesUnlessAskedFor() {
        assertEquals(new SidePort("127.0.0.1", 9101, false),
                read(Form.SERVE, Map.of()).sidePorts().metrics());
        assertNull(read(Form.SERVE, Map.of(Setting.METRICS, "off")).sidePorts().metrics());
        assertNull(read(Form.MEMCACHED, Map.of()).sidePorts().metrics());
        assertEquals(new SidePort("127.0.0.1", 0, true),
                read(Form.MEMCACHED, Map.of(Setting.METRICS, ":0")).sidePorts().metrics());
        assertEquals("--metrics: 'everywhere' has no port: HOST:PORT, or off",
                assertThrows(InvalidSettingException.class,
                        () -> read(Form.SERVE, Map.of(Setting.METRICS, "everywhere")))
                        .getMessage());
    }

    private static NodeConfig read(Form form, Map<Setting, String> settings) {
        var values = new SettingValues(form);
        settings.forEach((setting, text) -> values.put(setting, text,
                new Source.Flag("--" + setting.key())));
        return ConfigReader.read(values, Surroundings.none()).config();
    }
}
