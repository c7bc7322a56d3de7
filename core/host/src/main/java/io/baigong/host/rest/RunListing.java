package io.baigong.host.rest;

import io.baigong.host.run.GivenMoment;
import io.baigong.journal.RunFilter;
import io.baigong.journal.RunOrder;
import io.baigong.journal.RunStatus;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of the list of runs is wanted, as an address says it. */
public class RunListing {
    /** The header with the length of a whole list. */
    static final String TOTAL = "X-Total-Count";

    /** Most of a list at once. */
    static final int MOST_RUNS = 200;

    private static final int LONGEST_TEXT = 200;

    @Parameter(example = "finance.contract-review")
    @QueryParam("task")
    @Nullable
    String task;

    @Parameter(schema = @Schema(implementation = RunStatus.class))
    @QueryParam("status")
    @Nullable
    String status;

    @Parameter(description = "part of the name or the caller, in either case", example = "lease")
    @QueryParam("q")
    @Nullable
    String text;

    @Parameter(description = "only answers on which nobody has decided anything")
    @QueryParam("undecided")
    boolean undecided;

    @Parameter(description = "begun at this moment or later", example = "2026-11-01T00:00:00Z")
    @QueryParam("from")
    @Nullable
    String from;

    @Parameter(description = "begun before this moment")
    @QueryParam("to")
    @Nullable
    String to;

    @Parameter(description = "only runs older than this one")
    @QueryParam("before")
    @Nullable
    String before;

    @Parameter(
            description =
                    "started, name, duration, confidence, or risk: what is at stake by how unsure the answer is; with a minus before it the greatest first")
    @QueryParam("sort")
    @DefaultValue("-started")
    String sort = "-started";

    @Parameter(description = "how many runs to leave out first")
    @QueryParam("offset")
    @DefaultValue("0")
    String offset = "0";

    @Parameter(description = "1 to 200")
    @QueryParam("limit")
    @DefaultValue("50")
    String limit = "50";

    RunFilter filter() {
        if (text != null && text.length() > LONGEST_TEXT) {
            throw ProblemException.invalid("q has at most 200 characters", "Shorten it.");
        }
        return new RunFilter(
                Optional.ofNullable(task),
                Optional.ofNullable(status).map(RunListing::status),
                Optional.ofNullable(text).filter(words -> !words.isBlank()),
                undecided,
                Optional.ofNullable(from).map(RunListing::moment),
                Optional.ofNullable(to).map(RunListing::moment),
                Optional.ofNullable(before).map(RunResource::id));
    }

    RunOrder order() {
        boolean descending = sort.startsWith("-");
        String word = descending ? sort.substring(1) : sort;
        for (RunOrder.By by : RunOrder.By.values()) {
            if (by.word().equals(word)) {
                return new RunOrder(by, descending);
            }
        }
        throw ProblemException.invalid(
                "runs can't be sorted by " + word,
                "Sort by "
                        + Arrays.stream(RunOrder.By.values())
                                .map(RunOrder.By::word)
                                .collect(Collectors.joining(", "))
                        + ", with a minus before it for the greatest first.");
    }

    int offset() {
        return number("offset", offset, 0, Integer.MAX_VALUE);
    }

    int limit() {
        return number("limit", limit, 1, MOST_RUNS);
    }

    static int number(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw ProblemException.invalid(name + " is a number from " + least + " to " + most, "Send one, or none.");
    }

    static RunStatus status(String text) {
        try {
            return RunStatus.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "there is no status " + text, "A status is one of " + Arrays.toString(RunStatus.values()) + ".");
        }
    }

    static Instant moment(String text) {
        try {
            return GivenMoment.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemException.invalid(
                    "this is not a moment: " + text,
                    "Send one such as 2026-11-01T00:00:00Z, or a day such as 2026-11-01 (ISO 8601, UTC).");
        }
    }
}
