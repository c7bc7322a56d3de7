package io.baigong.host.account;

import io.baigong.host.access.AccessEvent;
import io.baigong.host.access.AccessEvent.Kind;
import io.baigong.host.access.AccessEvents;
import io.baigong.host.rest.ProblemException;
import io.baigong.journal.Actor;
import io.baigong.journal.Tenancy;
import io.quarkus.oidc.AuthenticationCompletionAction;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in with the OpenID provider: leads the browser there, and takes it when it comes back. The flow itself (state,
 * nonce, PKCE, exchange of the code, the ID token) is Quarkus's; then the session is one of the suite's own.
 */
@Path(ProviderTenants.PATH)
@Tag(name = "Account")
public class ProviderResource {
    private static final System.Logger LOG = System.getLogger(ProviderResource.class.getName());

    /** In a request's context: the flow that is complete. */
    private static final String COMPLETE = "baigong.complete";

    private final OidcAuthenticationMechanism flow;
    private final IdentityProviderManager identities;
    private final Provider provider;
    private final ProviderSessions sessions;
    private final Sessions lasting;
    private final SignInThrottle throttle;
    private final AccessEvents events;

    ProviderResource(
            OidcAuthenticationMechanism flow,
            IdentityProviderManager identities,
            Provider provider,
            ProviderSessions sessions,
            Sessions lasting,
            SignInThrottle throttle,
            AccessEvents events) {
        this.flow = flow;
        this.identities = identities;
        this.provider = provider;
        this.sessions = sessions;
        this.lasting = lasting;
        this.throttle = throttle;
        this.events = events;
    }

    /** Ends Quarkus's part before it makes a session of its own. */
    @ApplicationScoped
    static class Completion implements AuthenticationCompletionAction {
        @Override
        public Uni<Void> action(AuthenticationCompletionContext complete) {
            complete.routingContext().put(COMPLETE, complete);
            return Uni.createFrom().failure(new AuthenticationRedirectException("/"));
        }
    }

    @GET
    @PermitAll
    @SecurityRequirements
    @Operation(
            operationId = "signInWithProvider",
            summary = "Leads a browser to the OpenID provider, and takes it from there",
            description = "For browsers to go to, not for programs: they send an access token of the provider.")
    @APIResponse(
            responseCode = "302",
            description = "To the provider; or to the page, signed in, or with the parameter refused that says why not")
    @APIResponse(responseCode = "404", ref = "Problem")
    public Uni<Response> signIn(@Context RoutingContext http) {
        if (provider.name().isEmpty()) {
            throw ProblemException.notFound(
                    "no OpenID provider is configured", "Sign in with a local account, by POST /api/v1/sign-in.");
        }
        String address = http.request().remoteAddress().hostAddress();
        http.put(ProviderTenants.SIGNING_IN, true);
        return Uni.createFrom()
                .deferred(() -> flow.authenticate(http, identities))
                .onItem()
                .transformToUni(_ -> flow.getChallenge(http).map(challenge -> {
                    String there =
                            challenge.getHeaders().values().stream().findFirst().orElse(null);
                    if (challenge.status != Response.Status.FOUND.getStatusCode() || there == null) {
                        throw new IllegalStateException("the browser comes back without its state");
                    }
                    return found(there).build();
                }))
                .onFailure()
                .recoverWithUni(failure -> Uni.createFrom()
                        .item(() -> ended(http.get(COMPLETE), failure, http, address))
                        .runSubscriptionOn(Thread::startVirtualThread));
    }

    private Response ended(
            AuthenticationCompletionAction.@Nullable AuthenticationCompletionContext complete,
            Throwable failure,
            RoutingContext http,
            String address) {
        try {
            return Tenancy.platform()
                    .call(() -> complete == null ? refused(failure, address) : signedIn(complete, http, address));
        } catch (SQLException e) {
            throw new IllegalStateException("the sessions can't be written", e);
        }
    }

    private Response signedIn(
            AuthenticationCompletionAction.AuthenticationCompletionContext complete,
            RoutingContext http,
            String address)
            throws SQLException {
        var tokens = complete.tokens();
        try {
            var verified = provider.verified(tokens.getAccessToken());
            String subject = ((JsonWebToken) verified.getPrincipal()).getSubject();
            if (!((JsonWebToken) complete.identity().getPrincipal())
                    .getSubject()
                    .equals(subject)) {
                return refused(new IllegalStateException("the tokens are of two accounts"), address);
            }
            Vouched vouched = provider.vouched(verified);
            Actor actor = vouched.actor();
            String session = sessions.begin(
                    vouched,
                    Provider.expiry(verified),
                    new SealedTokens(tokens.getRefreshToken(), tokens.getIdToken()));
            events.tell(new AccessEvent(
                    Kind.SIGN_IN, actor, actor.name(), "the OpenID provider, by the sign-in page from " + address));
            return found("/")
                    .cookie(SignInResource.cookie(session, lasting.longest(), http.request()))
                    .build();
        } catch (Vouched.RefusedException e) {
            events.tell(new AccessEvent(
                    Kind.SIGN_IN_FAILED,
                    e.actor(),
                    e.actor().name(),
                    "the OpenID provider, by the sign-in page from " + address + ": " + e.getMessage()));
            return found("/?refused=" + e.refusal().slug()).build();
        }
    }

    private Response refused(Throwable failure, String address) throws SQLException {
        LOG.log(System.Logger.Level.DEBUG, "a sign-in with the provider failed", failure);
        boolean seldom = throttle.begin(address, Instant.now());
        events.tell(new AccessEvent(
                Kind.SIGN_IN_FAILED,
                Actor.of("nobody"),
                "OpenID provider",
                "the sign-in page from " + address + (seldom ? "" : ", after too many failures")));
        return found("/?refused=" + (seldom ? "failed" : "too-many")).build();
    }

    private static Response.ResponseBuilder found(String address) {
        return Response.status(Response.Status.FOUND)
                .location(URI.create(address))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
