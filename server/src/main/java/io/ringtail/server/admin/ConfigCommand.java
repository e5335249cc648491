package io.ringtail.server.admin;

import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.LoopContext;
import java.util.List;

/**
 * {@code config get cluster}: the members, for clients that look for them by themselves. The
 * version says when this node first saw these members, in Unix time: it grows with each change.
 * Thread-safe.
 */
final class ConfigCommand implements Command {
    private static final String ERROR = "ERROR";

    private List<String> members = List.of();
    private long version;

    @Override
    public String execute(Words words, LoopContext loop, Client client) {
        var described = describe(loop);
        if (described.isEmpty() || words.count() != 2 || !words.word(0).equals("get")) {
            return ERROR;
        }
        if (!words.word(1).equals("cluster")) {
            return "END";
        }
        client.output()
                .text("CONFIG cluster 0 " + described.length() + "\r\n" + described + "\r\n");
        return "END";
    }

    /** The version and, behind it, host, address and port of each member. */
    String describe(LoopContext loop) {
        var present = loop.node().routing().members(loop);
        if (present.isEmpty()) {
            return "";
        }
        var text = new StringBuilder().append(version(present, loop)).append('\n');
        for (var member : present) {
            int colon = member.lastIndexOf(':');
            var host = member.substring(0, colon);
            text.append(member == present.getFirst() ? "" : " ")
                    .append(host)
                    .append('|')
                    .append(host)
                    .append('|')
                    .append(member, colon + 1, member.length());
        }
        return text.append('\n').toString();
    }

    private synchronized long version(List<String> present, LoopContext loop) {
        if (!members.equals(present)) {
            members = present;
            version = Math.max(version + 1, loop.node().clock().startedAt() + loop.now());
        }
        return version;
    }
}
