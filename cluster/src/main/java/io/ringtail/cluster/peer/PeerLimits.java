package io.ringtail.cluster.peer;

import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.peer.PeerFrame;

/** The limits of what nodes send each other; PeerLimitsTest checks how they relate. */
public final class PeerLimits {
    /** The largest value that travels inside a command or a reply: as much as -I is by default. */
    public static final int MAX_VALUE_BYTES = 1 << 20;
    /** The longest command: a line of 2048 bytes or a binary header with its key, and a value. */
    public static final int MAX_COMMAND_BYTES = MAX_VALUE_BYTES + (4 << 10);
    /** A longer command is cut into pieces of this length. */
    static final int PIECE_BYTES = 64 << 10;
    /** A frame of commands is closed when it has this many bytes. */
    static final int BATCH_BYTES = 64 << 10;
    /** A frame of replies has at most this many bytes, but for one reply that needs more. */
    static final int REPLY_FRAME_BYTES = 64 << 10;
    /** Free bytes in which every reply starts: room for its head. */
    static final int REPLY_HEAD_BYTES = 4 << 10;
    /** Above this, clients that wait for this peer's replies already are not read from. */
    static final long CONGESTED_BYTES = 1 << 20;
    /** Commands on their way to one peer; what goes beyond is answered as if it were gone. */
    static final long MAX_IN_FLIGHT_BYTES = 16 << 20;

    /** The bytes of a frame with one piece more than a batch may have. */
    static final int LONGEST_BATCH_BYTES =
            BATCH_BYTES + ForwardEntry.HEADER_BYTES + PIECE_BYTES + PeerFrame.HEADER_BYTES;

    private PeerLimits() {}
}
