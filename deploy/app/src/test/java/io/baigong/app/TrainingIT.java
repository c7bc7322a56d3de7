package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of the packaged suite, which is killed and stopped in their midst. */
class TrainingIT {
    private static final Pattern SHARE = Pattern.compile("\"share\":([0-9.E-]+)");
    private static final int PRODUCTS = 6_000;

    @TempDir
    Path home;

    private PackagedSuite up() throws Exception {
        return new PackagedSuite(home, PackagedSuite.freePort(), Map.of("BAIGONG_ACCOUNTS_PASSWORD", Operator.PASSWORD))
                .ready();
    }

    private static Operator operator(PackagedSuite suite) {
        return new Operator(suite, Duration.ofSeconds(30));
    }

    private static String job(PackagedSuite suite, String id) throws Exception {
        return operator(suite).get("/api/v1/training/jobs/" + id);
    }

    private static void begins(PackagedSuite suite, String id) throws Exception {
        while (Double.parseDouble(Operator.found(SHARE, job(suite, id))) < 0.1) {
            assertThat(job(suite, id)).containsAnyOf("QUEUED", "RUNNING");
            Thread.sleep(100);
        }
        assertThat(job(suite, id)).contains("\"state\":\"RUNNING\"");
        assertThat(processes()).hasSize(1);
    }

    /** Trainings that this test's suites run. */
    private static List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains("--attended"))
                        .isPresent())
                .toList();
    }

    private static void areGone(List<ProcessHandle> processes) {
        processes.forEach(process -> process.onExit().join());
    }

    @Test
    void whatAKillOrAStopEndsIsBegunAgainAndBecomesOneVersion() throws Exception {
        String id;
        try (PackagedSuite suite = up()) {
            Operator operator = operator(suite);
            String file = Operator.id(operator.form(
                    "/api/v1/training/files", "file\"; filename=\"products.csv", ModelVersionsTest.products(PRODUCTS)));
            id = Operator.id(operator.post(
                    "/api/v1/training/jobs",
                    "{\"task\":\"manufacturing.predictive-maintenance\",\"recipe\":\"ai4i2020\",\"file\":\"%s\"}"
                            .formatted(file)));
            begins(suite, id);
            List<ProcessHandle> killed = processes();
            suite.kill();
            areGone(killed);
        }
        try (PackagedSuite suite = up()) {
            begins(suite, id);
            assertThat(job(suite, id)).contains("\"attempts\":2");
            List<ProcessHandle> stopped = processes();
            suite.stop();
            assertThat(suite.exit()).isIn(0, 143);
            areGone(stopped);
        }
        try (PackagedSuite suite = up()) {
            while (job(suite, id).matches(".*\"(QUEUED|RUNNING)\".*")) {
                Thread.sleep(200);
            }
            assertThat(job(suite, id))
                    .contains("\"state\":\"SUCCEEDED\"")
                    .as("a stop in good order counts as no attempt")
                    .contains("\"attempts\":2");
            assertThat(operator(suite).get("/api/v1/models/manufacturing.process-failure/versions"))
                    .containsOnlyOnce("\"number\":");
            assertThat(operator(suite).get("/api/v1/audit/verify")).contains("\"ok\":true");
        }
    }
}
