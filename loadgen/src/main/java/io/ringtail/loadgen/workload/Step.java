package io.ringtail.loadgen.workload;

/**
 * One step of a workload, filled anew by each {@link Workload#next}. Keys are numbers; {@link
 * KeyText} writes them out. Owner: the thread that runs the workload.
 */
public final class Step {
    private Operation operation = Operation.READ;
    private long key;
    private int keyBytes;
    private int valueBytes;
    private int ttlSeconds;

    public void set(Operation operation, long key, int keyBytes) {
        this.operation = operation;
        this.key = key;
        this.keyBytes = keyBytes;
    }

    /** What is to be stored under the key, on a write and after a miss. */
    public void setValue(int valueBytes, int ttlSeconds) {
        this.valueBytes = valueBytes;
        this.ttlSeconds = ttlSeconds;
    }

    public Operation operation() {
        return operation;
    }

    /** Equal numbers are equal keys, and have equal {@link #keyBytes}. */
    public long key() {
        return key;
    }

    public int keyBytes() {
        return keyBytes;
    }

    public int valueBytes() {
        return valueBytes;
    }

    /** In the workload's own time; 0 for ever. */
    public int ttlSeconds() {
        return ttlSeconds;
    }
}
