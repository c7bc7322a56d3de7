package io.baigong.manufacturing.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.manufacturing.maintenance.MaintenanceReport.Action;
import io.baigong.manufacturing.maintenance.MaintenanceReport.ComponentRisk;
import io.baigong.manufacturing.maintenance.MaintenanceReport.MachineStatus;
import io.baigong.manufacturing.maintenance.MaintenanceReport.Unit;
import io.baigong.manufacturing.maintenance.telemetry.DataIssue;
import io.baigong.manufacturing.maintenance.telemetry.Reading;
import io.baigong.manufacturing.maintenance.training.RecordingTraining;
import io.baigong.spi.Attachment;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evidence;
import io.baigong.spi.Outcome;
import io.baigong.testkit.FakeContext;
import io.baigong.testkit.FakeModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PredictiveMaintenanceTaskTest {
    private final PredictiveMaintenanceTask task = new PredictiveMaintenanceTask();

    @TempDir
    Path folder;

    private Outcome<MaintenanceReport> run(MaintenanceInput input) {
        return task.run(
                input,
                FakeContext.of(MaintenanceModels.script(FakeModels.script()).build()));
    }

    private MaintenanceReport answered(MaintenanceInput input) {
        Outcome<MaintenanceReport> outcome = run(input);
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        return ((Outcome.Answered<MaintenanceReport>) outcome).value();
    }

    private static void failed(Outcome<MaintenanceReport> outcome, ErrorCode code, String part) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.detail()).contains(part);
            assertThat(failed.remedy()).isNotBlank();
        });
    }

    private Attachment text(String name, String text) {
        try {
            return new Attachment(name, Files.writeString(folder.resolve(name), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Attachment sample(String name) throws IOException {
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/samples/maintenance/" + name))) {
            return text(name, new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static MaintenanceInput input(@Nullable Attachment telemetry, @Nullable Asset asset) {
        return new MaintenanceInput(telemetry, null, null, null, null, null, asset, null, null, null, null, null);
    }

    private MaintenanceInput fleet(
            @Nullable Instant asOf, @Nullable String zone, @Nullable Double failure, @Nullable Double replacement)
            throws IOException {
        return new MaintenanceInput(
                sample("telemetry.csv"),
                sample("errors.csv"),
                sample("maintenance.csv"),
                sample("failures.csv"),
                sample("machines.csv"),
                null,
                null,
                asOf,
                zone,
                failure,
                replacement,
                null);
    }

    @Test
    void judgesTheWorstMachineFirstWithReasonsAlarmAndLikeFailures() throws IOException {
        MaintenanceReport report = answered(fleet(null, null, null, null));

        assertThat(report.machines()).hasSize(3);
        MachineStatus worst = report.machines().getFirst();
        assertThat(worst.machine()).isEqualTo("M0059");
        assertThat(worst.worst()).isEqualTo("bearing");
        assertThat(worst.asOf()).isEqualTo(Instant.parse("2025-04-11T00:00:00Z"));
        assertThat(worst.health()).isLessThan(report.machines().get(1).health()).isBetween(0.0, 60.0);
        assertThat(worst.why()).hasSize(5);
        assertThat(worst.action().kind()).isNotEqualTo(Action.Kind.NONE);
        assertThat(worst.similar()).extracting(s -> s.machine()).contains("M0001");
        for (ComponentRisk risk : worst.components()) {
            assertThat(risk.within24h()).isLessThanOrEqualTo(risk.within48h());
            assertThat(risk.within48h()).isLessThanOrEqualTo(risk.within72h());
            assertThat(risk.within72h()).isLessThanOrEqualTo(risk.within14d());
        }
        assertThat(worst.life()).satisfies(life -> {
            assertThat(life.low()).isLessThanOrEqualTo(life.value());
            assertThat(life.value()).isLessThanOrEqualTo(life.high());
        });
        assertThat(report.alarms()).anySatisfy(alarm -> {
            assertThat(alarm.machine()).isEqualTo("M0059");
            assertThat(alarm.component()).isEqualTo("bearing");
            assertThat(alarm.closed()).isNull();
        });
        assertThat(report.alarms().stream()
                        .filter(a ->
                                a.machine().equals("M0059") && a.component().equals("bearing") && a.closed() == null))
                .as("one alarm, not a flood")
                .hasSize(1);
    }

    @Test
    void evidenceNamesTheWindowOfTheAlarm() throws IOException {
        var outcome = (Outcome.Answered<MaintenanceReport>) run(fleet(null, null, null, null));

        assertThat(outcome.evidence()).anySatisfy(e -> assertThat(e).isInstanceOf(Evidence.TimeWindow.class));
        assertThat(outcome.evidence()).anySatisfy(e -> assertThat(e).isInstanceOf(Evidence.Attribution.class));
        assertThat(outcome.confidence()).isBetween(0.0, 1.0);
    }

    /** Whether samples say their offset in one zone or another, or none and the zone is given: the answer is the same. */
    @Test
    void threeZonesOneAnswer() {
        var utc = new StringBuilder("datetime,machineID,volt,rotate,pressure,vibration\n");
        var offsets = new StringBuilder(utc);
        var local = new StringBuilder(utc);
        for (int h = 0; h < 200; h++) {
            Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(h * 3600L);
            String values = String.format(
                    Locale.ROOT,
                    ",m,%.2f,%.2f,%.2f,%.2f%n",
                    170.0 + h % 7,
                    450.0 + h % 5,
                    100.0 + h % 3,
                    40.0 + h % 11);
            utc.append(at).append(values);
            int hours = h % 3 == 0 ? -5 : h % 3 == 1 ? 2 : 8;
            offsets.append(at.atOffset(java.time.ZoneOffset.ofHours(hours))).append(values);
            local.append(at.plusSeconds(8 * 3600).toString().replace("Z", "")).append(values);
        }

        MaintenanceReport expected = answered(input(text("a.csv", utc.toString()), null));
        assertThat(answered(input(text("b.csv", offsets.toString()), null))).isEqualTo(expected);
        var shanghai = new MaintenanceInput(
                text("c.csv", local.toString()),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "Asia/Shanghai",
                null,
                null,
                null);
        assertThat(answered(shanghai)).isEqualTo(expected);
    }

    @Test
    void whatCameAfterTheMomentIsNotKnown() throws IOException {
        MaintenanceReport report = answered(fleet(Instant.parse("2025-04-01T00:00:00Z"), null, null, null));

        assertThat(report.machines())
                .allSatisfy(m -> assertThat(m.asOf()).isBeforeOrEqualTo(Instant.parse("2025-04-01T00:00:00Z")));
        failed(
                run(fleet(Instant.parse("2020-01-01T00:00:00Z"), null, null, null)),
                ErrorCode.User.INVALID,
                "no machine");
    }

    /**
     * Of files whose sensors stick, clocks run ahead and units change after the moment, the report is that of the files as they were
     * then.
     */
    @Test
    void theReportOfAMomentIsThatOfTheFilesCutThere() throws IOException {
        String moment = "2025-04-01 00:00:00";
        var telemetry = new StringBuilder();
        for (String line : lines("telemetry.csv")) {
            String[] cells = line.split(",");
            boolean stuck =
                    cells[0].compareTo("2025-03-31 18:00:00") >= 0 && cells[0].compareTo("2025-04-01 12:00:00") < 0;
            if (cells[1].equals("M0059") && stuck) {
                cells[5] = "44.4";
            }
            if (cells[1].equals("M0001") && cells[0].compareTo(moment) >= 0) {
                cells[2] = "0.17";
            }
            telemetry.append(String.join(",", cells)).append('\n');
        }
        for (int h = 0; h < 2000; h++) {
            telemetry
                    .append(Instant.parse("2025-04-11T00:00:00Z").plusSeconds(h * 3600L))
                    .append(",M0001,0.17,450,100,")
                    .append(40 + h % 7)
                    .append('\n');
        }
        telemetry.append("2031-01-01 00:00:00,M0002,170,450,100,40\n");

        MaintenanceReport then = answered(with(telemetry.toString(), "", Instant.parse("2025-04-01T00:59:59Z")));

        MaintenanceReport cut =
                answered(with(before(telemetry.toString().lines().toList(), moment), moment, null));
        assertThat(then).isEqualTo(cut);
        assertThat(answered(with(telemetry.toString(), "", null)).dataIssues())
                .extracting(DataIssue::kind)
                .contains(DataIssue.Kind.STUCK, DataIssue.Kind.IMPLAUSIBLE, DataIssue.Kind.CLOCK_JUMP);
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(sample(name).file());
    }

    /** Lines of a file before a moment, with its header. */
    private static String before(List<String> lines, String moment) {
        return lines.stream()
                .filter(line -> line.startsWith("datetime") || line.compareTo(moment) < 0)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The sample with other telemetry, its events cut at a moment if there is one. */
    private MaintenanceInput with(String telemetry, String moment, @Nullable Instant asOf) throws IOException {
        String until = moment.isEmpty() ? "9999" : moment;
        return new MaintenanceInput(
                text("t.csv", telemetry),
                text("e.csv", before(lines("errors.csv"), until)),
                text("r.csv", before(lines("maintenance.csv"), until)),
                text("f.csv", before(lines("failures.csv"), until)),
                sample("machines.csv"),
                null,
                null,
                asOf,
                null,
                null,
                null,
                null);
    }

    @Test
    void moreMachinesThanAFileMayHaveAreTooManyReadings() {
        List<Reading> readings = IntStream.rangeClosed(0, 10_000)
                .mapToObj(m -> new Reading("m" + m, "2026-01-01T00:00:00Z", Map.of("volt", 170.0)))
                .toList();

        failed(
                run(new MaintenanceInput(null, null, null, null, null, readings, null, null, null, null, null, null)),
                ErrorCode.User.TOO_LARGE,
                "more than 10000 machines");
    }

    @Test
    void aModelCardSaysWhoseRecordsTheModelIsOf() throws IOException {
        Path scenario = Files.writeString(folder.resolve("fleet.json"), "{\"machines\": 3, \"days\": 90, \"seed\": 3}");

        assertThat(card(scenario, "simulated"))
                .contains("**Data**: the fleet simulator", "**Limits**: simulated machines")
                .doesNotContain("plant's own records");
        assertThat(card(Path.of("src/main/resources/samples/maintenance"), "own"))
                .contains("**Data**: a plant's own records")
                .doesNotContain("simulat");
    }

    private String card(Path data, String out) throws IOException {
        Path to = folder.resolve(out);
        task.recipes().getFirst().train(data, to, new RecordingTraining());
        return Files.readString(to.resolve("manufacturing.failure-predictor").resolve("README.md"));
    }

    @Test
    void readingsComeAsJsonToo() {
        List<Reading> readings = new ArrayList<>();
        for (int h = 0; h < 48; h++) {
            readings.add(new Reading(
                    "m",
                    Instant.parse("2026-01-01T00:00:00Z").plusSeconds(h * 3600L).toString(),
                    Map.of("volt", 170.0 + h % 7, "vibration", 40.0 + h % 5)));
        }
        var report = answered(
                new MaintenanceInput(null, null, null, null, null, readings, null, null, null, null, null, null));

        assertThat(report.machines())
                .singleElement()
                .satisfies(m -> assertThat(m.machine()).isEqualTo("m"));
        assertThat(report.dataIssues()).extracting(DataIssue::kind).contains(DataIssue.Kind.NOT_A_NUMBER);
    }

    @Test
    void refusesWhatCantBeJudged() throws IOException {
        failed(run(input(null, null)), ErrorCode.User.EMPTY, "no telemetry");
        failed(run(fleet(null, "Mars/Olympus", null, null)), ErrorCode.User.INVALID, "time zone");
        failed(run(fleet(null, null, 100.0, 200.0)), ErrorCode.User.INVALID, "no alarm can pay");
        failed(run(fleet(null, null, Double.NaN, null)), ErrorCode.User.INVALID, "no alarm can pay");
        failed(
                run(input(text("nan.csv", "datetime,machineID,volt\n" + "2026-01-01 00:00,m,NaN\n".repeat(50)), null)),
                ErrorCode.User.INVALID,
                "no machine has a value");
        for (Asset file : List.of(Asset.TURBOFAN, Asset.MILLING)) {
            assertThat(run(input(null, file))).isInstanceOfSatisfying(Outcome.Failed.class, f -> {
                assertThat(f.code()).isEqualTo(ErrorCode.User.EMPTY);
                assertThat(f.remedy()).contains("Send a file").doesNotContain("readings");
            });
        }
        failed(
                run(input(text("x.csv", "unit,cycle\n1,1\n"), Asset.TURBOFAN)),
                ErrorCode.User.INVALID,
                "not 26 numbers");
        failed(run(input(sample("telemetry.csv"), Asset.MILLING)), ErrorCode.User.INVALID, "no column");
        assertThat(task.run(input(sample("telemetry.csv"), null), FakeContext.of(FakeModels.none())))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class, f -> assertThat(f.code()).isEqualTo(ErrorCode.Model.UNAVAILABLE));
    }

    @Test
    void aSingleSampleIsAnswered() {
        var report = answered(input(
                text(
                        "one.csv",
                        "datetime,machineID,volt,rotate,pressure,vibration\n2026-01-01 00:00,m,170,450,100,40\n"),
                null));

        assertThat(report.machines()).hasSize(1);
    }

    @Test
    void enginesAreJudgedByRemainingLife() {
        String lines =
                IntStream.rangeClosed(1, 140).mapToObj(cycle -> line(1, cycle)).collect(Collectors.joining("\n"))
                        + "\n"
                        + line(2, 1);
        MaintenanceReport report = answered(input(text("engines.txt", lines), Asset.TURBOFAN));

        assertThat(report.machines())
                .extracting(MachineStatus::machine)
                .containsExactly("engines.txt-1", "engines.txt-2");
        assertThat(report.machines().getFirst().life()).satisfies(life -> {
            assertThat(life.value()).isEqualTo(10);
            assertThat(life.unit()).isEqualTo(Unit.CYCLES);
            assertThat(life.low()).isLessThanOrEqualTo(10);
        });
        assertThat(report.machines().getFirst().action().kind()).isEqualTo(Action.Kind.REPLACE_NOW);
        assertThat(report.machines().get(1).action().kind()).isEqualTo(Action.Kind.NONE);
    }

    private static String line(int unit, int cycle) {
        return unit + " " + cycle + " 0.0007 -0.0004 100.0 "
                + IntStream.range(0, 21)
                        .mapToObj(s -> (500 + s) + "." + cycle % 10)
                        .collect(Collectors.joining(" "));
    }

    @Test
    void productsAreJudgedByThreshold() throws IOException {
        MaintenanceReport report = answered(input(sample("milling.csv"), Asset.MILLING));

        assertThat(report.machines()).hasSize(8);
        assertThat(report.machines().getFirst().action().kind()).isEqualTo(Action.Kind.INSPECT);
        assertThat(report.machines().getFirst().machine()).isEqualTo("L50005");
    }
}
