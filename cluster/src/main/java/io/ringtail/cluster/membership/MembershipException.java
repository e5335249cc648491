package io.ringtail.cluster.membership;

/** Why a node cannot be a member of the cluster, in one sentence for people. */
public final class MembershipException extends Exception {
    private static final long serialVersionUID = 1;

    public MembershipException(String message) {
        super(message);
    }
}
