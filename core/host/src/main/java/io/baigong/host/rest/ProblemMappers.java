package io.baigong.host.rest;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.baigong.host.access.AccessEvent;
import io.baigong.host.access.AccessEvents;
import io.baigong.host.access.RequestTenancy;
import io.baigong.host.account.PasswordIdentities;
import io.baigong.host.account.SignInResource;
import io.baigong.journal.Actor;
import io.baigong.journal.audit.AuditUnavailable;
import io.baigong.registry.artifact.StorageException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error leaves as a problem, and none tells what the inside looks like. */
public final class ProblemMappers {
    private final AccessEvents events;

    ProblemMappers(AccessEvents events) {
        this.events = events;
    }

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        Duration wait = e.retryAfter();
        return wait == null ? e.problem().response() : later(e.problem(), wait.toSeconds() + 1);
    }

    private static Response later(Problem problem, long seconds) {
        return Response.fromResponse(problem.response())
                .header(HttpHeaders.RETRY_AFTER, seconds)
                .build();
    }

    @ServerExceptionMapper
    Response failed(AuthenticationFailedException e, HttpHeaders headers) {
        Long seconds = e.getAttribute(PasswordIdentities.RETRY_AFTER);
        return seconds == null ? signIn(headers) : later(SignInResource.tooMany(seconds), seconds);
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException e, HttpHeaders headers) {
        return signIn(headers);
    }

    private static Response signIn(HttpHeaders headers) {
        Problem problem = Problems.signIn();
        // Only to who tried: browsers open a window of their own at this header.
        String tried = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (tried == null) {
            return problem.response();
        }
        String challenge = tried.regionMatches(true, 0, "Bearer ", 0, 7)
                ? "Bearer realm=\"Baigong\", error=\"invalid_token\"" // RFC 6750, section 3
                : "Basic realm=\"Baigong\", charset=\"UTF-8\"";
        return Response.fromResponse(problem.response())
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }

    /** A refusal leaves after it was told. */
    @ServerExceptionMapper
    Uni<Response> forbidden(ForbiddenException e, ContainerRequestContext request) {
        Response refusal = Problems.forbidden().response();
        String subject = request.getMethod() + " " + request.getUriInfo().getPath();
        return CDI.current()
                .select(CurrentIdentityAssociation.class)
                .get()
                .getDeferredIdentity()
                .flatMap(identity -> events.telling(new AccessEvent(
                        AccessEvent.Kind.REFUSAL,
                        refused(identity),
                        subject,
                        "roles " + new TreeSet<>(identity.getRoles()))))
                .replaceWith(refusal);
    }

    private static Actor refused(SecurityIdentity identity) {
        String tenant = identity.getAttribute(RequestTenancy.TENANT);
        return new Actor(
                tenant == null ? "none" : tenant, identity.getPrincipal().getName());
    }

    /** No answer leaves that is not in the audit log. */
    @ServerExceptionMapper
    Response unaudited(AuditUnavailable e) {
        return Problems.unaudited(e).response();
    }

    /** Before Quarkus's own, which answers in a form of its own. */
    @ServerExceptionMapper
    Response json(MismatchedInputException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("/"));
        return Problem.of(400, "invalid", "the JSON does not fit at /" + path, "See /q/openapi for what it must hold.")
                .response();
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e, UriInfo uri, HttpHeaders headers) {
        int status = e.getResponse().getStatus();
        if (status >= 500) {
            return fault(e);
        }
        Problem problem = switch (status) {
            case 400 -> Problem.of(400, "invalid", unreadable(e), "See /q/openapi for what it must hold.");
            case 404 -> Problem.of(404, "not-found", "there is nothing at " + uri.getPath(), "See /q/openapi.");
            case 405 ->
                Problem.of(
                        405,
                        "method-not-allowed",
                        "this method is not allowed at " + uri.getPath(),
                        "See /q/openapi for the methods that are.");
            case 406 ->
                Problem.of(
                        406,
                        "not-acceptable",
                        "none of the media types in Accept can be answered",
                        "Accept application/json.");
            case 413 -> UploadLimit.problem();
            case 415 ->
                Problem.of(
                        415,
                        "unsupported-media-type",
                        "the body's media type "
                                + headers.getHeaderString(HttpHeaders.CONTENT_TYPE)
                                + " is not taken at "
                                + uri.getPath(),
                        "See /q/openapi for those that are.");
            default -> {
                String reason = e.getResponse().getStatusInfo().getReasonPhrase();
                yield Problem.of(
                        status,
                        reason.toLowerCase(Locale.ROOT).replace(' ', '-'),
                        reason,
                        "See /q/openapi for what is expected.");
            }
        };
        var response = Response.fromResponse(problem.response());
        String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
        if (status == 413) {
            response.header("Connection", "close"); // the rest of the body is not read
        }
        return (allow == null ? response : response.header(HttpHeaders.ALLOW, allow)).build();
    }

    /** A value that its type refuses says why. */
    private static String unreadable(WebApplicationException e) {
        return e.getCause() instanceof ValueInstantiationException value
                        && value.getCause() instanceof IllegalArgumentException refused
                ? String.valueOf(refused.getMessage())
                : "the request can't be read";
    }

    /** A form that breaks off or is none is its sender's fault; the form's parser throws nothing more telling. */
    @ServerExceptionMapper
    Response form(IOException e) {
        StackTraceElement[] trace = e.getStackTrace();
        boolean ofParser = trace.length > 0 && trace[0].getClassName().contains(".multipart.");
        return ofParser
                ? Problem.of(
                                400,
                                "invalid",
                                "the form breaks off or is no multipart form",
                                "Send multipart/form-data (RFC 7578) with its boundary, up to its end.")
                        .response()
                : fault(e);
    }

    /** What was sent can't be kept; its sender can do nothing about it, and the operator can. */
    @ServerExceptionMapper
    Response unkept(StorageException e) {
        System.getLogger(ProblemMappers.class.getName()).log(System.Logger.Level.ERROR, "a file can't be kept", e);
        return Problem.of(
                        507,
                        "storage",
                        String.valueOf(e.getMessage()),
                        "Nothing was kept. Have the operator make room in the folder baigong.registry.artifacts, and send it again.")
                .response();
    }

    @ServerExceptionMapper
    Response fault(Exception e) {
        return Problems.fault(e).response();
    }
}
