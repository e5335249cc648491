package io.ringtail.server.session;

/**
 * How much one connection may have under way.
 *
 * @param maxInflight commands whose replies wait for another node
 * @param maxHeldBytes bytes of replies that wait behind them
 * @param maxLineBytes a line longer than this without its end hangs up, but for get and gets
 */
public record SessionLimits(int maxInflight, long maxHeldBytes, int maxLineBytes) {
    public static SessionLimits defaults() {
        return new SessionLimits(1024, 4L << 20, 2048);
    }
}
