package io.ringtail.protocol.binary;

/** The opcodes of the binary protocol. Those with Q reply only with what the client must know. */
public final class Opcode {
    public static final int GET = 0x00;
    public static final int SET = 0x01;
    public static final int ADD = 0x02;
    public static final int REPLACE = 0x03;
    public static final int DELETE = 0x04;
    public static final int INCREMENT = 0x05;
    public static final int DECREMENT = 0x06;
    public static final int QUIT = 0x07;
    public static final int FLUSH = 0x08;
    public static final int GETQ = 0x09;
    public static final int NOOP = 0x0A;
    public static final int VERSION = 0x0B;
    public static final int GETK = 0x0C;
    public static final int GETKQ = 0x0D;
    public static final int APPEND = 0x0E;
    public static final int PREPEND = 0x0F;
    public static final int STAT = 0x10;
    public static final int SETQ = 0x11;
    public static final int ADDQ = 0x12;
    public static final int REPLACEQ = 0x13;
    public static final int DELETEQ = 0x14;
    public static final int INCREMENTQ = 0x15;
    public static final int DECREMENTQ = 0x16;
    public static final int QUITQ = 0x17;
    public static final int FLUSHQ = 0x18;
    public static final int APPENDQ = 0x19;
    public static final int PREPENDQ = 0x1A;
    public static final int TOUCH = 0x1C;
    public static final int GAT = 0x1D;
    public static final int GATQ = 0x1E;
    public static final int SASL_LIST = 0x20;
    public static final int SASL_AUTH = 0x21;
    public static final int SASL_STEP = 0x22;
    /** Of clients that find the members of a cluster by themselves. */
    public static final int CONFIG_GET = 0x60;
    public static final int GATK = 0x23;
    public static final int GATKQ = 0x24;

    private Opcode() {}

    /** Whether the reply of a retrieval repeats the key. */
    public static boolean returnsKey(int opcode) {
        return switch (opcode) {
            case GETK, GETKQ, GATK, GATKQ -> true;
            default -> false;
        };
    }
}
