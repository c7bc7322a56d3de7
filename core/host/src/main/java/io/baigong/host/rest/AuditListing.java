package io.baigong.host.rest;

import io.baigong.journal.audit.AuditFilter;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditOrder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of the audit log is wanted, as an address says it. */
public class AuditListing {
    private static final int MOST = 200;
    private static final int LONGEST_TEXT = 200;

    @Parameter(description = "part of the entry as JSON, in either case", example = "case-4711")
    @QueryParam("q")
    @Nullable
    String text;

    @Parameter(description = "run, decision, sign-in, …", example = "decision")
    @QueryParam("kind")
    @Nullable
    String kind;

    @QueryParam("actor")
    @Nullable
    String actor;

    @Parameter(example = "finance.contract-review")
    @QueryParam("task")
    @Nullable
    String task;

    @Parameter(description = "id of what it is about, such as a run's, or SHA-256 of a file that it touched")
    @QueryParam("record")
    @Nullable
    String record;

    @Parameter(description = "name@version", example = "clause-tagger@1")
    @QueryParam("model")
    @Nullable
    String model;

    @Parameter(description = "logged at this moment or later", example = "2026-11-01T00:00:00Z")
    @QueryParam("from")
    @Nullable
    String from;

    @Parameter(description = "logged before this moment")
    @QueryParam("to")
    @Nullable
    String to;

    @Parameter(description = "time, kind or actor; with a minus before it the greatest first")
    @QueryParam("sort")
    @DefaultValue("-time")
    String sort = "-time";

    @Parameter(description = "how many entries to leave out first")
    @QueryParam("offset")
    @DefaultValue("0")
    String offset = "0";

    @Parameter(description = "1 to 200")
    @QueryParam("limit")
    @DefaultValue("50")
    String limit = "50";

    AuditFilter filter(String tenant) {
        if (text != null && text.length() > LONGEST_TEXT) {
            throw ProblemException.invalid("q has at most 200 characters", "Shorten it.");
        }
        return new AuditFilter(
                tenant,
                given(text),
                kind == null ? Set.of() : Set.of(kind(kind)),
                given(actor),
                given(task),
                given(record),
                given(model),
                given(from).map(RunListing::moment),
                given(to).map(RunListing::moment));
    }

    AuditOrder order() {
        boolean descending = sort.startsWith("-");
        String word = descending ? sort.substring(1) : sort;
        for (AuditOrder.By by : AuditOrder.By.values()) {
            if (by.word().equals(word)) {
                return new AuditOrder(by, descending);
            }
        }
        throw ProblemException.invalid(
                "entries can't be sorted by " + word,
                "Sort by time, kind or actor, with a minus before it for the greatest first.");
    }

    int offset() {
        return RunListing.number("offset", offset, 0, Integer.MAX_VALUE);
    }

    int limit() {
        return RunListing.number("limit", limit, 1, MOST);
    }

    /** PostgreSQL takes no U+0000, and nothing in the log has one. */
    private static Optional<String> given(@Nullable String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw ProblemException.invalid("a filter has no character U+0000", "Leave it out.");
        }
        return Optional.ofNullable(text).filter(value -> !value.isBlank());
    }

    private static AuditKind kind(String word) {
        return AuditKind.of(word)
                .orElseThrow(() -> ProblemException.invalid(
                        "there is no kind of entry " + word,
                        "The kinds are "
                                + String.join(
                                        ", ",
                                        Arrays.stream(AuditKind.values())
                                                .map(AuditKind::word)
                                                .toList())
                                + "."));
    }
}
