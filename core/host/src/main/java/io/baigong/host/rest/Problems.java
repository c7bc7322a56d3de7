package io.baigong.host.rest;

import io.baigong.host.account.PasswordIdentities;
import io.baigong.host.account.SignInResource;
import io.baigong.journal.WithoutWords;
import io.baigong.journal.audit.AuditUnavailable;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import java.util.UUID;

/** The problem that an exception is to callers, whichever way they came. */
public final class Problems {
    private static final System.Logger LOG = System.getLogger(Problems.class.getName());

    private Problems() {}

    /** What it is to its caller. Of what is the program's fault it tells nothing but a number, under which the log has it. */
    public static Problem of(Throwable e) {
        return switch (e) {
            case ProblemException known -> known.problem();
            case AuditUnavailable unaudited -> unaudited(unaudited);
            case AuthenticationFailedException failed -> {
                Long seconds = failed.getAttribute(PasswordIdentities.RETRY_AFTER);
                yield seconds == null ? signIn() : SignInResource.tooMany(seconds);
            }
            case UnauthorizedException _ -> signIn();
            case ForbiddenException _ -> forbidden();
            default -> fault(e);
        };
    }

    static Problem signIn() {
        return Problem.of(
                401,
                "sign-in-needed",
                "this needs a sign-in",
                "Sign in with POST /api/v1/sign-in, or send the name and the password by HTTP Basic.");
    }

    static Problem forbidden() {
        return Problem.of(
                403,
                "forbidden",
                "your account may not do this",
                "Ask an administrator of your tenant for the role; docs/guides/identity.md says which.");
    }

    static Problem unaudited(AuditUnavailable e) {
        return Problem.of(
                503,
                "audit-unavailable",
                String.valueOf(e.getMessage()),
                "Nothing was answered, for all that is answered is audited. Try again later; the operator finds the"
                        + " cause in the log of the suite.");
    }

    static Problem fault(Throwable e) {
        UUID incident = UUID.randomUUID();
        LOG.log(System.Logger.Level.ERROR, "incident " + incident, WithoutWords.of(e));
        return Problem.of(
                500,
                "fault",
                "the program failed; this is incident " + incident,
                "Report it with this number; the log of the suite says more.");
    }
}
