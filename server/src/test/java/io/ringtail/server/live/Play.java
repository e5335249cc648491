package io.ringtail.server.live;

import io.ringtail.server.config.Setting;
import java.util.Map;

/** What moves some fields of {@code stats}, on a node with these settings. */
record Play(String fields, Map<Setting, String> settings, Action action) {
    /** What a client does. */
    interface Action {
        void run(Scene scene) throws Exception;
    }

    static Play of(String fields, Action action) {
        return new Play(fields, Map.of(), action);
    }

    static Play with(Setting setting, String value, String fields, Action action) {
        return new Play(fields, Map.of(setting, value), action);
    }

    /** One client sends these commands, each with a one-line reply. */
    static Play commands(String fields, String... commands) {
        return of(fields, scene -> {
            for (var command : commands) {
                scene.client().ask(command);
            }
        });
    }

    @Override
    public String toString() {
        return fields;
    }
}
