package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Work that the suite and its database are killed under. The property {@code baigong.kills} says how often; each takes some
 * fifteen seconds.
 */
class BatchIT {
    private static final Pattern POSITION = Pattern.compile("\"position\":(\\d+)");
    private static final Pattern RUN = Pattern.compile("\"run\":\"([0-9a-f-]{36})\"");
    private static final int KILLS = Integer.getInteger("baigong.kills", 2);

    /** Of each life, between which and as many again the next kill comes. */
    private static final int PROGRESS = 100;

    /** Decisions that are looked for after each kill: those of the last lives. */
    private static final int LATEST = 100;

    /** Of each batch; another begins before one ends, for a life may get further than it is asked to. */
    private static final int RECORDS = Math.min(40, KILLS + 10) * PROGRESS;

    private static final int LEFT = 6 * PROGRESS;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private PackagedSuite up(int port) throws Exception {
        return new PackagedSuite(folder.resolve("home"), port, Map.of("BAIGONG_ACCOUNTS_PASSWORD", Operator.PASSWORD))
                .ready();
    }

    private void killed(PackagedSuite suite) throws Exception {
        var database = ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("home/data/postmaster.pid"))
                        .getFirst()))
                .orElseThrow();
        suite.kill();
        database.destroyForcibly();
        database.onExit().get(30, TimeUnit.SECONDS);
        suite.exit();
    }

    private static ProcessBuilder baigong(PackagedSuite suite, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--server=" + suite.address());
        return baigong(all);
    }

    private static ProcessBuilder baigong(List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                "target/quarkus-app/lib/main/*:target/quarkus-app/lib/boot/*:target/quarkus-app/app/*",
                "io.baigong.host.cli.Baigong"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("BAIGONG_CREDENTIALS", "analyst:" + Operator.PASSWORD);
        return builder;
    }

    private void aTerminalMakesOne(PackagedSuite suite) throws Exception {
        Path report = folder.resolve("batch.json");
        var command = baigong(
                suite,
                "batch",
                "create",
                "medical.icd-coding",
                "src/test/resources/io/baigong/app/notes.parquet",
                "--field=language=en",
                "--watch",
                "--json=" + report);
        assertThat(command.inheritIO().start().waitFor()).isZero();
        assertThat(report).content().contains("ENDED").contains("\"answered\" : 2");
    }

    /** What {@code work} prints for those lines; null if it fails. */
    private static @Nullable String worked(PackagedSuite suite, String batch, String lines) throws Exception {
        Process process = baigong(suite, "work", "medical.icd-coding", "--batch=" + batch, "--field=language=en")
                .start();
        try (var in = process.outputWriter()) {
            in.write(lines);
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? printed : null;
    }

    private static void aPipeWorksOnOne(PackagedSuite suite, Operator operator) throws Exception {
        String batch =
                Operator.id(operator.post("/api/v1/remote-batches", "{\"task\":\"medical.icd-coding\",\"total\":4}"));
        String two = "0\t" + Operator.note(0) + "\n2\t{\"note\": \"\"}\n";
        String printed = worked(suite, batch, two);
        assertThat(printed)
                .hasLineCount(2)
                .contains("{\"position\":0,\"name\":\"record 1\",\"status\":\"ANSWERED\"")
                .contains("{\"position\":2,\"name\":\"record 3\",\"status\":\"FAILED\"");
        assertThat(worked(suite, batch, two)).as("once more").isEqualTo(printed);
        assertThat(worked(suite, batch, "1\t{\"note\": ")).isNull();
        operator.post("/api/v1/batches/" + batch + "/cancellation", "");
        assertThat(worked(suite, batch, "1\t" + Operator.note(1))).isNull();
        assertThat(operator.get("/api/v1/batches/" + batch)).contains("\"answered\":1", "\"failed\":1");
    }

    private void theLogAgreesWithItsWitness() throws Exception {
        Path audit = folder.resolve("home/audit");
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Files.copy(audit.resolve("heads.txt"), copy.resolve("heads.txt"));
        var command = baigong(
                List.of("audit", "verify", "--head=" + copy, "--key=" + audit.resolve("audit.pub"), "--json=-"));
        command.environment().put("BAIGONG_HOME", folder.resolve("home").toString());
        Process process = command.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .containsPattern("\"ok\" ?: ?true");
        assertThat(process.waitFor()).isZero();
    }

    private static void hasEachRecordOnce(Operator operator, String batch, Set<String> runs) throws Exception {
        int position = 0;
        for (String line :
                operator.get("/api/v1/batches/" + batch + "/results").lines().toList()) {
            assertThat(Operator.found(POSITION, line)).isEqualTo(String.valueOf(position++));
            runs.add(Operator.found(RUN, line));
        }
        assertThat(position).isEqualTo(RECORDS);
    }

    @Test
    void nothingAcknowledgedIsLostOrDoubledHoweverOftenTheSuiteIsKilled() throws Exception {
        int port = PackagedSuite.freePort();
        var random = new Random(20261128);
        var decided = new ArrayList<String>();
        var batches = new ArrayList<String>();
        int before = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (PackagedSuite suite = up(port)) {
                var operator = new Operator(suite, PATIENCE);
                if (kill == 0) {
                    batches.add(operator.batch(RECORDS));
                }
                // All of them are looked for at the end; with each life, 200 kills would take hours.
                operator.findsAllWhole(decided.subList(Math.max(0, decided.size() - LATEST), decided.size()));
                int acknowledged = operator.answered(batches.getLast());
                assertThat(acknowledged).as("after kill %d", kill).isGreaterThanOrEqualTo(before);
                if (RECORDS - acknowledged < LEFT) {
                    batches.add(operator.batch(RECORDS));
                    acknowledged = 0;
                    before = 0;
                }
                int wanted = before + PROGRESS + random.nextInt(PROGRESS);
                while (acknowledged < wanted) {
                    decided.add(operator.decided());
                    acknowledged = operator.answered(batches.getLast());
                }
                assertThat(acknowledged).as("killed in the middle").isLessThan(RECORDS);
                before = acknowledged;
                killed(suite);
                System.out.println("kill " + (kill + 1) + " of " + KILLS + ": " + decided.size() + " decisions, "
                        + batches.size() + " batches");
            }
        }
        try (PackagedSuite suite = up(port)) {
            var operator = new Operator(suite, PATIENCE);
            operator.findsAllWhole(decided);
            assertThat(operator.answered(batches.getLast())).isGreaterThanOrEqualTo(before);
            var runs = new HashSet<String>();
            for (String batch : batches) {
                operator.ended(batch);
                hasEachRecordOnce(operator, batch, runs);
            }
            assertThat(runs).hasSize(RECORDS * batches.size());
            aTerminalMakesOne(suite);
            aPipeWorksOnOne(suite, operator);
            theLogAgreesWithItsWitness();
            operator.findsAllWhole(decided);
        }
    }
}
