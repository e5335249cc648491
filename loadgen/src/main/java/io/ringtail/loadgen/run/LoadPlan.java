package io.ringtail.loadgen.run;

import io.ringtail.loadgen.net.ClientConfig;

/**
 * A load.
 *
 * @param workers that ask one thing after another, over all loops
 */
public record LoadPlan(ClientConfig client, int workers, Batches batches, Spread spread,
        Pace pace) {
    /**
     * What a worker sends at once.
     *
     * @param pipeline commands
     * @param keysPerGet keys of a get
     * @param meta with meta commands
     * @param fills whether what was missed is stored
     */
    public record Batches(int pipeline, int keysPerGet, boolean meta, boolean fills) {
        public Batches {
            if (pipeline < 1 || keysPerGet < 1) {
                throw new IllegalArgumentException(
                        "pipeline=" + pipeline + " keysPerGet=" + keysPerGet);
            }
        }

        int operations() {
            return pipeline * keysPerGet;
        }
    }

    /**
     * @param rate operations a second, 0 for as many as come back
     * @param seconds 0 for until it is stopped
     * @param warmupSeconds before counting starts
     */
    public record Pace(double rate, double seconds, double warmupSeconds) {
        public Pace {
            if (rate < 0 || seconds < 0 || warmupSeconds < 0) {
                throw new IllegalArgumentException(
                        "rate=" + rate + " seconds=" + seconds + " warmupSeconds=" + warmupSeconds);
            }
        }
    }

    /** Which server is asked for a key. */
    public enum Spread {
        /** Always the same, by the key's hash: servers that know nothing of each other. */
        BY_KEY,
        /** Any, in turn: nodes of one cluster. */
        ANY
    }

    public LoadPlan {
        if (workers < client.threads()) {
            throw new IllegalArgumentException(
                    "workers=" + workers + " threads=" + client.threads());
        }
    }

    int workersOfLoop(int loop) {
        return workers / client.threads() + (loop < workers % client.threads() ? 1 : 0);
    }
}
