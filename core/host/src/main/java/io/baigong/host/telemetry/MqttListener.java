package io.baigong.host.telemetry;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a broker over MQTT 3.1.1. It connects anew by itself, at growing intervals, and subscribes again. Messages wait in a queue of
 * bounded length for {@link #next}; those that find it full are left out and counted. Thread-safe.
 */
final class MqttListener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MqttListener.class.getName());
    private static final int PORT = 1883;
    private static final int SECURE_PORT = 8883;

    private final String name;
    private final TelemetryConfig.Line line;
    private final Mqtt3AsyncClient client;
    private final BlockingQueue<Heard> heard;
    private final AtomicLong overflowed = new AtomicLong();
    private volatile boolean closed;

    /** What was heard. */
    sealed interface Heard {
        /** A message. */
        @SuppressWarnings("ArrayRecordComponent")
        record Message(String topic, byte[] payload) implements Heard {}

        /** The connection is there, for the first time or again; what was sent before may have been missed. */
        record Connected() implements Heard {}
    }

    MqttListener(String name, TelemetryConfig.Line line) {
        this.name = name;
        this.line = line;
        heard = new ArrayBlockingQueue<>(line.queue());
        client = client(line);
        client.publishes(MqttGlobalPublishFilter.SUBSCRIBED, this::take);
    }

    private Mqtt3AsyncClient client(TelemetryConfig.Line line) {
        URI broker = line.broker();
        boolean secure = "mqtts".equals(broker.getScheme());
        if (broker.getHost() == null || (!secure && !"mqtt".equals(broker.getScheme()))) {
            throw new IllegalArgumentException(
                    "the broker of the line is mqtt://host:port or mqtts://host:port, not " + broker);
        }
        Mqtt3ClientBuilder builder = MqttClient.builder()
                .useMqttVersion3()
                .identifier(line.client())
                .serverHost(broker.getHost())
                .serverPort(broker.getPort() >= 0 ? broker.getPort() : secure ? SECURE_PORT : PORT)
                .automaticReconnect()
                .initialDelay(line.firstRetry().toMillis(), MILLISECONDS)
                .maxDelay(line.longestRetry().toMillis(), MILLISECONDS)
                .applyAutomaticReconnect()
                .addConnectedListener(_ -> connected())
                .addDisconnectedListener(this::disconnected);
        if (secure) {
            builder = builder.sslWithDefaultConfig();
        }
        if (line.user().isPresent()) {
            var auth = builder.simpleAuth().username(line.user().get());
            builder = line.password().isPresent()
                    ? auth.password(line.password().get().getBytes(StandardCharsets.UTF_8))
                            .applySimpleAuth()
                    : auth.applySimpleAuth();
        }
        return builder.buildAsync();
    }

    /** Begins; it goes on trying until it is closed. */
    void start() {
        var _ = client.connectWith().cleanSession(true).keepAlive(30).send().whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.log(Level.WARNING, "telemetry of " + name + ": " + failure.getMessage());
            }
        });
    }

    private void disconnected(MqttClientDisconnectedContext lost) {
        if (closed) {
            lost.getReconnector().reconnect(false);
        } else {
            LOG.log(
                    Level.WARNING,
                    "telemetry of " + name + ": no connection to "
                            + line.broker().getHost() + ": " + lost.getCause().getMessage());
        }
    }

    private void connected() {
        put(new Heard.Connected());
        for (String topic : line.topics()) {
            var _ = client.subscribeWith()
                    .topicFilter(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send()
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            LOG.log(
                                    Level.WARNING,
                                    "telemetry of " + name + ": the broker refuses " + topic + ": "
                                            + failure.getMessage());
                        }
                    });
        }
    }

    private void take(Mqtt3Publish message) {
        put(new Heard.Message(message.getTopic().toString(), message.getPayloadAsBytes()));
    }

    private void put(Heard what) {
        if (!heard.offer(what)) {
            overflowed.incrementAndGet();
        }
    }

    /** The next that was heard, waiting for it no longer than that; null if there was none. */
    @Nullable
    Heard next(long millis) throws InterruptedException {
        return heard.poll(millis, MILLISECONDS);
    }

    /** Sends a message, if there is a connection. */
    void send(String topic, byte[] payload) {
        var _ = client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_MOST_ONCE)
                .payload(payload)
                .send();
    }

    /** How many messages found the queue full. */
    long overflowed() {
        return overflowed.get();
    }

    boolean isConnected() {
        return client.getState() == MqttClientState.CONNECTED;
    }

    @Override
    public void close() {
        closed = true;
        var _ = client.disconnect();
    }
}
