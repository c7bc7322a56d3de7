package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.app.People.Person;
import io.baigong.host.access.Roles;
import io.baigong.host.account.Accounts;
import io.baigong.host.model.ArtifactSweep;
import io.baigong.registry.RegistryConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that no row names go; those of versions and runs, of whichever tenant, stay. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ArtifactSweepTest {
    private static final String ROLE = "/api/v1/models/manufacturing.process-failure";

    @Inject
    Accounts accounts;

    @Inject
    ArtifactSweep sweep;

    @Inject
    RegistryConfig config;

    @BeforeEach
    void people() throws Exception {
        accounts.ensureFirst();
    }

    private Set<String> kept() throws IOException {
        try (var files = Files.walk(config.artifacts())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    private static String put(Person who, String text) throws Exception {
        String run = who.sends(Map.of("experiment_id", "0"))
                .post("/api/2.0/mlflow/runs/create")
                .then()
                .statusCode(200)
                .extract()
                .path("run.info.run_id");
        String path = "/api/2.0/mlflow-artifacts/artifacts/0/" + run + "/artifacts/a.txt";
        who.asks().contentType("text/plain").body(text).put(path).then().statusCode(200);
        return path;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String sha256(String text) throws Exception {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatNoRowNamesGoes() throws Exception {
        Person owner = People.made(People.first(), Roles.MODEL_OWNER);
        Person stranger = People.ofNewTenant();
        int number = owner.asks()
                .multiPart("artifact", "model.zip", ModelVersionsTest.zip(Map.of()))
                .post(ROLE + "/versions")
                .then()
                .statusCode(201)
                .extract()
                .path("number");
        String stays = put(owner, "stays");
        String theirs = put(stranger, "theirs");
        owner.asks().delete(put(owner, "goes")).then().statusCode(200);
        // Refused when it is opened: its files came, and no row did.
        byte[] broken = "{\"name\": \"broken\"}".getBytes(StandardCharsets.UTF_8);
        owner.asks()
                .multiPart("artifact", "model.zip", ModelVersionsTest.zip(Map.of("model.json", broken)))
                .post(ROLE + "/versions")
                .then()
                .statusCode(422);
        assertThat(kept()).contains(sha256("stays"), sha256("theirs"), sha256("goes"), sha256(broken));

        assertThat(sweep.sweep(Instant.now().minusSeconds(3_600)))
                .as("what is new stays")
                .isZero();
        assertThat(kept()).contains(sha256("goes"), sha256(broken));
        assertThat(sweep.sweep(Instant.now().plusSeconds(60))).isGreaterThanOrEqualTo(2);

        assertThat(kept()).contains(sha256("stays"), sha256("theirs")).doesNotContain(sha256("goes"), sha256(broken));
        owner.asks().get(stays).then().statusCode(200);
        stranger.asks().get(theirs).then().statusCode(200);
        owner.asks().get(ROLE + "/versions/" + number + "/bundle").then().statusCode(200);
    }

    /** A file that was changed where it is kept is not served, by whichever door. */
    @Test
    void whatWasChangedOnDiskIsNotServed() throws Exception {
        Person owner = People.made(People.first(), Roles.MODEL_OWNER);
        String path = put(owner, "to be changed");
        String sha256 = sha256("to be changed");
        Path file = config.artifacts().resolve(sha256.substring(0, 2)).resolve(sha256);

        Files.writeString(file, "changed");
        assertThat(owner.asks().get(path).then().statusCode(500).extract().<String>path("message"))
                .contains("was changed where it is kept")
                .doesNotContain(config.artifacts().toString());
        Files.delete(file);
        owner.asks().get(path).then().statusCode(500);
    }
}
