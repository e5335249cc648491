package io.ringtail.server.node;

import io.ringtail.protocol.binary.BinaryParser;
import io.ringtail.protocol.text.TextParser;
import io.ringtail.server.auth.LoginExecutor;
import io.ringtail.server.auth.LoginParser;
import io.ringtail.server.auth.SaslExecutor;
import io.ringtail.server.auth.UserFile;
import io.ringtail.server.auth.UserFile.Format;
import io.ringtail.server.auth.UserFileException;
import io.ringtail.server.config.NodeConfig.Security;
import io.ringtail.server.execution.BinaryExecutor;
import io.ringtail.server.execution.ForwardedExecution;
import io.ringtail.server.execution.ForwardedExecution.Language;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.execution.TextExecutor;
import io.ringtail.server.session.Protocol;
import io.ringtail.server.session.ReplyMemory;
import io.ringtail.server.session.SessionContext;
import io.ringtail.server.session.SessionLimits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What clients may speak, and which of them must say who they are first. Thread-safe. */
final class Protocols {
    private final @Nullable UserFile logins;
    private final @Nullable UserFile saslUsers;

    /** Reads the files with the users, where there are any. */
    Protocols(Security security) throws UserFileException {
        this.logins = open(security.authFile(), Format.LOGIN);
        this.saslUsers = open(security.sasl() ? security.saslFile() : null, Format.SASL);
    }

    private static @Nullable UserFile open(@Nullable Path file, Format format)
            throws UserFileException {
        return file == null ? null : UserFile.open(file, format);
    }

    /** Reads the files again; one that cannot be read fails, and its users stay as they were. */
    void reload() throws UserFileException {
        if (logins != null) {
            logins.reload();
        }
        if (saslUsers != null) {
            saslUsers.reload();
        }
    }

    /** Whether anybody has to say who he is. */
    boolean wantsLogin() {
        return logins != null || saslUsers != null;
    }

    /** Whether one of the files has this user with this password. */
    boolean admits(byte[] name, byte[] password) {
        return logins != null && logins.admits(name, password)
                || saslUsers != null && saslUsers.admits(name, password);
    }

    /**
     * What the sessions of one event loop share; {@code member} is null where the node is alone.
     */
    SessionContext sessions(LoopContext loop, @Nullable ClusterMember member) {
        var text = new Protocol("ascii", new TextParser(), new TextExecutor(loop));
        var login = logins == null ? null
                : new Protocol("ascii", new LoginParser(), new LoginExecutor(loop, logins));
        var commands = new BinaryExecutor(loop);
        var binary = new Protocol("binary", new BinaryParser(),
                saslUsers == null ? commands : new SaslExecutor(loop, saslUsers, commands));
        var limits = loop.node().config().limits();
        return new SessionContext(loop, text, binary, login,
                new ReplyMemory(loop.counters(),
                        limits.nodeBufferBytes() / loop.node().config().threads()),
                new SessionLimits(limits.maxInflight(), limits.connectionBufferBytes(),
                        limits.commandsPerTurn()),
                member == null ? null : entrance(loop, member, text, binary));
    }

    private static PeerEntrance entrance(LoopContext loop, ClusterMember member, Protocol text,
            Protocol binary) {
        return new PeerEntrance(member.greeting(), member.refusals(),
                new ForwardedExecution(loop, new Language(text.parser(), text.executor()),
                        new Language(binary.parser(), binary.executor()), member.routing()));
    }
}
