package io.ringtail.server.config;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads settings from variables named RINGTAIL_ and the setting's name. A variable that names none
 * is a mistake, but for those that others set: the launcher's own, and what Kubernetes puts into
 * every container for a service that is called ringtail.
 */
public final class EnvironmentSettings {
    private static final String PREFIX = "RINGTAIL_";
    private static final Pattern OF_OTHERS =
            Pattern.compile("RINGTAIL_(JAVA|JAVA_OPTS|JDK|DETACHED|"
                    + "SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_[0-9]+_(TCP|UDP)(_.*)?)");
    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp)://.*");

    private EnvironmentSettings() {}

    public static void read(Map<String, String> environment, SettingValues values) {
        new TreeMap<>(environment).forEach((name, text) -> {
            if (name.startsWith(PREFIX) && !isOfOthers(name, text)) {
                var setting = Setting.byKey(keyOf(name))
                        .orElseThrow(() -> new InvalidSettingException(
                                "environment " + name + ": there is no such setting"));
                values.put(setting, text, new Source.Variable(name));
            }
        });
    }

    private static boolean isOfOthers(String name, String text) {
        return OF_OTHERS.matcher(name).matches()
                || name.equals(Setting.PORT.variable()) && SERVICE_ADDRESS.matcher(text).matches();
    }

    private static String keyOf(String name) {
        return name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
