package io.ringtail.cluster.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.cluster.membership.NamedMembers.Resolver;
import io.ringtail.cluster.ring.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class NamedMembersTest {
    private static final Member SELF = new Member("10.0.0.1:11211", 3);

    /** What it is told to answer next, by the test. */
    private final BlockingQueue<List<String>> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<Member>> published = new LinkedBlockingQueue<>();
    private final Resolver resolver = () -> {
        try {
            var answer = answers.take();
            if (answer.contains("fail")) {
                throw new IOException("no name server");
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    };

    private List<Member> next() throws InterruptedException {
        var members = published.poll(60, TimeUnit.SECONDS);
        assertNotNull(members);
        return members;
    }

    @Test
    void membersAreAllAddressesAndThisNode() throws Exception {
        answers.add(List.of("10.0.0.2:11211", "10.0.0.1:11211", "10.0.0.2:11211"));
        try (var members = new NamedMembers(resolver, SELF, Duration.ofMillis(1))) {
            assertEquals(List.of(SELF, new Member("10.0.0.2:11211")), members.begin());
            members.join(published::add);
            assertEquals(2, next().size());
            answers.add(List.of("10.0.0.3:11211"));
            assertEquals(List.of(SELF, new Member("10.0.0.3:11211")), next());
            assertNotNull(members.add(new Member("a:1")));
        }
    }

    @Test
    void lastMembersStayWhileTheNameIsNotFound() throws Exception {
        answers.add(List.of("10.0.0.2:11211"));
        try (var members = new NamedMembers(resolver, SELF, Duration.ofMillis(1))) {
            members.begin();
            members.join(published::add);
            assertEquals(2, next().size());
            answers.add(List.of("fail"));
            assertEquals(2, next().size());
            assertTrue(String.valueOf(members.trouble()).endsWith("no name server"));
            answers.add(List.of());
            assertEquals(2, next().size());
            answers.add(List.of("10.0.0.2:11211", "10.0.0.4:11211"));
            assertEquals(3, next().size());
            assertNull(members.trouble());
        }
    }
}
