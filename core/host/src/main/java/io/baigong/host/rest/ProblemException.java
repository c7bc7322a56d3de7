package io.baigong.host.rest;

/** Ends a request with a problem. */
final class ProblemException extends RuntimeException {
    private final Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    static ProblemException notFound(String detail, String remedy) {
        return new ProblemException(Problem.of(404, "not-found", detail, remedy));
    }

    static ProblemException invalid(String detail, String remedy) {
        return new ProblemException(Problem.of(400, "invalid", detail, remedy));
    }

    Problem problem() {
        return problem;
    }
}
