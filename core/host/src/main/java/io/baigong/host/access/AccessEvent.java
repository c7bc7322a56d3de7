package io.baigong.host.access;

import io.baigong.journal.Actor;

/**
 * That somebody came, went, was turned away, or had an account changed. A CDI event, fired before the answer leaves, on a thread
 * that may wait for a database; an observer that throws lets the request fail.
 *
 * @param actor who did it; for a sign-in that failed, who they said they were
 * @param subject what it was about: an account, or a method and an address
 * @param detail in words, without any secret
 */
public record AccessEvent(Kind kind, Actor actor, String subject, String detail) {
    /** What happened. */
    public enum Kind {
        SIGN_IN,
        SIGN_OUT,
        SIGN_IN_FAILED,
        REFUSAL,
        ACCOUNT_CHANGE
    }
}
