package io.ringtail.protocol.request;

/**
 * One parsed command: a flyweight that its parser fills anew each time, so that parsing allocates
 * nothing. Addresses point into the connection's input (or the parser's scratch memory, for decoded
 * keys) and are valid only until the command was executed. Owner: the event loop of the connection.
 *
 * <p>This one class has plain public fields: it is the record of the hot path, read by executors.
 */
public final class Request {
    public Operation operation = Operation.MALFORMED;

    /** The command as the client sent it, from its first byte; what a forward sends on. */
    public long commandAddress;
    /**
     * Bytes of the line with its terminator, or of the binary header with extras and key; without
     * the value.
     */
    public int headerBytes;

    public long keyAddress;
    public int keyBytes;

    /**
     * Where the value lies once it is complete, without the text protocols' terminator; 0 before.
     */
    public long valueAddress;
    /** The value's length as declared; not limited yet. */
    public long valueBytes;

    public int clientFlags;
    /** As the client gave it: 0 never, relative, absolute or negative. */
    public long exptime;
    /** CAS unique to compare with, where {@link #hasCas}. */
    public long cas;
    public boolean hasCas;
    /** Operand and start value of arithmetic. */
    public long delta;
    public long initial;
    /** noreply, or a quiet binary opcode. Meta's q is among {@link #metaFlags}. */
    public boolean quiet;
    /** Whether a get shall give the CAS unique: gets, gats. */
    public boolean wantsCas;

    /** Binary: the opcode, and the opaque that goes back unchanged. */
    public int opcode;
    public int opaque;

    /**
     * Meta: bit (letter - 'A') for each flag that was given. The flags' own words, which the reply
     * echoes in order, are between these addresses.
     */
    public long metaFlags;
    public long flagsAddress;
    public int flagsBytes;
    /** Meta: mode of ms and ma (upper case), 0 where not given. */
    public byte metaMode;
    /**
     * Meta: exptime of autovivification (N) and recache threshold (R), explicit CAS (E), each where
     * its flag is set.
     */
    public long vivifyExptime;
    public long recacheSeconds;
    public long explicitCas;
    /**
     * Whether a miss creates the item, with {@link #vivifyExptime}: meta N, and binary arithmetic
     * with an initial value.
     */
    public boolean vivifies;
    /** Meta: the key came base64-encoded (flag b). */
    public boolean binaryKey;
    /** Side port: bytes of the attribute that the value begins with, behind its length; or 0. */
    public int attributeBytes;

    /**
     * Arguments of keyless commands: the line behind the command's word, without the terminator.
     */
    public long argumentsAddress;
    public int argumentsBytes;

    /** The error line that answers a malformed command, without the line end. */
    public String error = "ERROR";
    /** Whether the connection closes after a malformed command. */
    public boolean closes;
    /** Bytes behind a command that is not executed: its value, which is skipped. */
    public long skipBytes;
    /**
     * A text get whose keys have not all arrived, or that stopped between keys. Its executor puts
     * the command's words in front of the first key that is left, and lets headerBytes end there.
     */
    public boolean continued;

    public boolean hasMetaFlag(char letter) {
        return (metaFlags & 1L << letter - 'A') != 0;
    }

    /** Forgets everything that a parser might leave from the command before. */
    public void clear() {
        operation = Operation.MALFORMED;
        headerBytes = 0;
        keyBytes = 0;
        valueAddress = 0;
        valueBytes = 0;
        clientFlags = 0;
        exptime = 0;
        cas = 0;
        hasCas = false;
        delta = 0;
        initial = 0;
        quiet = false;
        wantsCas = false;
        opcode = 0;
        opaque = 0;
        metaFlags = 0;
        flagsBytes = 0;
        metaMode = 0;
        binaryKey = false;
        attributeBytes = 0;
        argumentsBytes = 0;
        vivifies = false;
        closes = false;
        skipBytes = 0;
        continued = false;
    }

    /**
     * Takes over all that {@code other} says; addresses are moved by {@code shift} bytes, for a
     * copy of the command's bytes.
     */
    public void copyFrom(Request other, long shift) {
        operation = other.operation;
        commandAddress = other.commandAddress + shift;
        headerBytes = other.headerBytes;
        keyAddress = other.keyAddress + shift;
        keyBytes = other.keyBytes;
        valueAddress = 0;
        valueBytes = other.valueBytes;
        clientFlags = other.clientFlags;
        exptime = other.exptime;
        cas = other.cas;
        hasCas = other.hasCas;
        delta = other.delta;
        initial = other.initial;
        quiet = other.quiet;
        wantsCas = other.wantsCas;
        opcode = other.opcode;
        opaque = other.opaque;
        metaFlags = other.metaFlags;
        flagsAddress = other.flagsAddress + shift;
        flagsBytes = other.flagsBytes;
        metaMode = other.metaMode;
        vivifyExptime = other.vivifyExptime;
        recacheSeconds = other.recacheSeconds;
        explicitCas = other.explicitCas;
        binaryKey = other.binaryKey;
        attributeBytes = other.attributeBytes;
        argumentsAddress = other.argumentsAddress + shift;
        argumentsBytes = other.argumentsBytes;
        vivifies = other.vivifies;
        error = other.error;
        closes = other.closes;
        skipBytes = other.skipBytes;
        continued = other.continued;
    }
}
