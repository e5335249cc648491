package io.ringtail.cluster.membership;

import io.ringtail.cluster.ring.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A list of members that several nodes change and tell each other: for each name the entry with the
 * higher stamp counts, so the order in which they hear of changes does not matter. What stands in
 * the settings has stamp 0 and is not taken from others: nodes that are restarted with another list
 * keep it, until a change at run time stamps all that the node which makes it knows.
 *
 * <p>In words: {@code NAME=WEIGHT@STAMP}, stamps in milliseconds. Thread-safe.
 */
final class PeerList {
    static final int MAX_MEMBERS = 1024;

    private final TreeMap<String, Entry> entries = new TreeMap<>();

    private record Entry(Member member, long stamp) {
        String text() {
            return member.name() + "=" + member.weight() + "@" + stamp;
        }

        /** Null where the word is none. */
        static @Nullable Entry parse(String word) {
            int at = word.lastIndexOf('@');
            int equals = word.lastIndexOf('=', Math.max(at, 0));
            if (equals <= 0) {
                return null;
            }
            try {
                return new Entry(
                        new Member(word.substring(0, equals),
                                Integer.parseInt(word.substring(equals + 1, at))),
                        Long.parseLong(word.substring(at + 1)));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    PeerList(List<Member> configured) {
        configured.forEach(member -> entries.put(member.name(), new Entry(member, 0)));
    }

    synchronized List<Member> members() {
        return entries.values().stream().map(Entry::member).toList();
    }

    synchronized List<String> said() {
        return entries.values().stream().map(Entry::text).toList();
    }

    /** Whether anything changed. */
    synchronized boolean heard(List<String> words) {
        boolean changed = false;
        for (var word : words) {
            var entry = Entry.parse(word);
            if (entry != null && isNews(entry)) {
                entries.put(entry.member.name(), entry);
                changed = true;
            }
        }
        return changed;
    }

    private boolean isNews(Entry entry) {
        var known = entries.get(entry.member.name());
        if (known == null) {
            return entry.stamp > 0 && entries.size() < MAX_MEMBERS;
        }
        return entry.stamp > known.stamp || entry.stamp == known.stamp && entry.stamp > 0
                && entry.member.weight() > known.member.weight();
    }

    /** Whether there was room for it. */
    synchronized boolean add(Member member, long nowMillis) {
        if (!entries.containsKey(member.name()) && entries.size() >= MAX_MEMBERS) {
            return false;
        }
        long newest = entries.values().stream().mapToLong(Entry::stamp).max().orElse(0);
        long stamp = Math.max(nowMillis, newest + 1);
        var all = new ArrayList<>(members());
        all.removeIf(other -> other.name().equals(member.name()));
        all.add(member);
        all.forEach(each -> entries.put(each.name(), new Entry(each, stamp)));
        return true;
    }
}
