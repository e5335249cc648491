package io.ringtail.cluster.ring;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A ring of 65,536 slots of equal size, a key's slot being the leading bits of its hash. Each slot
 * is drawn for by rendezvous hashing: every member has a random number for every slot, and the
 * highest wins. So a member that comes takes only what it wins, one that goes leaves only what it
 * had, and the shares of n members of the same weight differ by sqrt(n / 65536): 1.2 % at ten. A
 * weight is as many tickets in each draw; the logarithm that this takes is Java's StrictMath, which
 * gives the same on all machines. Immutable.
 */
final class SlotTable implements Placement {
    private static final int SLOT_BITS = 16;
    private static final int SLOTS = 1 << SLOT_BITS;

    private final short[] owners;

    private SlotTable(short[] owners) {
        this.owners = owners;
    }

    static SlotTable of(List<Member> members) {
        var seeds = members.stream()
                .mapToLong(member -> KeyHash.of(member.name().getBytes(StandardCharsets.UTF_8)))
                .toArray();
        int first = members.getFirst().weight();
        boolean alike = members.stream().allMatch(member -> member.weight() == first);
        var owners = new short[SLOTS];
        for (int slot = 0; slot < SLOTS; slot++) {
            owners[slot] = (short) (alike ? highest(seeds, slot) : heaviest(members, seeds, slot));
        }
        return new SlotTable(owners);
    }

    private static long number(long seed, int slot) {
        return KeyHash.finish(seed, slot) & Long.MAX_VALUE;
    }

    private static int highest(long[] seeds, int slot) {
        int winner = 0;
        long most = -1;
        for (int i = 0; i < seeds.length; i++) {
            long number = number(seeds[i], slot);
            if (number > most) {
                most = number;
                winner = i;
            }
        }
        return winner;
    }

    private static int heaviest(List<Member> members, long[] seeds, int slot) {
        int winner = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < seeds.length; i++) {
            double chance = (number(seeds[i], slot) + 0.5) / 0x1p63;
            double score = StrictMath.log(chance) / members.get(i).weight();
            if (score > most) {
                most = score;
                winner = i;
            }
        }
        return winner;
    }

    @Override
    public int ownerOf(long keyAddress, int keyBytes) {
        return owners[(int) (KeyHash.of(keyAddress, keyBytes) >>> 64 - SLOT_BITS)];
    }

    @Override
    public int ownerOf(byte[] key) {
        return owners[(int) (KeyHash.of(key) >>> 64 - SLOT_BITS)];
    }

    @Override
    public double[] shares(int members) {
        var shares = new double[members];
        for (short owner : owners) {
            shares[owner] += 1.0 / SLOTS;
        }
        return shares;
    }
}
