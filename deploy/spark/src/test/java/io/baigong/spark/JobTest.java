package io.baigong.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobTest {
    private static Job of(String... more) {
        var all = new ArrayList<>(List.of("--task", "medical.icd-coding", "--input", "a", "--output", "out"));
        all.addAll(List.of(more));
        return Job.of(all.toArray(String[]::new));
    }

    @Test
    void whatIsNotSaidHasADefault() {
        Job job = of();
        assertThat(job.server()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(job.format()).isEqualTo(Job.Format.JSONL);
        assertThat(job.batch()).isEmpty();
        assertThat(job.tasks()).isEmpty();
        assertThat(job.app()).isEqualTo("baigong");
    }

    @Test
    void optionsAreRead() {
        UUID batch = UUID.randomUUID();
        Job job = of(
                "--input",
                "b",
                "--server",
                "https://suite/",
                "--batch",
                batch.toString(),
                "--field",
                "playbook=a=b",
                "--format",
                "files",
                "--component",
                "document",
                "--tasks",
                "7",
                "--heap",
                "2g",
                "--app",
                "/opt/baigong");
        assertThat(job.inputs()).containsExactly("a", "b");
        assertThat(job.server()).isEqualTo(URI.create("https://suite"));
        assertThat(job.batch()).contains(batch);
        assertThat(job.fields()).containsEntry("playbook", "a=b").hasSize(1);
        assertThat(job.component()).isEqualTo("document");
        assertThat(job.tasks()).contains(7);
        assertThat(Worker.of(job, batch, "secret").arguments())
                .contains("-Xmx2g", "--field=playbook=a=b", "--batch=" + batch)
                .noneMatch(argument -> argument.contains("secret"));
    }

    static Stream<List<String>> wrong() {
        return Stream.of(
                List.of("--tasks", "0"),
                List.of("--tasks", "many"),
                List.of("--batch", "1"),
                List.of("--field", "=x"),
                List.of("--format", "xml"),
                List.of("--format", "files"),
                List.of("--component", "document"),
                List.of("--server", "suite:8080"),
                List.of("--task", "again"),
                List.of("--colour", "red"),
                List.of("--tasks"),
                List.of("odd", "one"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatCannotBeMeantIsRefused(List<String> more) {
        assertThatThrownBy(() -> of(more.toArray(String[]::new))).isInstanceOf(Job.WrongUsage.class);
    }

    @Test
    void whatIsNeededIsNamed() {
        assertThatThrownBy(() -> Job.of("--task", "a.b", "--output", "out")).hasMessageContaining("--input");
        assertThatThrownBy(() -> Job.of("--input", "a", "--output", "out")).hasMessageContaining("--task");
        assertThatThrownBy(() -> Job.of("--input", "a", "--task", "a.b")).hasMessageContaining("--output");
    }
}
