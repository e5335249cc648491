package io.ringtail.server.execution;

import io.ringtail.metrics.counters.DurationCounters.Family;
import io.ringtail.protocol.request.Operation;

/** Which commands are counted together. Stateless. */
public final class CommandFamily {
    private CommandFamily() {}

    public static Family of(Operation operation) {
        return switch (operation) {
            case GET, META_GET, META_DEBUG -> Family.GET;
            case SET, ADD, REPLACE, APPEND, PREPEND, CAS, META_SET -> Family.STORE;
            case DELETE, META_DELETE -> Family.DELETE;
            case TOUCH, GET_AND_TOUCH -> Family.TOUCH;
            case INCREMENT, DECREMENT, META_ARITHMETIC -> Family.ARITHMETIC;
            default -> Family.OTHER;
        };
    }
}
