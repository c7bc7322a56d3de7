package io.baigong.host.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import io.baigong.host.telemetry.MqttListener.Heard;
import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a real broker, on loopback. */
class MqttListenerTest {
    private static final long LONGEST_MILLIS = 60_000;

    private @Nullable Server broker;
    private @Nullable MqttListener listener;

    private void start(int port) throws IOException {
        var properties = new Properties();
        properties.setProperty("host", "127.0.0.1");
        properties.setProperty("port", String.valueOf(port));
        properties.setProperty("persistence_enabled", "false");
        properties.setProperty("telemetry_enabled", "false");
        properties.setProperty("allow_anonymous", "true");
        // Moquette 0.17 empties a message by telling its payload to a log that takes traces.
        Logger.getLogger("io.moquette").setLevel(Level.WARN);
        broker = new Server();
        broker.startServer(new MemoryConfig(properties));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private int start() throws IOException {
        int port = freePort();
        start(port);
        return port;
    }

    private void stopBroker() {
        if (broker != null) {
            broker.stopServer();
            broker = null;
        }
    }

    @AfterEach
    void stop() {
        if (listener != null) {
            listener.close();
        }
        stopBroker();
    }

    static TelemetryConfig.Line line(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put("baigong.telemetry.line.hall.topics", "plant/#");
        settings.forEach((name, value) -> all.put("baigong.telemetry.line.hall." + name, value));
        return Objects.requireNonNull(new SmallRyeConfigBuilder()
                .withMapping(TelemetryConfig.class)
                .withDefaultValues(all)
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(TelemetryConfig.class)
                .line()
                .get("hall"));
    }

    private static Mqtt3BlockingClient sender(int port) {
        Mqtt3BlockingClient sender = MqttClient.builder()
                .useMqttVersion3()
                .identifier("sender")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildBlocking();
        sender.connect();
        return sender;
    }

    private static void publish(Mqtt3BlockingClient sender, String payload) {
        sender.publishWith()
                .topic("plant/7/t")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private Heard heard(MqttListener from) throws InterruptedException {
        Heard heard = from.next(LONGEST_MILLIS);
        assertThat(heard).isNotNull();
        return heard;
    }

    /** Publishes until it is heard: the subscription is made after the connection. */
    private Heard.Message message(MqttListener from, int port, String payload) throws InterruptedException {
        Mqtt3BlockingClient sender = sender(port);
        try {
            for (int attempt = 0; attempt < 100; attempt++) {
                publish(sender, payload);
                Heard heard = from.next(1000);
                if (heard instanceof Heard.Message message) {
                    return message;
                }
            }
        } finally {
            sender.disconnect();
        }
        throw new AssertionError("nothing was heard");
    }

    @Test
    void messagesAreHeardAgainAfterTheBrokerWasGone() throws Exception {
        int port = start();
        var own = new MqttListener(
                "hall",
                line(Map.of("broker", "mqtt://127.0.0.1:" + port, "first-retry", "PT0.2S", "longest-retry", "PT1S")));
        listener = own;
        own.start();
        assertThat(heard(own)).isInstanceOf(Heard.Connected.class);
        Heard.Message message = message(own, port, "{}");
        assertThat(message.topic()).isEqualTo("plant/7/t");
        assertThat(new String(message.payload(), StandardCharsets.UTF_8)).isEqualTo("{}");
        assertThat(own.isConnected()).isTrue();

        stopBroker();
        while (own.isConnected()) {
            Thread.sleep(20);
        }
        start(port);
        Heard next = heard(own);
        while (next instanceof Heard.Message) { // sent twice above
            next = heard(own);
        }
        assertThat(next).isInstanceOf(Heard.Connected.class);
        assertThat(new String(message(own, port, "again").payload(), StandardCharsets.UTF_8))
                .isEqualTo("again");
    }

    @Test
    void brokerThatComesLaterIsFound() throws Exception {
        int port = freePort();
        var own = new MqttListener(
                "hall",
                line(Map.of("broker", "mqtt://127.0.0.1:" + port, "first-retry", "PT0.2S", "longest-retry", "PT1S")));
        listener = own;
        own.start();
        assertThat(own.next(500)).isNull();
        start(port);
        assertThat(heard(own)).isInstanceOf(Heard.Connected.class);
    }

    @Test
    void fullQueueLeavesOutAndCounts() throws Exception {
        int port = start();
        var own = new MqttListener("hall", line(Map.of("broker", "mqtt://127.0.0.1:" + port, "queue", "2")));
        listener = own;
        own.start();
        assertThat(heard(own)).isInstanceOf(Heard.Connected.class);
        Mqtt3BlockingClient sender = sender(port);
        for (int i = 0; i < 1000 && own.overflowed() == 0; i++) {
            publish(sender, "{}");
        }
        sender.disconnect();
        assertThat(own.overflowed()).isPositive();
        assertThat(heard(own)).isInstanceOf(Heard.Message.class);
    }

    @Test
    void brokerIsNamedByScheme() {
        assertThatThrownBy(() -> new MqttListener("hall", line(Map.of("broker", "http://127.0.0.1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mqtt://");
    }
}
