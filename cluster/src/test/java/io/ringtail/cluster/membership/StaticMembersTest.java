package io.ringtail.cluster.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ringtail.cluster.ring.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StaticMembersTest {
    private final List<List<Member>> published = new ArrayList<>();

    private static StaticMembers members(long millis, String... names) {
        return new StaticMembers(Stream.of(names).map(Member::new).toList(),
                () -> Instant.ofEpochMilli(millis));
    }

    private static String names(StaticMembers members) {
        return String.join(" ", members.begin().stream().map(Member::name).toList());
    }

    @Test
    void oneAdditionReachesAllAndTheNewOneLearnsOfAll() {
        var first = members(5, "a:1", "b:1");
        var second = members(5, "b:1", "a:1");
        var added = members(5, "a:1", "c:1");
        second.join(published::add);
        assertNull(first.add(new Member("c:1", 3)));
        second.heard(first.said());
        added.heard(first.said());
        assertEquals("a:1 b:1 c:1", names(first));
        assertEquals(first.begin(), second.begin());
        assertEquals(first.begin(), added.begin());
        assertEquals(second.begin(), published.getLast());
        assertEquals(2, published.size());
        second.heard(first.said());
        assertEquals(2, published.size());
    }

    @Test
    void listsInSettingsAreNotTakenFromOthers() {
        var restarted = members(5, "a:1", "b:1");
        restarted.heard(members(5, "a:1", "b:1", "gone:1").said());
        assertEquals("a:1 b:1", names(restarted));
    }

    @Test
    void laterWeightHoldsWhateverTheClocks() {
        var late = members(100, "a:1", "b:1");
        assertNull(late.add(new Member("b:1", 2)));
        var early = members(1, "a:1", "b:1");
        early.heard(late.said());
        assertNull(early.add(new Member("b:1", 9)));
        late.heard(early.said());
        assertEquals(List.of(new Member("a:1"), new Member("b:1", 9)), late.begin());
        assertEquals(late.begin(), early.begin());
    }

    /** Words of strangers are passed over, and never too many are kept. */
    @Test
    void passesOverWhatIsNoMember() {
        var members = members(5, "a:1");
        members.heard(List.of("", "@", "b:1", "b:1=@5", "b:1=0@5", "b:1=1@x", "=1@5", "b c=1@5"));
        assertEquals("a:1", names(members));
        members.heard(IntStream.range(0, 2000).mapToObj(i -> "n" + i + ":1=1@5").toList());
        assertEquals(PeerList.MAX_MEMBERS, members.begin().size());
        assertNotNull(members.add(new Member("one-more:1")));
    }

    /** Whoever tells whom in whatever order: in the end all agree. */
    @Test
    void nodesConvergeHoweverTheyTalk() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var nodes = new ArrayList<StaticMembers>();
            for (int i = 0; i < 5; i++) {
                nodes.add(members(random.nextInt(10), "n0:1", "n1:1", "n2:1", "n3:1", "n4:1"));
            }
            for (int step = 0; step < 30; step++) {
                var one = nodes.get(random.nextInt(5));
                if (random.nextInt(4) == 0) {
                    assertNull(one.add(
                            new Member("n" + random.nextInt(8) + ":1", 1 + random.nextInt(5))));
                } else {
                    one.heard(nodes.get(random.nextInt(5)).said());
                }
            }
            for (int round = 0; round < 2; round++) {
                Collections.shuffle(nodes, random);
                nodes.forEach(teller -> nodes.forEach(hearer -> hearer.heard(teller.said())));
            }
            for (var node : nodes) {
                assertEquals(nodes.getFirst().said(), node.said(), "seed=" + seed);
            }
        }
    }
}
