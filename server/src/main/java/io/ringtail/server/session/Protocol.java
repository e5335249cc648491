package io.ringtail.server.session;

import io.ringtail.protocol.request.RequestParser;
import io.ringtail.server.execution.CommandExecutor;

/**
 * One wire protocol: how its commands are read and who executes them. Shared by a loop's sessions.
 */
public record Protocol(String name, RequestParser parser, CommandExecutor executor) {}
