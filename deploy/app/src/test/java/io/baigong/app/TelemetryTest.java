package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.baigong.host.telemetry.TelemetryLines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Machines that send telemetry to a broker are scored by the suite. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
class TelemetryTest {
    private static final int HOURS = 20;

    @Inject
    Accounts accounts;

    @Inject
    TelemetryLines lines;

    private final int port = ConfigProvider.getConfig().getValue("test.broker", Integer.class);

    private JsonPath line(Person who) {
        return who.asks()
                .get("/api/v1/telemetry/lines")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Two machines for twenty hours, one of which sends its readings twice and in disorder; the run is that of their files. */
    @Test
    void whatIsHeardIsCleanedAndScoredAsFilesAre() throws Exception {
        accounts.ensureFirst();
        Person analyst = People.first();
        while (!line(analyst).getBoolean("[0].connected")) {
            Thread.sleep(50);
        }
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
        Mqtt3BlockingClient sender = MqttClient.builder()
                .useMqttVersion3()
                .identifier("sender")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildBlocking();
        sender.connect();
        int sent = 0;
        while (line(analyst).getInt("[0].machines") == 0) { // until the subscription is made
            send(sender, "1", reading(end.minus(Duration.ofHours(HOURS)), 0));
            Thread.sleep(50);
        }
        for (int hour = 1; hour <= HOURS; hour++) {
            Instant time = end.minus(Duration.ofHours(hour)).plusSeconds(600);
            send(sender, "1", reading(time, hour));
            send(sender, "2", reading(time, hour));
            send(sender, "2", reading(time, hour));
            sent += 3;
        }
        send(sender, "2", "no telemetry");
        sender.disconnect();
        while (line(analyst).getInt("[0].counts.TAKEN") < sent || line(analyst).getInt("[0].counts.MALFORMED") == 0) {
            Thread.sleep(50);
        }
        lines.score(end);
        while (line(analyst).getString("[0].scored") == null) {
            Thread.sleep(50);
        }

        assertThat(line(analyst).getString("[0].ended")).isEmpty();
        JsonPath runs = analyst.asks()
                .queryParam("task", "manufacturing.predictive-maintenance")
                .get("/api/v1/runs")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        String id = runs.getString("find { it.caller == 'baigong:telemetry' }?.id");
        JsonPath run = analyst.asks()
                .get("/api/v1/runs/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(run.getList("output.machines.machine")).containsExactlyInAnyOrder("1", "2");
        assertThat(run.getList("output.dataIssues.findAll { it.machine == '2' }.kind"))
                .contains("DUPLICATE", "OUT_OF_ORDER");
        assertThat(run.getMap("fields")).isEqualTo(Map.of("asOf", end.toString()));
    }

    private static String reading(Instant time, int hour) {
        return "{\"time\": \"%s\", \"volt\": %s, \"rotate\": %s, \"pressure\": %s, \"vibration\": %s}"
                .formatted(time, 170 + hour % 3, 440 + hour % 5, 100 + hour % 4, 40 + hour % 2);
    }

    private static void send(Mqtt3BlockingClient sender, String machine, String payload) {
        sender.publishWith()
                .topic("hall/" + machine + "/telemetry")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
    }
}
