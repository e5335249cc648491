package io.ringtail.server.config;

import static io.ringtail.server.config.Setting.*;

import io.ringtail.server.config.NodeConfig.Commands;
import io.ringtail.server.config.NodeConfig.Eviction;
import io.ringtail.server.config.NodeConfig.Limits;
import io.ringtail.server.config.NodeConfig.LogFormat;
import io.ringtail.server.config.NodeConfig.Memory;
import io.ringtail.server.config.NodeConfig.Process;
import io.ringtail.server.config.NodeConfig.SidePorts;
import io.ringtail.server.config.NodeConfig.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes a {@link NodeConfig} of the settings' texts; every rule about values is applied here. */
public final class ConfigReader {
    private final SettingValues values;
    private final Surroundings surroundings;
    private final Extended extended;
    private final List<String> notices = new ArrayList<>();

    /** {@code notices}: lines for stderr about what was accepted but is not as one may think. */
    public record Reading(NodeConfig config, List<String> notices) {}

    private ConfigReader(SettingValues values, Surroundings surroundings) {
        this.values = values;
        this.surroundings = surroundings;
        this.extended = values.extendedValues();
    }

    /** Fails with InvalidSettingException on the first mistake. */
    public static Reading read(SettingValues values, Surroundings surroundings) {
        var reader = new ConfigReader(values, surroundings);
        return new Reading(reader.config(), List.copyOf(reader.notices));
    }

    private NodeConfig config() {
        refuse();
        var security = new SecurityReader(values, extended, surroundings);
        var listening = new ListeningReader(values, security, surroundings).listening();
        var config = new NodeConfig(listening, memory(), limits(), security.security(),
                new ClusterReader(values, listening).cluster(), sidePorts(), process(), extended,
                transport(), threads(), verbosity());
        Relations.check(config, values);
        notices.addAll(Notices.about(config, values, surroundings));
        return config;
    }

    private void refuse() {
        if (values.isGiven(MEMORY_FILE)) {
            throw values.wrong(MEMORY_FILE,
                    "not available: Ringtail does not keep items over a restart");
        }
        if (values.integer(NAPI_IDS, Bounds.NAPI_IDS) != 0) {
            throw values.wrong(NAPI_IDS,
                    "not available: Ringtail does not pin connections to network queues");
        }
        if (values.form() == Form.MEMCACHED && surroundings.isRoot() && !values.isGiven(USER)) {
            throw new InvalidSettingException(
                    "can't run as root without the -u switch: add '-u root' to start as root");
        }
    }

    private Memory memory() {
        var limit =
                values.read(MEMORY_LIMIT, text -> Quantity.bytes(text, Bounds.MIB, Bounds.MEMORY));
        return new Memory(limit, maxItemBytes(limit), !values.isOn(DISABLE_EVICTIONS),
                !values.isOn(DISABLE_CAS), eviction(), values.isOn(ENABLE_LARGEPAGES),
                values.isOn(LOCK_MEMORY), growthFactor(),
                values.integer(SLAB_MIN_SIZE, Bounds.CHUNK));
    }

    /** Where -I was not given and -m is small, the default follows -m. */
    private int maxItemBytes(long limitBytes) {
        var asked = values.read(MAX_ITEM_SIZE, text -> Quantity.bytes(text, 1, Bounds.ITEM));
        return (int) (values.isGiven(MAX_ITEM_SIZE) ? asked
                : Math.min(asked, limitBytes / Bounds.ITEMS_IN_MEMORY));
    }

    private Eviction eviction() {
        return values.read(EVICTION, text -> oneOf(text, Eviction.values()));
    }

    private double growthFactor() {
        return values.read(SLAB_GROWTH_FACTOR, text -> {
            var factor = Quantity.decimal(text);
            if (factor <= 1.0) {
                throw new InvalidSettingException("the factor must be greater than 1");
            }
            return factor;
        });
    }

    private Limits limits() {
        var nodeBuffers = extended.number(ExtendedOption.READ_BUF_MEM_LIMIT) * Bounds.MIB;
        return new Limits(values.integer(CONN_LIMIT, Bounds.CONNECTIONS),
                extended.isOn(ExtendedOption.MAXCONNS_FAST),
                values.integer(MAX_REQS_PER_EVENT, Bounds.REQUESTS_PER_EVENT),
                values.isGiven(MAX_REQS_PER_EVENT)
                        ? values.integer(MAX_REQS_PER_EVENT, Bounds.REQUESTS_PER_EVENT)
                        : Integer.MAX_VALUE,
                (int) extended.number(ExtendedOption.IDLE_TIMEOUT),
                values.integer(MAX_INFLIGHT, Bounds.MAX_INFLIGHT),
                nodeBuffers == 0 ? Bounds.CONNECTION_BUFFER_BYTES
                        : Math.min(Bounds.CONNECTION_BUFFER_BYTES, nodeBuffers),
                nodeBuffers == 0 ? Bounds.NODE_BUFFER_BYTES : nodeBuffers,
                (int) extended.number(ExtendedOption.WATCHER_LOGBUF_SIZE) << 10, commands());
    }

    private Commands commands() {
        return new Commands(!values.isOn(DISABLE_FLUSH_ALL), !values.isOn(DISABLE_DUMPING),
                !values.isOn(DISABLE_WATCH), values.isOn(ENABLE_SHUTDOWN),
                extended.isOn(ExtendedOption.LRU_CRAWLER), values.isGiven(PREFIX_DELIMITER),
                prefixDelimiter(), extended.isOn(ExtendedOption.TRACK_SIZES));
    }

    private char prefixDelimiter() {
        return values.read(PREFIX_DELIMITER, text -> {
            if (text.length() != 1 || text.charAt(0) <= ' ' || text.charAt(0) > '~') {
                throw new InvalidSettingException("the delimiter is one printable character");
            }
            return text.charAt(0);
        });
    }

    private Process process() {
        return new Process(values.isOn(DAEMON), values.text(USER), values.path(PIDFILE),
                values.isOn(ENABLE_COREDUMPS),
                values.read(LOG_FORMAT, text -> oneOf(text, LogFormat.values())),
                values.isOn(TIME_TURNS));
    }

    private SidePorts sidePorts() {
        return new SidePorts(sidePort(HTTP), sidePort(METRICS));
    }

    private @Nullable SidePort sidePort(Setting setting) {
        var asked = !(values.value(setting).source() instanceof Source.Default);
        return values.read(setting, text -> SidePort.parse(text, asked));
    }

    private Transport transport() {
        return values.read(TRANSPORT, text -> oneOf(text, Transport.values()));
    }

    private int threads() {
        return values.isGiven(THREADS) || values.form() == Form.MEMCACHED
                ? values.integer(THREADS, Bounds.THREADS)
                : surroundings.processors();
    }

    private int verbosity() {
        return values.integer(VERBOSE, Bounds.VERBOSITY);
    }

    static <E extends Enum<E>> E oneOf(String text, E[] constants) {
        var names = new ArrayList<String>();
        for (var constant : constants) {
            var name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
            names.add(name);
        }
        throw new InvalidSettingException("'" + text + "' is none of " + String.join(", ", names));
    }
}
