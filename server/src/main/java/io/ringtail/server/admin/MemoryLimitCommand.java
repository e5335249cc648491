package io.ringtail.server.admin;

import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.LoopContext;

/** {@code cache_memlimit <megabytes> [noreply]}. Stateless. */
record MemoryLimitCommand() implements Command {
    private static final int MIN_MEGABYTES = 8;
    private static final int MAX_MEGABYTES = 1_000_000_000;
    private static final int MEGABYTE_SHIFT = 20;

    @Override
    public String execute(Words words, LoopContext loop, Client client) {
        var megabytes = words.unsigned(0);
        if (megabytes.isEmpty()) {
            return "ERROR";
        }
        if (megabytes.getAsLong() < MIN_MEGABYTES) {
            return "MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m";
        }
        if (megabytes.getAsLong() > MAX_MEGABYTES) {
            return "MEMLIMIT_ADJUST_FAILED input value is megabytes not bytes";
        }
        long bytes = megabytes.getAsLong() << MEGABYTE_SHIFT;
        if (!loop.store().resize(bytes)) {
            return "MEMLIMIT_ADJUST_FAILED out of bounds or unable to adjust";
        }
        return "OK";
    }
}
