package io.ringtail.server.execution;

import io.ringtail.cluster.peer.ForwardReply;
import io.ringtail.cluster.peer.PeerLinks;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.server.execution.Routing.MemberAnswer;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A command that all other members are asked at once. Owner: an event loop. */
final class MemberQuery {
    /** Statistics have some 5 KiB. */
    private static final int MAX_REPLY_BYTES = 64 << 10;

    private final List<Member> members;
    private final Consumer<List<MemberAnswer>> then;
    /** Members that have not answered; one more while they are being asked. */
    private int open = 1;

    private MemberQuery(List<String> names, Consumer<List<MemberAnswer>> then) {
        this.members = names.stream().map(Member::new).toList();
        this.then = then;
    }

    /** Asks, and hands over what they say when all have answered or failed. */
    static void ask(PeerLinks links, String command, Consumer<List<MemberAnswer>> then) {
        var view = links.view();
        var others = IntStream.range(0, view.peers().size())
                .filter(member -> member != view.self())
                .toArray();
        var query = new MemberQuery(
                IntStream.of(others).mapToObj(member -> view.peers().get(member).peer()).toList(),
                then);
        try (var arena = Arena.ofConfined()) {
            var text = command.getBytes(StandardCharsets.US_ASCII);
            long address = arena.allocate(text.length).address();
            Memory.copyFrom(text, 0, address, text.length);
            for (int i = 0; i < others.length; i++) {
                query.open++;
                links.link(others[i])
                        .forward(ForwardEntry.NODE, address, text.length, query.members.get(i));
            }
        }
        query.answered();
    }

    private void answered() {
        if (--open == 0) {
            then.accept(members.stream().map(Member::answer).toList());
        }
    }

    private final class Member implements ForwardReply {
        private final String name;
        private final StringBuilder text = new StringBuilder();
        private boolean failed;

        Member(String name) {
            this.name = name;
        }

        @Override
        public void bytes(long address, int bytes) {
            if (text.length() + bytes <= MAX_REPLY_BYTES) {
                text.append(Memory.latin1(address, bytes));
            } else {
                failed = true;
            }
        }

        @Override
        public void done() {
            answered();
        }

        @Override
        public void failed(Failure why) {
            failed = true;
            answered();
        }

        MemberAnswer answer() {
            @Nullable String reply = failed ? null : text.toString();
            return new MemberAnswer(name, reply);
        }
    }
}
