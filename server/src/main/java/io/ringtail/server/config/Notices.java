package io.ringtail.server.config;

import io.ringtail.server.config.NodeConfig.Memory;
import java.util.ArrayList;
import java.util.List;

/** The lines that a start says about settings which do less than one may think. */
final class Notices {
    private Notices() {}

    static List<String> about(NodeConfig config, SettingValues values, Surroundings surroundings) {
        var notices = new ArrayList<String>();
        aboutMemory(config.memory(), surroundings, notices);
        aboutOptions(config, values, notices);
        var listen = values.text(Setting.LISTEN);
        if (listen != null && listen.contains(ListenParser.TAG)) {
            notices.add("-l tag[...]: accepted without effect, only memcached's proxy tells "
                    + "listeners apart by their tags");
        }
        if (config.threads() > Bounds.MANY_THREADS) {
            notices.add("-t " + config.threads()
                    + ": more event loops than cores only cost; one per core is best");
        }
        var listening = config.listening();
        if (listening.tcp().isEmpty() && listening.udp().isEmpty()
                && listening.unixSocket() == null) {
            notices.add("-p 0: no port and no unix socket is opened, so no client can connect");
        }
        return notices;
    }

    private static void aboutMemory(Memory memory, Surroundings surroundings,
            List<String> notices) {
        var available = surroundings.memoryBytes() - Bounds.BESIDE_ITEMS_BYTES;
        if (surroundings.memoryBytes() > 0 && memory.limitBytes() > available) {
            notices.add("-m " + memory.limitBytes() / Bounds.MIB
                    + " is more than this machine or container can hold beside the process itself: "
                    + Math.max(available / Bounds.MIB, 0) + " megabytes");
        }
    }

    private static void aboutOptions(NodeConfig config, SettingValues values,
            List<String> notices) {
        for (var option : values.extended().keySet()) {
            if (option.rule().fate() == OptionRule.Fate.TUNING) {
                notices.add("-o " + option.optionName() + ": accepted without effect, it tunes "
                        + "inner workings of memcached that Ringtail does not have");
            }
            if (config.security().tls() == null && option.name().startsWith("SSL_")) {
                notices.add("-o " + option.optionName() + ": without effect, TLS is off (no -Z)");
            }
        }
    }
}
