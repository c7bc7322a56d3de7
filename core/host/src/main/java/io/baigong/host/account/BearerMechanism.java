package io.baigong.host.account;

import io.baigong.host.access.AccessEvent;
import io.baigong.host.access.AccessEvent.Kind;
import io.baigong.host.access.AccessEvents;
import io.baigong.host.rest.ProblemException;
import io.baigong.journal.Actor;
import io.baigong.journal.Tenancy;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jspecify.annotations.Nullable;

/**
 * Programs that send an access token of the provider with each call. A token that is good is read even from an address that forged
 * ones came from: nobody guesses a signature.
 */
@ApplicationScoped
class BearerMechanism implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";

    /** So many tokens are remembered as told of. */
    private static final int TOLD = 10_000;

    private final Provider provider;
    private final BlockingSecurityExecutor executor;
    private final SignInThrottle throttle;
    private final AccessEvents events;
    private final Map<String, Boolean> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > TOLD;
        }
    };

    BearerMechanism(
            Provider provider, BlockingSecurityExecutor executor, SignInThrottle throttle, AccessEvents events) {
        this.provider = provider;
        this.executor = executor;
        this.throttle = throttle;
        this.events = events;
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext http, IdentityProviderManager identities) {
        String token = token(http);
        if (token == null) {
            return Uni.createFrom().nullItem();
        }
        String address = http.request().remoteAddress().hostAddress();
        return provider.verify(token)
                .onItemOrFailure()
                .transformToUni((verified, failure) ->
                        executor.executeBlocking(() -> identity(token, verified, failure, address)));
    }

    /** A token of the provider's; gateway keys, which open {@code /v1}, look alike. */
    private @Nullable String token(RoutingContext http) {
        String header = http.request().getHeader(HttpHeaders.AUTHORIZATION);
        return header != null
                        && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                        && provider.name().isPresent()
                        && (http.normalizedPath().startsWith("/api/")
                                || http.normalizedPath().startsWith("/baigong.v1."))
                ? header.substring(SCHEME.length()).strip()
                : null;
    }

    private SecurityIdentity identity(
            String token, @Nullable SecurityIdentity verified, @Nullable Throwable failure, String address) {
        try {
            if (verified == null) {
                throw refused(failure, address);
            }
            Vouched vouched = provider.vouched(verified);
            if (isNew(token)) {
                Actor actor = vouched.actor();
                events.tell(new AccessEvent(Kind.SIGN_IN, actor, actor.name(), "bearer token from " + address));
            }
            return Identities.of(vouched).build();
        } catch (Vouched.RefusedException e) {
            events.tell(new AccessEvent(
                    Kind.SIGN_IN_FAILED,
                    e.actor(),
                    e.actor().name(),
                    "bearer token from " + address + ": " + e.getMessage()));
            throw new ProblemException(e.refusal().problem());
        } catch (SQLException e) {
            throw new IllegalStateException("the accounts can't be read", e);
        }
    }

    /** What who sent a token that is not good is answered. An expired one was good, and is no guess. */
    private RuntimeException refused(@Nullable Throwable failure, String address) throws SQLException {
        if (!(failure instanceof AuthenticationFailedException)) {
            return Provider.unreachable(failure == null ? new IllegalStateException("no answer") : failure);
        }
        boolean expired = failure.getCause() instanceof InvalidJwtException invalid && invalid.hasExpired();
        boolean read = expired || Tenancy.platform().call(() -> throttle.begin(address, Instant.now()));
        events.tell(new AccessEvent(
                Kind.SIGN_IN_FAILED,
                Actor.of("nobody"),
                "bearer token",
                "from " + address + (expired ? ", expired" : read ? ", not good" : ", not good, after too many such")));
        return read
                ? new AuthenticationFailedException()
                : new AuthenticationFailedException(Map.of(PasswordIdentities.RETRY_AFTER, 1L));
    }

    /** Whether this instance sees it for the first time, as far as it remembers. */
    private boolean isNew(String token) {
        String digest = HexFormat.of().formatHex(Sessions.digest(token));
        synchronized (told) {
            return told.put(digest, Boolean.TRUE) == null;
        }
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom()
                .item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer", "Bearer"));
    }
}
