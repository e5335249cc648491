package io.ringtail.server.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.ringtail.protocol.side.SideFrame.Status;
import java.util.EnumMap;
import java.util.Map;

/** The answers to commands on keys that did not do what was asked. Stateless. */
final class Refusals {
    private static final Map<Status, Answer> ANSWERS = answers();

    private Refusals() {}

    private static Map<Status, Answer> answers() {
        var answers = new EnumMap<Status, Answer>(Status.class);
        for (var status : Status.values()) {
            answers.put(status, switch (status) {
                case OK, NOT_MODIFIED -> Answer.empty(HttpResponseStatus.NO_CONTENT);
                case NOT_FOUND -> Answer.refusal(HttpResponseStatus.NOT_FOUND, "no such key");
                case NOT_STORED, EXISTS -> Answer.refusal(HttpResponseStatus.PRECONDITION_FAILED,
                        "the condition does not hold");
                case TOO_LARGE -> Answer.refusal(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                        "the item is larger than the node takes (-I)");
                case OUT_OF_MEMORY -> Answer.refusal(HttpResponseStatus.INSUFFICIENT_STORAGE,
                        "there is no memory for it");
                case UNREACHABLE -> Answer.refusal(HttpResponseStatus.SERVICE_UNAVAILABLE,
                        "the key's owner cannot be reached");
            });
        }
        return Map.copyOf(answers);
    }

    static Answer of(Status status) {
        var answer = ANSWERS.get(status);
        if (answer == null) {
            throw new IllegalStateException("status=" + status);
        }
        return answer;
    }
}
