package io.ringtail.server.wire;

import static io.ringtail.server.wire.Vocabulary.ascii;
import static io.ringtail.server.wire.Vocabulary.chance;

import java.nio.ByteBuffer;
import java.util.Random;

/** Requests of the binary protocol, quiet ones included. */
final class BinaryCommands implements CommandSource {
    private static final int[] GETS = {0x00, 0x09, 0x0c, 0x0d};
    private static final int[] TOUCHES = {0x1c, 0x1d, 0x1e, 0x23, 0x24};
    private static final int[] STORES = {0x01, 0x01, 0x02, 0x03, 0x11, 0x12, 0x13};
    private static final int[] APPENDS = {0x0e, 0x0f, 0x19, 0x1a};
    private static final int[] ARITHMETIC = {0x05, 0x06, 0x15, 0x16};
    private static final int[] DELETES = {0x04, 0x14};
    private static final int[] ALL = {0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09,
        0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19,
        0x1a, 0x1c, 0x1d, 0x1e, 0x20, 0x21, 0x22, 0x23, 0x24};
    private static final int[] UNKNOWN =
            {0x1b, 0x1f, 0x20, 0x21, 0x22, 0x25, 0x30, 0x3c, 0x40, 0x7f, 0xc0, 0xff};
    private static final int NEVER_CREATE = 0xffffffff;

    @Override
    public Dialect dialect() {
        return Dialect.BINARY;
    }

    @Override
    public Command next(Random random) {
        return switch (random.nextInt(26)) {
            case 0, 1, 2, 3, 4, 5 -> new Draft(random, GETS).withoutCas();
            case 6, 7, 8, 9, 10, 11 -> store(random, Vocabulary.value(random)).withCas();
            case 12, 13 -> append(random).withCas();
            case 14, 15, 16 -> arithmetic(random).withCas().alone();
            case 17, 18 -> touch(random).withoutCas();
            case 19, 20 -> new Draft(random, DELETES).withCas();
            case 21 -> keyless(random);
            case 22 -> unknown(random);
            case 23 -> new BinaryFrame(0x0a).opaque(random.nextInt(1000)).command();
            case 24 -> chance(random, 20) ? store(random, Vocabulary.largeValue(random)).withCas()
                    : new Draft(random, GETS).withoutCas();
            default -> chance(random, 12) ? malformed(random).alone() : touch(random).withoutCas();
        };
    }

    /** A frame for a key, and how it ends up with a CAS unique or without. */
    private static final class Draft {
        private final Random random;
        private final String key;
        private final BinaryFrame frame;

        Draft(Random random, int... opcodes) {
            this.random = random;
            this.key = Vocabulary.key(random);
            this.frame = new BinaryFrame(opcodes[random.nextInt(opcodes.length)]).key(ascii(key))
                    .opaque(random.nextInt())
                    .reserved(chance(random, 5) ? 77 : 0)
                    .dataType(chance(random, 3) ? 1 : 0);
        }

        Command withoutCas() {
            return frame.command();
        }

        Command withCas() {
            return switch (random.nextInt(10)) {
                case 0, 1 -> frame.command(new Command.CasOf(ascii(key), 0, true));
                case 2 -> frame.command(new Command.CasOf(ascii(key), 1, true));
                case 3 -> frame.cas(random.nextInt(5)).command();
                default -> frame.command();
            };
        }
    }

    private static int exptime(Random random) {
        return (int) Vocabulary.exptime(random);
    }

    private static Draft store(Random random, byte[] value) {
        Draft draft = new Draft(random, STORES);
        draft.frame.value(value)
                .extras(ByteBuffer.allocate(8)
                        .putInt(chance(random, 50) ? 0 : random.nextInt())
                        .putInt(exptime(random)));
        return draft;
    }

    private static Draft append(Random random) {
        Draft draft = new Draft(random, APPENDS);
        draft.frame.value(Vocabulary.value(random));
        return draft;
    }

    private static Draft arithmetic(Random random) {
        Draft draft = new Draft(random, ARITHMETIC);
        draft.frame.extras(ByteBuffer.allocate(20)
                .putLong(Long.parseUnsignedLong(Vocabulary.delta(random)))
                .putLong(Long.parseUnsignedLong(Vocabulary.delta(random)))
                .putInt(chance(random, 40) ? NEVER_CREATE : exptime(random)));
        return draft;
    }

    private static Draft touch(Random random) {
        Draft draft = new Draft(random, TOUCHES);
        draft.frame.extras(ByteBuffer.allocate(4).putInt(exptime(random)));
        return draft;
    }

    private static Command keyless(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> new BinaryFrame(0x0b).opaque(random.nextInt()).command();
            case 1 -> new BinaryFrame(0x10).key(ascii("sizes")).command();
            case 2 -> new BinaryFrame(0x10).key(ascii("nosuch")).command();
            case 3 -> new BinaryFrame(0x10).key(ascii("detail x")).command();
            case 4 -> new BinaryFrame(chance(random, 50) ? 0x08 : 0x18)
                    .extras(ByteBuffer.allocate(4).putInt(0))
                    .command();
            case 5 -> new BinaryFrame(chance(random, 50) ? 0x08 : 0x18).command();
            default -> new BinaryFrame(0x10).key(ascii("detail off")).command();
        };
    }

    /** Without a key: memcached 1.6.18 skips it twice and loses its place in the stream. */
    private static Command unknown(Random random) {
        return new BinaryFrame(UNKNOWN[random.nextInt(UNKNOWN.length)])
                .value(chance(random, 50) ? Vocabulary.smallValue(random) : new byte[0])
                .opaque(random.nextInt())
                .command();
    }

    /**
     * What ends the connection as a rule: lengths that do not fit each other or the opcode, a bad
     * magic.
     */
    private static Command malformed(Random random) {
        BinaryFrame frame = new BinaryFrame(ALL[random.nextInt(ALL.length)]).key(ascii("a"));
        return switch (random.nextInt(8)) {
            case 0 -> frame.extras(new byte[random.nextInt(25)]).command();
            case 1 -> frame.key(new byte[0]).command();
            case 2 -> frame.lengths(5, 0, 3).command();
            case 3 -> frame.lengths(1, 4, 1).command();
            case 4 -> frame.key(new byte[251]).command();
            case 5 -> frame.magic(0x81).command();
            case 6 -> frame.magic(random.nextInt(128)).command();
            default -> frame.value(new byte[random.nextInt(30)]).command();
        };
    }
}
