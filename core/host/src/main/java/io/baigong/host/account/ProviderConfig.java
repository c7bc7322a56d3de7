package io.baigong.host.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The OpenID provider that vouches for people and programs, {@code baigong.oidc}; none unless its address is given. */
@ConfigMapping(prefix = "baigong.oidc")
public interface ProviderConfig {
    /** Its issuer; of Keycloak the realm, such as {@code https://id.example.org/realms/baigong}. */
    Optional<String> url();

    /** The client that the suite is there, and the audience that tokens must be for. */
    @WithDefault("baigong")
    String client();

    /** The client's secret. */
    Optional<String> secret();

    /** What people call it; the page's button says so. */
    @WithDefault("Keycloak")
    String name();

    /** How long a session is believed before the provider is asked again, if its token does not end sooner. */
    @WithDefault("PT1M")
    Duration recheck();
}
