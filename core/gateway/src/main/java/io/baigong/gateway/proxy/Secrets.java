package io.baigong.gateway.proxy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Keys of servers, read where references say; never stored, never shown. */
final class Secrets {
    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";

    private final Map<String, ProxyConfig.SecretConfig> named;

    Secrets(Map<String, ProxyConfig.SecretConfig> named) {
        this.named = named;
    }

    /** Whether a reference says itself where the secret is. Only the configuration of this machine may. */
    static boolean isPlace(String reference) {
        return reference.startsWith(ENVIRONMENT) || reference.startsWith(FILE);
    }

    /**
     * The secret for a server there. The message of a failure never holds it.
     *
     * @throws IllegalArgumentException when there is none, or it is for other servers
     */
    String read(String reference, URI server) {
        if (isPlace(reference)) {
            return read(reference);
        }
        ProxyConfig.SecretConfig secret = named.get(reference);
        if (secret == null) {
            throw new IllegalArgumentException(
                    "secret must be a reference, env:NAME, file:PATH or a name in baigong.gateway.secrets");
        }
        if (!secret.hosts().contains(server.getHost())) {
            throw new IllegalArgumentException("the secret " + reference + " is not for " + server.getHost()
                    + "; baigong.gateway.secrets." + reference + ".hosts says for whom it is");
        }
        if (!isPlace(secret.place())) {
            throw new IllegalArgumentException(
                    "baigong.gateway.secrets." + reference + ".place must be a reference, env:NAME or file:PATH");
        }
        return read(secret.place());
    }

    private static String read(String place) {
        if (place.startsWith(ENVIRONMENT)) {
            String name = place.substring(ENVIRONMENT.length());
            String value = System.getenv(name);
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException(
                        "secret names the environment variable " + name + ", which is not set");
            }
            return value;
        }
        String path = place.substring(FILE.length());
        try {
            return Files.readString(Path.of(path)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("secret names a file that can't be read: " + path, e);
        }
    }
}
