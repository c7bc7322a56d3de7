package io.baigong.gateway.proxy;

import java.net.URI;
import java.util.Optional;

/**
 * A server, as its operator describes it; what is said of each part stands at {@link ProxyConfig.BackendConfig}.
 *
 * @param secret where its key is: {@code env:NAME}, {@code file:PATH}, or a name in {@code baigong.gateway.secrets}
 */
public record BackendSettings(
        URI url,
        Protocol protocol,
        Optional<String> secret,
        boolean maskPersonalData,
        String zone,
        int connections,
        int queue) {
    private static final String ZONE = "house";
    private static final int CONNECTIONS = 256;
    private static final int QUEUE = 1024;
    private static final int MOST_CONNECTIONS = 65_536;
    private static final int MOST_QUEUE = 1_000_000;

    /** What is missing gets its default. Throws {@link IllegalArgumentException} that says which part can't be used. */
    public BackendSettings {
        String scheme = url == null ? "" : String.valueOf(url.getScheme());
        if (url == null || (!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
            throw new IllegalArgumentException("url must be an http or https address, not " + url);
        }
        if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("url must have no user, query or fragment; a key is a secret");
        }
        protocol = protocol == null ? Protocol.OPENAI : protocol;
        if (protocol == Protocol.KSERVE && maskPersonalData) {
            throw new IllegalArgumentException(
                    "maskPersonalData is for texts; what goes to a server of the protocol KSERVE is tensors");
        }
        secret = secret == null ? Optional.empty() : secret;
        zone = zone == null || zone.isBlank() ? ZONE : zone;
        connections = connections == 0 ? CONNECTIONS : connections;
        queue = queue == 0 ? QUEUE : queue;
        if (connections < 1 || connections > MOST_CONNECTIONS || queue < 1 || queue > MOST_QUEUE) {
            throw new IllegalArgumentException(
                    "connections are 1 to " + MOST_CONNECTIONS + ", queue 1 to " + MOST_QUEUE);
        }
    }

    static BackendSettings of(ProxyConfig.BackendConfig config) {
        return new BackendSettings(
                config.url(),
                config.protocol(),
                config.secret(),
                config.maskPersonalData(),
                config.zone(),
                config.connections(),
                config.queue());
    }
}
