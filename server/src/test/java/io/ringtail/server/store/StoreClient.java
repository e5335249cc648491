package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.ValueStream;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strings and arrays on a store, one per thread, for tests. */
final class StoreClient {
    /** What a get gives. */
    record Item(byte[] value, int clientFlags, long cas, int exptime) {}

    private static final int PART_BYTES = 10_000;

    private final Store store;
    private final ItemView view;
    private final Mutation mutation;
    private final long keyBuffer = Arena.global().allocate(256).address();
    private final long partBuffer = Arena.global().allocate(64 << 10).address();
    private int keyBytes;
    int now = 1;

    StoreClient(Store store) {
        this.store = store;
        this.view = store.view();
        this.mutation = store.mutation();
    }

    ItemView view() {
        return view;
    }

    private long hash(String key) {
        var bytes = key.getBytes(StandardCharsets.ISO_8859_1);
        Memory.copyFrom(bytes, 0, keyBuffer, bytes.length);
        keyBytes = bytes.length;
        return store.hash(keyBuffer, keyBytes);
    }

    @Nullable
    Item get(String key) {
        long hash = hash(key);
        while (true) {
            if (!view.find(hash, keyBuffer, keyBytes, now)) {
                return null;
            }
            byte[] value;
            if (view.chained()) {
                try (var stream = view.pin()) {
                    if (stream == null) {
                        continue;
                    }
                    value = readAll(stream);
                }
            } else {
                value = Memory.bytes(view.inlineAddress(), (int) view.valueBytes());
            }
            var item = new Item(value, view.clientFlags(), view.cas(), view.exptime());
            if (view.isConsistent()) {
                view.markRead(now);
                return item;
            }
        }
    }

    /** The value's stream, where it is chained. */
    @Nullable
    ValueStream pin(String key) {
        return view.find(hash(key), keyBuffer, keyBytes, now) && view.chained() ? view.pin() : null;
    }

    static byte[] readAll(ValueStream stream) {
        var all = new ByteArrayOutputStream();
        while (stream.remaining() > 0) {
            int part = Math.min(stream.partBytes(), 7777);
            all.writeBytes(Memory.bytes(stream.partAddress(), part));
            stream.advance(part);
        }
        return all.toByteArray();
    }

    /** Stores and returns the CAS unique, -1 where there is no memory. */
    long set(String key, byte[] value, int clientFlags, int exptime) {
        if (value.length > store.inlineLimit()) {
            return setLong(key, value, clientFlags, exptime);
        }
        mutation.begin(hash(key), keyBuffer, keyBytes, now);
        try {
            long address = mutation.allocate(value.length, clientFlags, exptime);
            if (address == 0) {
                return -1;
            }
            Memory.copyFrom(value, 0, address, value.length);
            return mutation.commit(0);
        } finally {
            mutation.end();
        }
    }

    /** Stores a value behind an attribute. */
    void set(String key, byte[] attribute, byte[] value) {
        var all = new byte[1 + attribute.length + value.length];
        all[0] = (byte) attribute.length;
        System.arraycopy(attribute, 0, all, 1, attribute.length);
        System.arraycopy(value, 0, all, 1 + attribute.length, value.length);
        try (var upload = upload(all)) {
            mutation.begin(hash(key), keyBuffer, keyBytes, now);
            try {
                if (upload == null || !mutation.attach(upload, 0, 0)) {
                    throw new IllegalStateException("no memory for key=" + key);
                }
                mutation.attribute(true);
                mutation.commit(0);
            } finally {
                mutation.end();
            }
        }
    }

    /** The attribute of an item that is there. */
    byte[] attribute(String key) {
        if (!view.find(hash(key), keyBuffer, keyBytes, now)) {
            throw new IllegalStateException("no key=" + key);
        }
        return Memory.bytes(view.attributeAddress(), view.attributeBytes());
    }

    private long setLong(String key, byte[] value, int clientFlags, int exptime) {
        try (var upload = upload(value)) {
            if (upload == null) {
                return -1;
            }
            mutation.begin(hash(key), keyBuffer, keyBytes, now);
            try {
                return mutation.attach(upload, clientFlags, exptime) ? mutation.commit(0) : -1;
            } finally {
                mutation.end();
            }
        }
    }

    @Nullable
    Upload upload(byte[] value) {
        var upload = store.upload(value.length);
        for (int done = 0; upload != null && done < value.length;) {
            int part = Math.min(PART_BYTES, value.length - done);
            Memory.copyFrom(value, done, partBuffer, part);
            if (!upload.append(partBuffer, part)) {
                upload.close();
                return null;
            }
            done += part;
        }
        return upload;
    }

    boolean delete(String key) {
        mutation.begin(hash(key), keyBuffer, keyBytes, now);
        try {
            if (!mutation.exists()) {
                return false;
            }
            mutation.remove();
            return true;
        } finally {
            mutation.end();
        }
    }

    /** Null where the key is absent, false where there is no memory. */
    @Nullable
    Boolean touch(String key, int exptime) {
        mutation.begin(hash(key), keyBuffer, keyBytes, now);
        try {
            return mutation.exists() ? mutation.exptime(exptime) : null;
        } finally {
            mutation.end();
        }
    }

    /** Begins a mutation of {@code key} for a test that goes its own way. */
    Mutation begin(String key) {
        mutation.begin(hash(key), keyBuffer, keyBytes, now);
        return mutation;
    }
}
