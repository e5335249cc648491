package io.ringtail.server.auth;

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
 * Lets a text client in whose first set has a user and a password of the file as its value. Owner:
 * an event loop.
 */
public final class LoginExecutor implements CommandExecutor {
    private static final byte[] NOTHING = {};

    private final LoopContext loop;
    private final UserFile users;

    public LoginExecutor(LoopContext loop, UserFile users) {
        this.loop = loop;
        this.users = users;
    }

    @Override
    public int terminatorBytes() {
        return 2;
    }

    /** A login that the connection could only take as an upload cannot be one. */
    @Override
    public boolean accepts(Request request, Client client) {
        var store = loop.store();
        if (request.valueBytes > Math.min(store.inlineLimit(), store.maxItemBytes())) {
            reply(client, "CLIENT_ERROR auth token too long");
            return false;
        }
        return true;
    }

    @Override
    public void execute(Request request, @Nullable Upload upload, Client client) {
        if (request.operation != Operation.SET) {
            reply(client, request.error);
            return;
        }
        var value = request.valueBytes == 0 ? NOTHING
                : Memory.bytes(request.valueAddress, (int) request.valueBytes);
        int space = 0;
        while (space < value.length && value[space] != ' ') {
            space++;
        }
        if (space == value.length) {
            reply(client, "CLIENT_ERROR bad authentication token format");
            return;
        }
        admit(client, Arrays.copyOf(value, space),
                Arrays.copyOfRange(value, space + 1, value.length));
    }

    private void admit(Client client, byte[] name, byte[] password) {
        loop.counters().authCmds++;
        if (users.admits(name, password)) {
            client.authenticated(true);
            reply(client, "STORED");
        } else {
            loop.counters().authErrors++;
            reply(client, "CLIENT_ERROR authentication failure");
        }
    }

    @Override
    public void rejectValue(Request request, Rejection why, Client client) {
        reply(client, "CLIENT_ERROR bad command line termination");
    }

    private static void reply(Client client, String line) {
        client.output().text(line + "\r\n");
    }
}
