package io.baigong.host.rest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private final Problem problem;
    private final @Nullable Duration retryAfter;

    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
        this.retryAfter = null;
    }

    /** That goes away after a while. */
    public ProblemException(Problem problem, Duration retryAfter) {
        super(problem.detail());
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public static ProblemException notFound(String detail, String remedy) {
        return new ProblemException(Problem.of(404, "not-found", detail, remedy));
    }

    public static ProblemException invalid(String detail, String remedy) {
        return new ProblemException(Problem.of(400, "invalid", detail, remedy));
    }

    Problem problem() {
        return problem;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
