package io.ringtail.protocol.text;

import io.ringtail.protocol.request.Operation;
import org.jspecify.annotations.Nullable;

/** The first words of the text protocol's lines. */
enum TextCommand {
    GET("get", Operation.GET), GETS("gets", Operation.GET), SET("set", Operation.SET),
    MG("mg", Operation.META_GET), MS("ms", Operation.META_SET), MD("md", Operation.META_DELETE),
    MA("ma", Operation.META_ARITHMETIC), MN("mn", Operation.META_NOOP),
    ME("me", Operation.META_DEBUG), DELETE("delete", Operation.DELETE),
    INCR("incr", Operation.INCREMENT), DECR("decr", Operation.DECREMENT),
    GAT("gat", Operation.GET_AND_TOUCH), GATS("gats", Operation.GET_AND_TOUCH),
    TOUCH("touch", Operation.TOUCH), ADD("add", Operation.ADD),
    REPLACE("replace", Operation.REPLACE), APPEND("append", Operation.APPEND),
    PREPEND("prepend", Operation.PREPEND), CAS("cas", Operation.CAS),
    STATS("stats", Operation.STATS), VERSION("version", Operation.VERSION),
    QUIT("quit", Operation.QUIT), FLUSH_ALL("flush_all", Operation.FLUSH_ALL),
    VERBOSITY("verbosity", Operation.VERBOSITY), WATCH("watch", Operation.WATCH),
    LRU_CRAWLER("lru_crawler", Operation.LRU_CRAWLER), LRU("lru", Operation.LRU),
    SLABS("slabs", Operation.SLABS), CACHE_MEMLIMIT("cache_memlimit", Operation.CACHE_MEMLIMIT),
    SHUTDOWN("shutdown", Operation.SHUTDOWN), EXTSTORE("extstore", Operation.EXTSTORE),
    REFRESH_CERTS("refresh_certs", Operation.REFRESH_CERTS), CONFIG("config", Operation.CONFIG);

    private static final TextCommand[] ALL = values();

    private final Word word;
    final Operation operation;

    TextCommand(String word, Operation operation) {
        this.word = Word.of(word);
        this.operation = operation;
    }

    static @Nullable TextCommand of(long address, int bytes) {
        for (var command : ALL) {
            if (command.word.matches(address, bytes)) {
                return command;
            }
        }
        return null;
    }
}
