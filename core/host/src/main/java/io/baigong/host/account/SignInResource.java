package io.baigong.host.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.host.access.AccessEvent;
import io.baigong.host.access.AccessEvent.Kind;
import io.baigong.host.access.AccessEvents;
import io.baigong.host.access.Grants;
import io.baigong.host.access.RequestTenancy;
import io.baigong.host.rest.Callers;
import io.baigong.host.rest.Problem;
import io.baigong.host.rest.ProblemException;
import io.baigong.journal.Actor;
import io.baigong.journal.Tenancy;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and who is signed in. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Account")
public class SignInResource {
    private final SignIn signIn;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Provider provider;
    private final ProviderSessions provided;
    private final AccessEvents events;
    private final SecurityIdentity identity;
    private final Callers callers;

    SignInResource(
            SignIn signIn,
            Accounts accounts,
            Sessions sessions,
            Provider provider,
            ProviderSessions provided,
            AccessEvents events,
            SecurityIdentity identity,
            Callers callers) {
        this.signIn = signIn;
        this.accounts = accounts;
        this.sessions = sessions;
        this.provider = provider;
        this.provided = provided;
        this.events = events;
        this.identity = identity;
        this.callers = callers;
    }

    /** A name and its password. */
    public record Credentials(
            @Schema(examples = "analyst", required = true) @Nullable
            String name,

            @Schema(required = true) @Nullable String password) {}

    /** The password that was, and the one that shall be. */
    public record NewPassword(
            @Schema(required = true) @Nullable String old,

            @Schema(description = "at least 12 signs, at most 72 bytes", required = true) @Nullable
            String wanted) {}

    /** How people may sign in. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Options(
            @Schema(description = "with a local account, by POST /api/v1/sign-in")
            boolean password,

            @Schema(description = "with an OpenID provider, if there is one") @Nullable
            ProviderOption provider) {}

    /** An OpenID provider. */
    public record ProviderOption(
            @Schema(examples = "Keycloak") String name,

            @Schema(description = "where a browser goes to sign in", examples = ProviderTenants.PATH)
            String path) {}

    /** What is left to do. */
    public record SignedOut(
            @Schema(description = "where the browser goes to end its session with the provider too")
            String next) {}

    /** Who is signed in. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Me(
            @Schema(examples = "analyst") String name,
            @Schema(examples = "default") String tenant,

            @Schema(description = "on whichever tasks", examples = "[\"analyst\"]")
            List<String> roles,

            @Schema(
                    description = "roles with the vertical or the task on which they hold, where it is not on all",
                    examples = "[\"analyst:medical\"]")
            List<String> grants) {}

    @GET
    @PermitAll
    @Path("sign-in-options")
    @SecurityRequirements
    @Operation(operationId = "signInOptions", summary = "How people may sign in")
    @APIResponse(responseCode = "200", description = "The ways")
    public Options options() {
        return new Options(
                signIn.isEnabled(),
                provider.name()
                        .map(name -> new ProviderOption(name, ProviderTenants.PATH))
                        .orElse(null));
    }

    @POST
    @PermitAll
    @Path("sign-in")
    @Consumes(MediaType.APPLICATION_JSON)
    @SecurityRequirements
    @Operation(
            operationId = "signIn",
            summary = "Begins a browser's session",
            description = "A name of another tenant than the default one is written tenant/name.")
    @APIResponse(responseCode = "204", description = "Signed in; the session is in the cookie baigong-session")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "401", ref = "Problem")
    @APIResponse(responseCode = "429", ref = "Problem")
    public Response signIn(
            @Nullable Credentials credentials,
            @CookieParam(SessionMechanism.COOKIE) @Nullable String before,
            @Context HttpServerRequest request)
            throws SQLException {
        if (credentials == null || credentials.name == null || credentials.password == null) {
            throw ProblemException.invalid(
                    "a sign-in has a name and a password", "Send {\"name\": …, \"password\": …}.");
        }
        return switch (signIn.attempt(
                credentials.name,
                credentials.password,
                "the sign-in page",
                request.remoteAddress().hostAddress())) {
            case SignIn.In(var account) -> {
                String token = Tenancy.platform().call(() -> {
                    if (before != null) {
                        sessions.end(before);
                    }
                    return sessions.begin(account.owner());
                });
                yield Response.noContent()
                        .cookie(cookie(token, sessions.longest(), request))
                        .build();
            }
            case SignIn.Refused() ->
                throw new ProblemException(Problem.of(
                        401,
                        "sign-in-refused",
                        "this name and password do not match an account that can be used",
                        "Check both; an administrator can give an account a new password."));
            case SignIn.Wait(var left) -> throw new ProblemException(tooMany(left.toSeconds() + 1), left);
        };
    }

    /** What who must wait is answered. */
    public static Problem tooMany(long seconds) {
        return Problem.of(
                429,
                "too-many-sign-ins",
                "too many sign-ins failed; this one was not read",
                "Wait " + seconds + " s, then try again with the right password.");
    }

    @POST
    @Authenticated
    @Path("sign-out")
    @Operation(operationId = "signOut", summary = "Ends the browser's session")
    @APIResponse(
            responseCode = "200",
            description = "Signed out here; the provider still has a session",
            content = @Content(schema = @Schema(implementation = SignedOut.class)))
    @APIResponse(responseCode = "204", description = "Signed out")
    @APIResponse(responseCode = "401", ref = "Problem")
    public Response signOut(@Context HttpServerRequest request) throws SQLException {
        String session = identity.getAttribute(Identities.SESSION);
        Optional<String> idToken = Optional.empty();
        if (session != null) {
            sessions.end(session);
            idToken = Tenancy.platform().call(() -> provided.end(session));
            Actor actor = callers.actor();
            events.tell(new AccessEvent(Kind.SIGN_OUT, actor, actor.name(), "session ended by its owner"));
        }
        String home = request.scheme() + "://" + request.authority() + "/";
        return idToken.map(token -> Response.ok(new SignedOut(provider.signOutAddress(token, home))))
                .orElseGet(Response::noContent)
                .cookie(cookie("", Duration.ZERO, request))
                .build();
    }

    @GET
    @Authenticated
    @Path("me")
    @Operation(operationId = "me", summary = "Who is signed in")
    @APIResponse(responseCode = "200", description = "Name, tenant, roles and where they hold")
    @APIResponse(responseCode = "401", ref = "Problem")
    public Me me() {
        Actor actor = callers.actor();
        return new Me(
                actor.name(),
                actor.tenant(),
                identity.getRoles().stream().sorted().toList(),
                identity.<Grants>getAttribute(RequestTenancy.GRANTS).all());
    }

    @PUT
    @Authenticated
    @Path("me/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changePassword", summary = "Gives the caller's own account another password")
    @APIResponse(responseCode = "204", description = "Changed; all other sessions of the account are over")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "403", ref = "Problem")
    @APIResponse(responseCode = "429", ref = "Problem")
    public Response changePassword(@Nullable NewPassword change, @Context HttpServerRequest request)
            throws SQLException {
        if (change == null || change.old == null || change.wanted == null) {
            throw ProblemException.invalid(
                    "a change needs the old password and the new one", "Send {\"old\": …, \"wanted\": …}.");
        }
        Actor actor = callers.actor();
        Account account = accounts.find(actor)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        409,
                        "no-local-account",
                        "the caller signed in without a local account",
                        "Change the password where the account is kept.")));
        Passwords.objection(change.wanted).ifPresent(objection -> {
            throw ProblemException.invalid(objection, "Choose another one.");
        });
        switch (signIn.attempt(
                account.signInName(),
                change.old,
                "change of the password",
                request.remoteAddress().hostAddress())) {
            case SignIn.In(var _) -> accounts.setPassword(actor, change.wanted);
            case SignIn.Refused() ->
                throw new ProblemException(Problem.of(
                        403, "wrong-password", "the old password is another one", "Send the one you signed in with."));
            case SignIn.Wait(var left) -> throw new ProblemException(tooMany(left.toSeconds() + 1), left);
        }
        events.tell(new AccessEvent(Kind.ACCOUNT_CHANGE, actor, account.signInName(), "own password changed"));
        var answer = Response.noContent();
        if (identity.getAttribute(Identities.SESSION) != null) {
            answer.cookie(cookie(sessions.begin(actor), sessions.longest(), request));
        }
        return answer.build();
    }

    /** The cookie of a session. */
    static NewCookie cookie(String value, Duration life, HttpServerRequest request) {
        return new NewCookie.Builder(SessionMechanism.COOKIE)
                .value(value)
                .path("/")
                .httpOnly(true)
                .secure(request.isSSL())
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge((int) life.toSeconds())
                .build();
    }
}
