package io.ringtail.cluster.peer;

import io.netty.buffer.ByteBuf;
import io.ringtail.cluster.peer.Credentials.Exchange;
import io.ringtail.cluster.peer.Credentials.Role;
import io.ringtail.protocol.peer.PeerFrame;
import org.jspecify.annotations.Nullable;

/** The coordinator's half of a greeting. Owner: the event loop of the connection. */
final class OutgoingHello {
    private final Greeting greeting;
    private final byte[] nonce;
    private final String settings;
    private boolean responded;
    private boolean epochDiffers;

    OutgoingHello(Greeting greeting, String peer) {
        this.greeting = greeting;
        this.nonce = greeting.credentials().nonce();
        this.settings = greeting.own().to(peer).text();
    }

    ByteBuf challenge() {
        return greeting.challenge(nonce, settings);
    }

    /** What to send next, released by the caller; null where the greeting is complete. */
    @Nullable
    ByteBuf answer(long frame) throws PeerException {
        int status = PeerFrame.status(frame);
        if (status == PeerFrame.REFUSED) {
            throw new PeerException("it refuses: " + Greeting.text(Greeting.part(frame, 0, -1)));
        }
        if (status == PeerFrame.OK && responded) {
            return null;
        }
        if (status != PeerFrame.CONTINUE || responded
                || Greeting.step(frame) != Greeting.FIRST_STEP) {
            throw new PeerException("unexpected answer to the greeting, status=" + status);
        }
        responded = true;
        return greeting.response(checked(frame));
    }

    private Exchange checked(long frame) throws PeerException {
        int proofAt = Credentials.NONCE_BYTES;
        int settingsAt = proofAt + Credentials.PROOF_BYTES;
        var owner = Greeting.text(Greeting.part(frame, settingsAt, -1));
        var exchange = new Exchange(nonce, Greeting.part(frame, 0, proofAt), settings, owner);
        var others = HelloSettings.parse(owner);
        var reason = greeting.own().disagreement(others);
        if (reason != null) {
            throw new PeerException(reason);
        }
        var proof = Greeting.part(frame, proofAt, settingsAt);
        if (!greeting.credentials().proves(proof, Role.OWNER, exchange)) {
            throw new PeerException("it does not know the cluster secret");
        }
        greeting.heard(others.members());
        epochDiffers = others.epoch() != greeting.own().epoch();
        return exchange;
    }

    /** Whether the peer goes by another list of members. */
    boolean epochDiffers() {
        return epochDiffers;
    }
}
