package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baigong.app.Operator.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that stands still, and a disk that is full, while there is work. */
class FaultsIT {
    private static final int RECORDS = 1_500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int DISK_MEGABYTES = 400;

    @TempDir
    Path home;

    private static PackagedSuite up(Path home) throws Exception {
        return new PackagedSuite(home, PackagedSuite.freePort(), Map.of("BAIGONG_ACCOUNTS_PASSWORD", Operator.PASSWORD))
                .ready();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }

    private static void signal(String signal, Path home) throws Exception {
        var database = ProcessHandle.of(Long.parseLong(
                        Files.readAllLines(home.resolve("data/postmaster.pid")).getFirst()))
                .orElseThrow();
        var processes = Stream.concat(Stream.of(database), database.descendants())
                .map(process -> String.valueOf(process.pid()));
        run(Stream.concat(Stream.of("kill", "-" + signal), processes).toArray(String[]::new));
    }

    /** Works on until something is acknowledged again. */
    private static void recovers(Operator operator, List<String> decided) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                decided.add(operator.decided());
                return;
            } catch (Refused | HttpTimeoutException e) {
                assertThat(attempt).as(e.getMessage()).isLessThan(60);
                Thread.sleep(500);
            }
        }
    }

    @Test
    void whileTheDatabaseStandsStillNothingIsAcknowledgedAndAfterwardsNothingIsLost() throws Exception {
        try (PackagedSuite suite = up(home)) {
            var operator = new Operator(suite, PATIENCE);
            var decided = new ArrayList<String>();
            String batch = operator.batch(RECORDS);
            while (operator.answered(batch) < 50) {
                decided.add(operator.decided());
            }
            signal("STOP", home);
            try {
                new Operator(suite, Duration.ofSeconds(5)).decided();
                throw new AssertionError("a run was acknowledged that could not be on disk");
            } catch (Refused | HttpTimeoutException e) {
                // As it must be.
            } finally {
                signal("CONT", home);
            }
            recovers(operator, decided);
            operator.ended(batch);
            assertThat(operator.answered(batch)).isEqualTo(RECORDS);
            operator.findsAllWhole(decided);
        }
    }

    @Test
    void aFullDiskRefusesAndLosesNothing() throws Exception {
        assumeTrue(
                new ProcessBuilder(
                                        "mount",
                                        "-t",
                                        "tmpfs",
                                        "-o",
                                        "size=" + DISK_MEGABYTES + "m",
                                        "tmpfs",
                                        home.toString())
                                .start()
                                .waitFor()
                        == 0,
                "only root may mount a small disk");
        try {
            onADiskThatGetsFull();
        } finally {
            run("umount", "--lazy", home.toString());
        }
    }

    private void onADiskThatGetsFull() throws Exception {
        try (PackagedSuite suite = up(home)) {
            var operator = new Operator(suite, PATIENCE);
            var decided = new ArrayList<String>();
            String batch = operator.batch(RECORDS);
            decided.add(operator.decided());
            Path filler = home.resolve("filler");
            fill(filler);
            String refusal = "";
            for (int attempt = 0; refusal.isEmpty(); attempt++) {
                assertThat(attempt).as("runs that a full disk took").isLessThan(1_000);
                fill(filler);
                try {
                    decided.add(operator.decided());
                } catch (Refused e) {
                    refusal = e.getMessage();
                } catch (HttpTimeoutException e) {
                    // PostgreSQL may be starting again, which is no acknowledgement either.
                }
            }
            assertThat(refusal).startsWith("50").contains("remedy");
            Files.delete(filler);
            recovers(operator, decided);
            operator.ended(batch);
            assertThat(operator.answered(batch)).isEqualTo(RECORDS);
            operator.findsAllWhole(decided);
        }
    }

    /** Takes what is left of the disk. */
    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("space");
        }
    }
}
