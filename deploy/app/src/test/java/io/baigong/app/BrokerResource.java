package io.baigong.app;

import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** An MQTT broker on loopback, to which the suite listens. */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable Server broker;

    @Override
    public Map<String, String> start() {
        String port = freePort();
        var properties = new Properties();
        properties.setProperty("host", "127.0.0.1");
        properties.setProperty("port", port);
        properties.setProperty("persistence_enabled", "false");
        properties.setProperty("telemetry_enabled", "false");
        properties.setProperty("allow_anonymous", "true");
        broker = new Server();
        try {
            broker.startServer(new MemoryConfig(properties));
            String url = "mqtt://127.0.0.1:" + port;
            return Map.of(
                    "test.broker",
                    port,
                    "baigong.telemetry.files",
                    Files.createTempDirectory(Path.of("target"), "telemetry").toString(),
                    "baigong.telemetry.line.\"hall\".broker",
                    url,
                    "baigong.telemetry.line.\"hall\".client",
                    "hall",
                    "baigong.telemetry.line.\"hall\".topics",
                    "hall/+/telemetry");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.stopServer();
        }
    }
}
