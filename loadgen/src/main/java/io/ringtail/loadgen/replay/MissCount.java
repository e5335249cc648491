package io.ringtail.loadgen.replay;

/**
 * What a replay counted at one server.
 *
 * @param reads after the warm-up
 * @param misses of those
 * @param items that the server held in the end
 * @param refusals sets that it did not take
 */
public record MissCount(long reads, long misses, long items, long refusals) {
    public double percent() {
        return reads == 0 ? 0 : 100.0 * misses / reads;
    }
}
