package io.ringtail.loadgen.workload;

/** Shares of the steps that write and that delete; the others read. */
public record Mix(double writes, double deletes) {
    public Mix {
        if (writes < 0 || deletes < 0 || writes + deletes > 1) {
            throw new IllegalArgumentException("writes=" + writes + " deletes=" + deletes);
        }
    }

    Operation of(double share) {
        if (share < writes) {
            return Operation.WRITE;
        }
        return share < writes + deletes ? Operation.DELETE : Operation.READ;
    }
}
