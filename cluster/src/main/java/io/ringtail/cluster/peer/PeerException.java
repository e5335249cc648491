package io.ringtail.cluster.peer;

/** What the other node said makes no sense, or it may not say it: the connection closes. */
final class PeerException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    PeerException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
