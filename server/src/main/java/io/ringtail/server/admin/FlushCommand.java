package io.ringtail.server.admin;

import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.stats.RuntimeSettings;
import org.jspecify.annotations.Nullable;

/**
 * {@code flush_all [exptime] [noreply]}, in a cluster on all members. Stateless but for the
 * settings it reports to.
 */
record FlushCommand(RuntimeSettings settings) implements Command {
    @Override
    public @Nullable String execute(Words words, LoopContext loop, Client client) {
        loop.counters().cmdFlush++;
        if (!loop.node().config().limits().commands().flush()) {
            return "CLIENT_ERROR flush_all not allowed";
        }
        int exptime = 0;
        if (words.count() != (words.endsWithNoreply() ? 1 : 0)) {
            var given = words.signed(0);
            if (given.isEmpty()) {
                return "CLIENT_ERROR invalid exptime argument";
            }
            exptime = given.getAsInt();
        }
        var node = loop.node();
        if (node.routing().members(loop).isEmpty() || words.endsWithNoreply()) {
            node.admin().flushAll(exptime, loop, () -> {});
            return "OK";
        }
        var slot = client.suspend();
        node.admin().flushAll(exptime, loop, () -> {
            slot.output().text("OK\r\n");
            slot.complete();
        });
        return null;
    }

    void flush(long exptime, LoopContext loop) {
        int now = loop.now();
        // Items of the second before still count as older: memcached flushes one second early.
        int at = (exptime > 0 ? loop.node().clock().expiryOf(exptime, now) : now) - 1;
        settings.set("oldest", at);
        loop.store().flush(at, now);
    }
}
