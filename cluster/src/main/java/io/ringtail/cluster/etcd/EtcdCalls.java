package io.ringtail.cluster.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The few things that a node asks of etcd. Each answers within the time-out or fails: jetcd's own
 * futures may never complete. Owner: one thread at a time.
 */
final class EtcdCalls implements AutoCloseable {
    /** gRPC complains by the JDK's own logging of what is reported here anyway. */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private final EtcdConfig config;
    private final Runnable onChange;
    private volatile long timeoutMillis;
    private Client client;

    /** {@code onChange} is called when anything of the cluster changes, until this is closed. */
    EtcdCalls(EtcdConfig config, Duration timeout, Runnable onChange) {
        GRPC.setLevel(Level.SEVERE);
        this.config = config;
        this.timeoutMillis = timeout.toMillis();
        this.onChange = onChange;
        this.client = client();
    }

    private Client client() {
        return Client.builder()
                .endpoints(config.endpoints().toArray(String[]::new))
                .connectTimeout(Duration.ofMillis(timeoutMillis))
                .waitForReady(false)
                .build();
    }

    /** From now on no call takes longer. */
    void timeout(Duration longest) {
        timeoutMillis = longest.toMillis();
    }

    /** Tries afresh: gRPC lets ever more time pass, minutes in the end, before it tries again. */
    void reconnect() {
        client.close();
        client = client();
        watch();
    }

    /** etcd does not answer, or not in time. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, UTF_8);
    }

    private <T> T await(CompletableFuture<T> answer) throws Unavailable, InterruptedException {
        try {
            return answer.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new Unavailable(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Unavailable("no answer for " + timeoutMillis + " ms", e);
        }
    }

    EtcdSnapshot read() throws Unavailable, InterruptedException {
        var all = GetOption.builder().isPrefix(true).build();
        return snapshot(await(client.getKVClient().get(bytes(config.prefix()), all)));
    }

    private EtcdSnapshot snapshot(GetResponse response) {
        var nodes = new HashMap<String, EtcdSnapshot.Node>();
        String parameters = null;
        long revision = 0;
        for (var entry : response.getKvs()) {
            var key = entry.getKey().toString(UTF_8);
            var value = entry.getValue().toString(UTF_8);
            if (key.equals(config.parametersKey())) {
                parameters = value;
                revision = entry.getModRevision();
            } else if (key.startsWith(config.nodesPrefix())) {
                var member = EtcdSnapshot.member(value);
                if (member != null) {
                    nodes.put(key.substring(config.nodesPrefix().length()),
                            new EtcdSnapshot.Node(member, entry.getLease()));
                }
            }
        }
        return new EtcdSnapshot(response.getHeader().getRevision(), parameters, revision, nodes);
    }

    long grant(int seconds) throws Unavailable, InterruptedException {
        return await(client.getLeaseClient().grant(seconds, timeoutMillis, TimeUnit.MILLISECONDS))
                .getID();
    }

    /** Whether the lease is still there. */
    boolean keepAlive(long lease) throws Unavailable, InterruptedException {
        try {
            return await(client.getLeaseClient().keepAliveOnce(lease)).getTTL() > 0;
        } catch (Unavailable e) {
            if (isMissing(e)) {
                return false;
            }
            throw e;
        }
    }

    /** It may be gone already. */
    void revoke(long lease) throws Unavailable, InterruptedException {
        try {
            var unused = await(client.getLeaseClient().revoke(lease));
        } catch (Unavailable e) {
            if (!isMissing(e)) {
                throw e;
            }
        }
    }

    private static boolean isMissing(Unavailable e) {
        return e.getCause() instanceof EtcdException cause
                && cause.getErrorCode() == ErrorCode.NOT_FOUND;
    }

    /**
     * Writes where the key was last written at {@code revision}, 0: where there is none; says
     * whether it did. A lease of 0 is none.
     */
    boolean write(String key, long revision, String value, long lease)
            throws Unavailable, InterruptedException {
        var put = PutOption.builder();
        if (lease != 0) {
            put.withLeaseId(lease);
        }
        var unchanged = new Cmp(bytes(key), Cmp.Op.EQUAL, CmpTarget.modRevision(revision));
        return await(client.getKVClient()
                .txn()
                .If(unchanged)
                .Then(Op.put(bytes(key), bytes(value), put.build()))
                .commit()).isSucceeded();
    }

    /** Begins to report changes. */
    void watch() {
        var prefix = bytes(config.prefix());
        var unused = client.getWatchClient()
                .watch(prefix, WatchOption.builder().isPrefix(true).build(),
                        Watch.listener(changes -> onChange.run(), failure -> onChange.run()));
    }

    @Override
    public void close() {
        client.close();
    }
}
