package io.baigong.host.access;

import java.util.List;

/** What people and programs may be. Which role may call what stands in the table of docs/guides/identity.md. */
public final class Roles {
    /** Runs tasks and decides on their answers. */
    public static final String ANALYST = "analyst";

    /** Gives the second opinion on decisions. */
    public static final String REVIEWER = "reviewer";

    /** Runs batches and keeps the gateway's keys. */
    public static final String OPERATOR = "operator";

    /** Trains, evaluates and promotes models. */
    public static final String MODEL_OWNER = "model-owner";

    /** Reads everything of the tenant, and changes nothing. */
    public static final String AUDITOR = "auditor";

    /** Manages the tenant's accounts. */
    public static final String ADMINISTRATOR = "administrator";

    /** All of them. */
    public static final List<String> ALL = List.of(ADMINISTRATOR, ANALYST, AUDITOR, MODEL_OWNER, OPERATOR, REVIEWER);

    private Roles() {}
}
