package io.baigong.manufacturing.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.manufacturing.maintenance.telemetry.DataIssue;
import io.baigong.spi.Attachment;
import io.baigong.spi.Feed;
import io.baigong.spi.Feed.Reading;
import io.baigong.spi.Outcome;
import io.baigong.testkit.FakeContext;
import io.baigong.testkit.FakeModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceFeedTest {
    private static final Instant END = Instant.parse("2026-01-31T06:00:00Z");

    private final Feed<MaintenanceInput, MaintenanceReport> feed = new MaintenanceFeed();

    private MaintenanceReport report(List<Reading> readings, Map<String, String> units, Path folder)
            throws IOException {
        Feed.Given given = feed.given(readings, units, END);
        Path file =
                Files.write(folder.resolve("telemetry.csv.gz"), given.files().get("telemetry"));
        var input = new MaintenanceInput(
                new Attachment("telemetry.csv.gz", file),
                null,
                null,
                null,
                null,
                null,
                null,
                Instant.parse(given.fields().get("asOf")),
                null,
                null,
                null,
                null);
        var outcome = new PredictiveMaintenanceTask()
                .run(
                        input,
                        FakeContext.of(
                                MaintenanceModels.script(FakeModels.script()).build()));
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        return ((Outcome.Answered<MaintenanceReport>) outcome).value();
    }

    /** What is late and what comes twice is told as of a file; a name with commas and quotes stays one. */
    @Test
    void readingsAreCleanedAsAFileIs(@TempDir Path folder) throws IOException {
        var readings = new ArrayList<Reading>();
        for (int hour = 30; hour >= 1; hour--) {
            readings.add(
                    new Reading("press \"A\", left", END.minusSeconds(3600L * hour), Map.of("volt", 170.0 + hour % 3)));
        }
        readings.add(readings.getLast());
        readings.add(readings.get(2));
        MaintenanceReport report = report(readings, Map.of(), folder);
        assertThat(report.machines())
                .extracting(MaintenanceReport.MachineStatus::machine)
                .containsExactly("press \"A\", left");
        assertThat(report.dataIssues())
                .extracting(DataIssue::kind)
                .contains(DataIssue.Kind.DUPLICATE, DataIssue.Kind.LATE);
    }

    @Test
    void alarmsAreNamedAsThePageNamesThem() {
        var report = new MaintenanceReport(
                List.of(),
                List.of(
                        new MaintenanceReport.Alarm("7", "comp1", END, null, 0.8),
                        new MaintenanceReport.Alarm("7", "comp2", END, END.plusSeconds(3600), 0.7)),
                List.of(),
                null,
                null);
        assertThat(feed.alarms(report))
                .containsExactly(
                        new Feed.Alarm("7", "comp1", END, Optional.empty(), 0.8, "alarm:7/comp1/2026-01-31T06:00:00Z"),
                        new Feed.Alarm(
                                "7",
                                "comp2",
                                END,
                                Optional.of(END.plusSeconds(3600)),
                                0.7,
                                "alarm:7/comp2/2026-01-31T06:00:00Z"));
    }
}
