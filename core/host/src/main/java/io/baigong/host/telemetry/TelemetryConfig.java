package io.baigong.host.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code baigong.telemetry.*}. */
@ConfigMapping(prefix = "baigong.telemetry")
public interface TelemetryConfig {
    /** Lines of machines that are listened to, by name. */
    Map<String, Line> line();

    /** Folder in which readings outlive a restart. */
    @WithDefault("${BAIGONG_HOME:.baigong}/telemetry")
    Path files();

    /** How messages are written. */
    enum Format {
        /** JSON objects, or lists of them. */
        JSON,
        /** Eclipse Sparkplug B. */
        SPARKPLUG_B
    }

    /** A line of machines. */
    interface Line {
        /** Broker: {@code mqtt://host:1883} or {@code mqtts://host:8883}. */
        URI broker();

        Optional<String> user();

        Optional<String> password();

        /** MQTT client id; of its own for each instance of the suite. */
        @WithDefault("baigong")
        String client();

        @WithDefault("JSON")
        Format format();

        /** Topic filters, such as {@code plant/+/telemetry} or {@code spBv1.0/plant/#}. */
        List<String> topics();

        /** Level of the topic that names the machine where a message does not, from 0 on. */
        @WithDefault("1")
        int machineLevel();

        /** The task that is run. */
        @WithDefault("manufacturing.predictive-maintenance")
        String task();

        /** Whose runs they are. */
        @WithDefault("default")
        String tenant();

        /** The task's signal for each name under which messages have it; names equal to a signal need none. */
        Map<String, String> signals();

        /** Unit of each signal of the task, where it comes in another than the task's own. */
        Map<String, String> units();

        /** Other fields of the task's input. */
        Map<String, String> fields();

        /** Other files of the task's input, by component; read anew for each run. */
        Map<String, Path> inputs();

        /** How long after an hour it is scored, so that late samples are in it. */
        @WithDefault("PT2M")
        Duration grace();

        /** How far a machine's clock may be ahead of the suite's. */
        @WithDefault("PT5M")
        Duration ahead();

        /** Messages that wait to be read; of more, the newest are left out. */
        @WithDefault("10000")
        int queue();

        /** Readings that are kept in full, of all machines together; of more, the oldest are left out. */
        @WithDefault("1000000")
        int readings();

        /** Machines at the most; others are left out. */
        @WithDefault("10000")
        int machines();

        /** Wait before the first attempt to connect anew; doubled after each, up to the longest. */
        @WithDefault("PT1S")
        Duration firstRetry();

        @WithDefault("PT2M")
        Duration longestRetry();
    }
}
