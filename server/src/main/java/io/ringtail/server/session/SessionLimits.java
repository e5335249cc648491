package io.ringtail.server.session;

/**
 * How much one connection may have under way.
 *
 * @param maxInflight commands whose replies wait for another node
 * @param maxHeldBytes bytes of replies that wait behind them
 * @param commandsPerTurn commands that are executed before other connections have their turn
 */
public record SessionLimits(int maxInflight, long maxHeldBytes, int commandsPerTurn) {
    public static SessionLimits defaults() {
        return new SessionLimits(1024, 4L << 20, Integer.MAX_VALUE);
    }
}
