package io.ringtail.cluster.peer;

import io.netty.buffer.ByteBuf;
import io.ringtail.cluster.peer.Credentials.Exchange;
import io.ringtail.cluster.peer.Credentials.Role;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The owner's half of a greeting. Owner: the event loop of the connection. */
final class IncomingHello {
    private final Greeting greeting;
    private @Nullable Exchange exchange;
    private String peer = "unknown";
    private List<String> members = List.of();
    private boolean complete;

    IncomingHello(Greeting greeting) {
        this.greeting = greeting;
    }

    /** Who greets, by its own account until the greeting is complete. */
    String peer() {
        return peer;
    }

    boolean isComplete() {
        return complete;
    }

    /**
     * What to answer, released by the caller; the exception's message is the reason of a refusal.
     */
    ByteBuf answer(long frame) throws PeerException {
        int step = Greeting.step(frame);
        if (step == Greeting.FIRST_STEP && exchange == null) {
            exchange = begin(frame);
            return greeting.counterChallenge(exchange);
        }
        if (step != Greeting.SECOND_STEP || exchange == null || complete) {
            throw new PeerException("step " + step + " of the greeting is out of order");
        }
        var proof = Greeting.part(frame, 0, Credentials.PROOF_BYTES);
        if (!greeting.credentials()
                .proves(proof, Role.COORDINATOR, Objects.requireNonNull(exchange))) {
            throw new PeerException("the cluster secret differs");
        }
        complete = true;
        greeting.heard(members);
        return greeting.welcome();
    }

    private Exchange begin(long frame) throws PeerException {
        var nonce = Greeting.part(frame, 0, Credentials.NONCE_BYTES);
        var text = Greeting.text(Greeting.part(frame, Credentials.NONCE_BYTES, -1));
        var others = HelloSettings.parse(text);
        var reason = greeting.own().disagreement(others);
        if (reason != null) {
            throw new PeerException(reason);
        }
        peer = others.id();
        members = others.members();
        return new Exchange(nonce, greeting.credentials().nonce(), text,
                greeting.own().to(peer).text());
    }
}
