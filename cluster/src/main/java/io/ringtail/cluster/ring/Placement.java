package io.ringtail.cluster.ring;

/** Where keys lie among members that are known by number. Immutable. */
sealed interface Placement permits Continuum, SlotTable {
    /** The number of the member that owns the key in native memory. */
    int ownerOf(long keyAddress, int keyBytes);

    /** The same for a key on the heap. */
    int ownerOf(byte[] key);

    /** For each member, the part of all hashes, 0 to 1, that belongs to it. */
    double[] shares(int members);
}
