package io.ringtail.server.execution;

import io.ringtail.metrics.counters.LoopCounters;
import io.ringtail.protocol.request.Request;
import io.ringtail.server.store.ItemView;
import io.ringtail.server.store.Mutation;
import io.ringtail.server.store.Store;

/**
 * What the commands of one event loop share. Owner: that event loop; the counters may be read by
 * others.
 */
public final class LoopContext {
    private final int number;
    private final NodeServices node;
    private final Store store;
    private final ItemView view;
    private final Mutation mutation;
    private final LoopCounters counters = new LoopCounters();
    private final HotKeys hotKeys = new HotKeys();
    private final Request request = new Request();
    private int now = 1;

    public LoopContext(int number, NodeServices node, Store store) {
        this.number = number;
        this.node = node;
        this.store = store;
        this.view = store.view();
        this.mutation = store.mutation();
    }

    public int number() {
        return number;
    }

    public NodeServices node() {
        return node;
    }

    public Store store() {
        return store;
    }

    public ItemView view() {
        return view;
    }

    public Mutation mutation() {
        return mutation;
    }

    public LoopCounters counters() {
        return counters;
    }

    /** What is read most. */
    public HotKeys hotKeys() {
        return hotKeys;
    }

    /** The request that the loop's parsers fill. */
    public Request request() {
        return request;
    }

    /** Seconds on the store's clock, read once per turn. */
    public int now() {
        return now;
    }

    /** Starts a turn of the loop. */
    public void startTurn(int nowSeconds) {
        if (nowSeconds != now) {
            now = nowSeconds;
            store.tick(nowSeconds);
        }
    }
}
