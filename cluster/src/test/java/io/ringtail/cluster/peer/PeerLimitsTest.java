package io.ringtail.cluster.peer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.peer.PeerFrame;
import org.junit.jupiter.api.Test;

final class PeerLimitsTest {
    @Test
    void limitsFitIntoEachOther() {
        assertTrue(PeerLimits.LONGEST_BATCH_BYTES <= PeerFrame.MAX_BODY_BYTES);
        assertTrue(PeerLimits.REPLY_FRAME_BYTES + Output.MAX_ENSURE <= PeerFrame.MAX_BODY_BYTES);
        assertTrue(PeerLimits.MAX_VALUE_BYTES + 2048 + 2 <= PeerLimits.MAX_COMMAND_BYTES);
        assertTrue(2 * PeerLimits.PIECE_BYTES <= PeerLimits.MAX_COMMAND_BYTES);
        assertTrue(PeerLimits.MAX_COMMAND_BYTES < PeerLimits.MAX_IN_FLIGHT_BYTES);
        assertTrue(PeerLimits.CONGESTED_BYTES < PeerLimits.MAX_IN_FLIGHT_BYTES);
        assertTrue(PeerLimits.REPLY_HEAD_BYTES < PeerLimits.REPLY_FRAME_BYTES);
        assertTrue(Greeting.MAX_BODY_BYTES <= PeerFrame.MAX_BODY_BYTES);
    }
}
