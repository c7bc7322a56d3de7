package io.baigong.host.account;

import io.baigong.journal.Tenancy;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Set;

/** Callers who signed in with the web page: the browser sends the session's cookie. */
@ApplicationScoped
class SessionMechanism implements HttpAuthenticationMechanism {
    /** Where a page asks by itself, whether or not somebody sits before it: that keeps no session from ending. */
    private static final String BY_ITSELF = "/api/v1/events";

    /** The cookie's name. */
    static final String COOKIE = "baigong-session";

    /** A session's token, as it was sent. */
    static final class SessionRequest extends BaseAuthenticationRequest {
        private final String token;
        private final boolean isUse;

        private SessionRequest(String token, boolean isUse) {
            this.token = token;
            this.isUse = isUse;
        }
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        Cookie cookie = context.request().getCookie(COOKIE);
        return cookie == null || cookie.getValue().isEmpty()
                ? Uni.createFrom().nullItem()
                : identities.authenticate(new SessionRequest(
                        cookie.getValue(), !BY_ITSELF.equals(context.request().path())));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(SessionRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.COOKIE, COOKIE));
    }

    /** Who has such a token; nobody, when the session is over. */
    @ApplicationScoped
    static class SessionIdentities implements IdentityProvider<SessionRequest> {
        private final Sessions sessions;
        private final ProviderSessions provided;

        SessionIdentities(Sessions sessions, ProviderSessions provided) {
            this.sessions = sessions;
            this.provided = provided;
        }

        @Override
        public Class<SessionRequest> getRequestType() {
            return SessionRequest.class;
        }

        @Override
        public Uni<SecurityIdentity> authenticate(SessionRequest request, AuthenticationRequestContext context) {
            return context.runBlocking(() -> identity(request.token, request.isUse));
        }

        @SuppressWarnings("NullAway") // null says that this provider knows nobody
        private SecurityIdentity identity(String token, boolean isUse) {
            try {
                return Tenancy.platform().call(() -> {
                    var account = sessions.find(token, isUse);
                    return account.isPresent()
                            ? Identities.of(account.get(), token)
                            : provided.find(token)
                                    .map(vouched -> Identities.of(vouched, token))
                                    .orElse(null);
                });
            } catch (SQLException e) {
                throw new IllegalStateException("the sessions can't be read", e);
            }
        }
    }
}
