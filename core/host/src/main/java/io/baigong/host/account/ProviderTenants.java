package io.baigong.host.account;

import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.OidcTenantConfigBuilder;
import io.quarkus.oidc.TenantResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Authentication.CookieSameSite;
import io.quarkus.oidc.runtime.OidcTenantConfig.Roles.Source;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells Quarkus of the provider. Quarkus's own mechanism is asked by {@link ProviderResource} alone, so that no other address
 * answers with a way to the provider; bearer tokens are read by {@link BearerMechanism}. (What Quarkus calls a tenant is a client
 * of a provider, and none of the suite's tenants.)
 */
@ApplicationScoped
class ProviderTenants implements TenantResolver {
    /** Signs people in, by the authorisation code flow. */
    static final String PAGE = "baigong-oidc-page";

    /** Verifies access tokens. */
    static final String TOKENS = "baigong-oidc-tokens";

    /** Where the provider sends browsers back to. */
    static final String PATH = "/api/v1/sign-in/provider";

    /** In a request's context: that it is one of {@link #PATH}. */
    static final String SIGNING_IN = "baigong.signing-in";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ProviderConfig config;

    ProviderTenants(ProviderConfig config) {
        this.config = config;
    }

    void tell(@Observes Oidc oidc) {
        // No other address than ours has to do with the provider.
        oidc.create(OidcTenantConfig.builder().tenantEnabled(false).build());
        String url = config.url().orElse(null);
        if (url == null) {
            return;
        }
        String secret = config.secret()
                .orElseThrow(
                        () -> new IllegalStateException("BAIGONG_OIDC_URL needs BAIGONG_OIDC_SECRET, the secret of the"
                                + " client " + config.client()));
        oidc.create(client(PAGE, url, secret)
                .applicationType(ApplicationType.WEB_APP)
                .token()
                .audience(config.client())
                .forcedJwkRefreshInterval(PATIENCE)
                .allowJwtIntrospection(false)
                .allowOpaqueTokenIntrospection(false)
                .end()
                .authentication()
                .redirectPath(PATH)
                .cookiePath(PATH)
                .stateCookieSameSite(CookieSameSite.LAX)
                .stateCookieAge(Duration.ofMinutes(10))
                .pkceRequired()
                .nonceRequired()
                .end()
                .build());
        // ID tokens and refresh tokens count for nothing: only access tokens do, that were made for this client. The
        // provider is never asked about a token that it may not have made: whoever forges them could keep it busy.
        oidc.create(client(TOKENS, url, secret)
                .applicationType(ApplicationType.SERVICE)
                .token()
                .audience(config.client())
                .tokenType("Bearer")
                .forcedJwkRefreshInterval(PATIENCE)
                .allowJwtIntrospection(false)
                .allowOpaqueTokenIntrospection(false)
                .end()
                .roles(Source.accesstoken, "realm_access/roles")
                .build());
    }

    private OidcTenantConfigBuilder client(String tenant, String url, String secret) {
        return OidcTenantConfig.authServerUrl(url)
                .tenantId(tenant)
                .clientId(config.client())
                .credentials(secret)
                .connectionTimeout(PATIENCE);
    }

    @Override
    public @Nullable String resolve(RoutingContext http) {
        return http.get(SIGNING_IN) == null ? null : PAGE;
    }
}
