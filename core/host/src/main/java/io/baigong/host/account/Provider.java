package io.baigong.host.account;

import io.baigong.host.rest.Problem;
import io.baigong.host.rest.ProblemException;
import io.baigong.journal.Tenancy;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.Tenant;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The OpenID provider. Thread-safe. */
@ApplicationScoped
class Provider {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ProviderConfig config;
    private final TenantIdentityProvider tokens;
    private final Instance<TenantConfigBean> clients;
    private final Accounts accounts;
    private final SignIn signIn;

    Provider(
            ProviderConfig config,
            @Tenant(ProviderTenants.TOKENS) TenantIdentityProvider tokens,
            Instance<TenantConfigBean> clients,
            Accounts accounts,
            SignIn signIn) {
        this.config = config;
        this.tokens = tokens;
        this.clients = clients;
        this.accounts = accounts;
        this.signIn = signIn;
    }

    /** What the provider says, asked anew. */
    sealed interface Answer {}

    /** It still vouches. */
    record Renewed(AuthorizationCodeTokens tokens) implements Answer {}

    /** It does not vouch any more: the account was disabled or signed out there, or its session there is over. */
    record Ended() implements Answer {}

    /** What people call it; empty when there is none. */
    Optional<String> name() {
        return config.url().map(_ -> config.name());
    }

    /** How long to believe a session. */
    Duration recheck() {
        return config.recheck();
    }

    /** Verifies an access token; fails with {@link AuthenticationFailedException} for one that is not good. */
    Uni<SecurityIdentity> verify(String accessToken) {
        return tokens.authenticate(new AccessTokenCredential(accessToken));
    }

    /** As {@link #verify}, and waits. */
    SecurityIdentity verified(String accessToken) {
        try {
            return verify(accessToken).await().atMost(PATIENCE);
        } catch (AuthenticationFailedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unreachable(e);
        }
    }

    /** When a verified token ends. */
    static Instant expiry(SecurityIdentity verified) {
        return Instant.ofEpochSecond(((JsonWebToken) verified.getPrincipal()).getExpirationTime());
    }

    /** Whom a verified access token is for; nobody who would be taken for the owner of a local account. */
    Vouched vouched(SecurityIdentity verified) throws Vouched.RefusedException, SQLException {
        Vouched vouched = Vouched.of(verified);
        boolean taken = signIn.isEnabled()
                && Tenancy.platform()
                        .call(() -> accounts.find(vouched.actor()))
                        .filter(account -> account.disabledAt().isEmpty())
                        .isPresent();
        if (taken) {
            throw new Vouched.RefusedException(Vouched.Refusal.LOCAL_ACCOUNT, vouched.actor());
        }
        return vouched;
    }

    /** Asks whether it still vouches for who has that refresh token. */
    Answer renew(String refreshToken) {
        try {
            return new Renewed(
                    client().provider().refreshTokens(refreshToken).await().atMost(PATIENCE));
        } catch (OIDCException e) {
            // RFC 6749, section 5.2
            if (String.valueOf(e.getMessage()).contains("invalid_grant")) {
                return new Ended();
            }
            throw unreachable(e);
        } catch (RuntimeException e) {
            throw unreachable(e);
        }
    }

    /** Where a browser signs out there (OpenID Connect RP-Initiated Logout 1.0). */
    String signOutAddress(String idToken, String home) {
        return client().getOidcMetadata().getEndSessionUri() + "?id_token_hint=" + encoded(idToken) + "&client_id="
                + encoded(config.client()) + "&post_logout_redirect_uri=" + encoded(home);
    }

    private TenantConfigContext client() {
        return clients.get()
                .getStaticTenant(ProviderTenants.PAGE)
                .initialize()
                .await()
                .atMost(PATIENCE);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Who can't be looked up is not let in. */
    static ProblemException unreachable(Throwable cause) {
        System.getLogger(Provider.class.getName())
                .log(System.Logger.Level.WARNING, "the OpenID provider can't be asked: " + cause);
        return new ProblemException(
                Problem.of(
                        503,
                        "provider-unreachable",
                        "the provider that vouches for this sign-in can't be asked",
                        "Try again later; the operator finds the cause in the log of the suite."),
                Duration.ofSeconds(5));
    }
}
