package io.baigong.manufacturing.maintenance.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import io.baigong.testkit.FakeModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BesideModelTest {
    private static final String ROLE = "manufacturing.any";
    private static final BesideModel<Limits> LIMITS = new BesideModel<>("limits.json", Limits.class);

    @TempDir
    Path folder;

    record Limits(double least, List<String> names) {}

    private static Models with(byte[] json) {
        return FakeModels.script().beside(ROLE, "limits.json", json).build();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        var limits = new Limits(0.1, List.of("a", "b"));
        LIMITS.write(folder, limits);

        assertThat(LIMITS.read(with(Files.readAllBytes(folder.resolve("limits.json"))), ROLE))
                .isEqualTo(limits);
    }

    @Test
    void whatIsMissingOrBrokenIsSaid() {
        refuses(FakeModels.none(), ErrorCode.Model.UNAVAILABLE);
        for (String broken : List.of("", "{\"least\": ", "[]", "{\"most\": 1}")) {
            refuses(with(broken.getBytes(StandardCharsets.UTF_8)), ErrorCode.Model.BROKEN_ANSWER);
        }
    }

    private static void refuses(Models models, ErrorCode code) {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> LIMITS.read(models, ROLE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .withMessageContaining("limits.json")
                .withMessageContaining(ROLE);
    }
}
