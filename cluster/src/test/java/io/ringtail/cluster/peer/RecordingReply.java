package io.ringtail.cluster.peer;

import io.ringtail.protocol.memory.Memory;

/** What became of one forwarded command. */
final class RecordingReply implements ForwardReply {
    private final StringBuilder text = new StringBuilder();
    int pieces;
    boolean done;
    Failure failure;
    String moved;

    @Override
    public void bytes(long address, int bytes) {
        pieces++;
        text.append(Memory.latin1(address, bytes));
    }

    @Override
    public void done() {
        finish();
        done = true;
    }

    @Override
    public void moved(int form, long address, int bytes) {
        failed(Failure.NOT_OWNER);
        moved = form + Memory.latin1(address, bytes);
    }

    @Override
    public void failed(Failure why) {
        finish();
        failure = why;
    }

    private void finish() {
        if (done || failure != null) {
            throw new IllegalStateException("a command was answered twice");
        }
    }

    String text() {
        return text.toString();
    }
}
