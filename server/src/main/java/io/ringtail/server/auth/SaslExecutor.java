package io.ringtail.server.auth;

import io.ringtail.protocol.binary.BinaryReply;
import io.ringtail.protocol.binary.Opcode;
import io.ringtail.protocol.binary.Status;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.CommandExecutor;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.store.Upload;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * SASL in front of the binary protocol's commands. There is one mechanism, PLAIN. Until a client
 * has authenticated it may ask for the version; anything else ends the connection. Owner: an event
 * loop.
 *
 * <pre>
 * message = [user to act as] NUL user NUL password
 * </pre>
 */
public final class SaslExecutor implements CommandExecutor {
    private static final String MECHANISM = "PLAIN";
    private static final int MAX_MECHANISM_BYTES = 32;
    /** User and password together. */
    private static final int MAX_CREDENTIALS_BYTES = UserFile.MAX_LINE_BYTES - 4;

    private final LoopContext loop;
    private final UserFile users;
    private final CommandExecutor commands;

    /** Guards {@code commands}, which are those of the binary protocol. */
    public SaslExecutor(LoopContext loop, UserFile users, CommandExecutor commands) {
        this.loop = loop;
        this.users = users;
        this.commands = commands;
    }

    @Override
    public int terminatorBytes() {
        return commands.terminatorBytes();
    }

    @Override
    public boolean accepts(Request request, Client client) {
        if (!isSasl(request)) {
            return isAllowed(request, client) && commands.accepts(request, client);
        }
        if (request.keyBytes > MAX_MECHANISM_BYTES) {
            BinaryReply.error(client.output(), request, Status.INVALID);
            return false;
        }
        var store = loop.store();
        if (request.valueBytes > Math.min(store.inlineLimit(), store.maxItemBytes())) {
            BinaryReply.error(client.output(), request, Status.OUT_OF_MEMORY);
            return false;
        }
        return true;
    }

    @Override
    public void execute(Request request, @Nullable Upload upload, Client client) {
        switch (request.operation) {
            case SASL_LIST -> {
                client.authenticated(false);
                BinaryReply.text(client.output(), request, Status.OK, MECHANISM);
            }
            case SASL_AUTH -> start(request, client);
            case SASL_STEP -> step(request, client);
            default -> {
                if (isAllowed(request, client)) {
                    commands.execute(request, upload, client);
                }
            }
        }
    }

    @Override
    public void rejectValue(Request request, Rejection why, Client client) {
        commands.rejectValue(request, why, client);
    }

    private static boolean isSasl(Request request) {
        return request.operation == Operation.SASL_AUTH || request.operation == Operation.SASL_STEP;
    }

    /** Frames that contradict themselves are refused as such, whoever sent them. */
    private static boolean isAllowed(Request request, Client client) {
        if (client.authenticated() || request.operation == Operation.MALFORMED
                || isOpen(request.opcode)) {
            return true;
        }
        BinaryReply.error(client.output(), request, Status.NOT_AUTHENTICATED);
        client.closeAfterReplies();
        return false;
    }

    private static boolean isOpen(int opcode) {
        return switch (opcode) {
            case Opcode.VERSION, Opcode.SASL_LIST, Opcode.SASL_AUTH, Opcode.SASL_STEP -> true;
            default -> false;
        };
    }

    private void start(Request request, Client client) {
        client.authenticated(false);
        client.authenticating(false);
        if (!isPlain(request)) {
            finish(request, client, false);
        } else if (request.valueBytes == 0) {
            client.authenticating(true);
            BinaryReply.text(client.output(), request, Status.CONTINUE, "");
        } else {
            finish(request, client, isRight(request));
        }
    }

    private void step(Request request, Client client) {
        client.authenticated(false);
        boolean begun = client.authenticating();
        client.authenticating(false);
        finish(request, client, begun && isRight(request));
    }

    private void finish(Request request, Client client, boolean right) {
        loop.counters().authCmds++;
        client.authenticated(right);
        if (right) {
            BinaryReply.text(client.output(), request, Status.OK, "Authenticated");
        } else {
            loop.counters().authErrors++;
            BinaryReply.error(client.output(), request, Status.NOT_AUTHENTICATED);
        }
    }

    private static boolean isPlain(Request request) {
        return MECHANISM.equalsIgnoreCase(Memory.latin1(request.keyAddress, request.keyBytes));
    }

    private boolean isRight(Request request) {
        if (request.valueBytes == 0) {
            return false;
        }
        var message = Memory.bytes(request.valueAddress, (int) request.valueBytes);
        int first = indexOfNul(message, 0);
        int second = indexOfNul(message, first + 1);
        if (second == message.length || indexOfNul(message, second + 1) < message.length) {
            return false;
        }
        var actAs = Arrays.copyOf(message, first);
        var name = Arrays.copyOfRange(message, first + 1, second);
        var password = Arrays.copyOfRange(message, second + 1, message.length);
        boolean asOneself = actAs.length == 0 || Arrays.equals(actAs, name);
        boolean fits = name.length + password.length <= MAX_CREDENTIALS_BYTES;
        return users.admits(name, password) && asOneself && fits;
    }

    private static int indexOfNul(byte[] message, int from) {
        int at = Math.min(from, message.length);
        while (at < message.length && message[at] != 0) {
            at++;
        }
        return at;
    }
}
