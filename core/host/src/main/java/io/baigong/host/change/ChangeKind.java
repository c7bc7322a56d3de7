package io.baigong.host.change;

import io.baigong.host.access.Roles;
import java.util.List;
import java.util.Locale;

/** What it is that changed, and who is told: those who may list it. */
public enum ChangeKind {
    /** A run ended, or somebody decided on it. */
    RUN(Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR),
    /** A batch began, went on or ended. */
    BATCH(Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR),
    /** A training began, went on or ended. */
    TRAINING(Roles.MODEL_OWNER, Roles.AUDITOR),
    /** Something happened to the models of a role; its subject is the role. */
    MODEL(Roles.ALL.toArray(String[]::new)),
    /** An alarm of a machine was raised, looked after, or ended. */
    ALARM(Roles.ALL.toArray(String[]::new)),
    /** An alert that the quality of what serves decays was raised, looked after, or ended. */
    ALERT(Roles.ALL.toArray(String[]::new));

    @SuppressWarnings("ImmutableEnumChecker") // a copy, of texts
    private final List<String> readers;

    ChangeKind(String... readers) {
        this.readers = List.of(readers);
    }

    /** The roles that may list what it is. */
    public List<String> readers() {
        return readers;
    }

    /** As events and rows have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ChangeKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
