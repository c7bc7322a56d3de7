package io.baigong.host.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.host.telemetry.proto.SparkplugMetric;
import io.baigong.host.telemetry.proto.SparkplugPayload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An edge node of a plant, as the specification has it speak. */
class SparkplugMessagesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T06:00:00Z");

    private final List<String> asked = new ArrayList<>();
    private final SparkplugMessages messages = new SparkplugMessages(asked::add);

    private static SparkplugMetric.Builder metric() {
        return SparkplugMetric.newBuilder();
    }

    private static SparkplugPayload payload(long seq, SparkplugMetric.Builder... metrics) {
        var payload =
                SparkplugPayload.newBuilder().setTimestamp(NOW.toEpochMilli()).setSeq(seq);
        for (var metric : metrics) {
            payload.addMetrics(metric);
        }
        return payload.build();
    }

    private List<Arrival> hear(String type, SparkplugPayload payload) throws MalformedMessage {
        return hear(type, payload, NOW);
    }

    private List<Arrival> hear(String type, SparkplugPayload payload, Instant at) throws MalformedMessage {
        String device = type.startsWith("D") ? "/press" : "";
        return messages.read("spBv1.0/plant/" + type + "/edge" + device, payload.toByteArray(), at);
    }

    private void born() throws MalformedMessage {
        hear("NBIRTH", payload(0, metric().setName("bdSeq").setDatatype(8).setLongValue(3)));
        hear(
                "DBIRTH",
                payload(
                        1,
                        metric().setName("volt").setAlias(1).setDatatype(10).setDoubleValue(170),
                        metric().setName("temperature")
                                .setAlias(2)
                                .setDatatype(2)
                                .setIntValue(20)));
    }

    @Test
    void dataFollowByAlias() throws MalformedMessage {
        born();
        Instant earlier = NOW.minusSeconds(60);
        assertThat(hear(
                        "DDATA",
                        payload(
                                2,
                                metric().setAlias(1).setDoubleValue(171.5).setTimestamp(earlier.toEpochMilli()),
                                metric().setAlias(2).setIntValue(0xfffb))))
                .containsExactly(
                        new Arrival("press", earlier, Map.of("volt", 171.5)),
                        // Int16, as the birth said: minus five
                        new Arrival("press", NOW, Map.of("temperature", -5.0)));
        assertThat(asked).isEmpty();
    }

    @Test
    void dataBeforeBirthAskForIt() throws MalformedMessage {
        assertThat(hear("DDATA", payload(7, metric().setAlias(1).setDoubleValue(1))))
                .isEmpty();
        assertThat(hear("DDATA", payload(8, metric().setAlias(1).setDoubleValue(1))))
                .isEmpty();
        assertThat(asked).as("once in ten seconds").containsExactly("spBv1.0/plant/NCMD/edge");
        hear("NDATA", payload(9), NOW.plusSeconds(10));
        assertThat(asked).hasSize(2);
    }

    @Test
    void gapInTheSequenceAsksForRebirthAndKeepsTheData() throws MalformedMessage {
        born();
        assertThat(hear("DDATA", payload(5, metric().setAlias(1).setDoubleValue(172))))
                .hasSize(1);
        assertThat(asked).hasSize(1);
        assertThat(hear("DDATA", payload(6, metric().setAlias(1).setDoubleValue(173))))
                .hasSize(1);
        assertThat(asked).hasSize(1);
    }

    @Test
    void sequenceGoesOnAfter255() throws MalformedMessage {
        born();
        for (int i = 2; i < 600; i++) {
            hear("DDATA", payload(i % 256, metric().setAlias(1).setDoubleValue(i)));
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void standingValuesEndWithDeath() throws MalformedMessage {
        born();
        assertThat(messages.standing())
                .filteredOn(each -> each.source().equals("press"))
                .extracting(Arrival::values)
                .containsExactly(Map.of("volt", 170.0, "temperature", 20.0));
        hear("DDATA", payload(2, metric().setAlias(2).setIsNull(true)));
        assertThat(messages.standing())
                .filteredOn(each -> each.source().equals("press"))
                .extracting(Arrival::values)
                .containsExactly(Map.of("volt", 170.0));
        hear("DDEATH", payload(3));
        assertThat(messages.standing()).noneMatch(each -> each.source().equals("press"));
    }

    /** The will of an earlier connection comes late: its number is another, and the node lives. */
    @Test
    void deathOfAnEarlierConnectionIsNone() throws MalformedMessage {
        born();
        hear("NDEATH", payload(0, metric().setName("bdSeq").setDatatype(8).setLongValue(2)));
        assertThat(messages.standing()).isNotEmpty();
        hear("NDEATH", payload(0, metric().setName("bdSeq").setDatatype(8).setLongValue(3)));
        assertThat(messages.standing()).isEmpty();
        assertThat(hear("DDATA", payload(2, metric().setAlias(1).setDoubleValue(1))))
                .isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void afterALostConnectionNothingStands() throws MalformedMessage {
        born();
        messages.reconnected();
        assertThat(messages.standing()).isEmpty();
        hear("DDATA", payload(2, metric().setAlias(1).setDoubleValue(1)));
        assertThat(asked).hasSize(1);
    }

    @Test
    void historicalValuesDoNotStand() throws MalformedMessage {
        born();
        assertThat(hear(
                        "DDATA",
                        payload(2, metric().setAlias(1).setDoubleValue(99).setIsHistorical(true))))
                .hasSize(1);
        assertThat(messages.standing())
                .filteredOn(each -> each.source().equals("press"))
                .allMatch(each -> each.values().get("volt").equals(170.0));
    }

    @Test
    void whatIsNoSparkplugIsMalformed() {
        byte[] junk = {(byte) 0xff, 1, 2, 3};
        assertThatThrownBy(() -> messages.read("spBv1.0/plant/DDATA/edge/press", junk, NOW))
                .isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> messages.read("plant/edge", new byte[0], NOW)).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> hear("NBIRTH", payload(4))).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> hear("NSTRANGE", payload(4))).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void commandsAndStatesAreNoTelemetry() throws MalformedMessage {
        assertThat(messages.read("spBv1.0/STATE/host", new byte[] {'{', '}'}, NOW))
                .isEmpty();
        assertThat(hear("NCMD", payload(0))).isEmpty();
    }

    @Test
    void rebirthCommandIsTheSpecifications() throws Exception {
        var command = SparkplugPayload.parseFrom(SparkplugMessages.rebirthCommand(NOW));
        assertThat(command.getMetrics(0).getName()).isEqualTo("Node Control/Rebirth");
        assertThat(command.getMetrics(0).getBooleanValue()).isTrue();
    }
}
