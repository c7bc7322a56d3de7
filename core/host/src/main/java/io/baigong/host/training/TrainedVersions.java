package io.baigong.host.training;

import io.baigong.host.SuiteBuild;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.model.ModelLife;
import io.baigong.host.training.TrainingJob.Trained;
import io.baigong.journal.Actor;
import io.baigong.registry.history.Lineage;
import io.baigong.registry.history.ModelHistory;
import io.baigong.registry.history.RegistryEvent.Registered;
import io.baigong.spi.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes candidates of what trainings wrote, and has each measured on the data that are kept back. */
@ApplicationScoped
public class TrainedVersions {
    private final Catalogue catalogue;
    private final ModelLife life;

    TrainedVersions(Catalogue catalogue, ModelLife life) {
        this.catalogue = catalogue;
        this.life = life;
    }

    /**
     * The versions of a training; those that an earlier attempt registered are not registered again.
     *
     * @param out what it wrote
     */
    List<Trained> register(TrainingJob job, String dataSha256, Path out) throws IOException {
        Task<?, ?> task = catalogue.find(job.task()).orElseThrow();
        var versions = new ArrayList<Trained>();
        for (var one : TrainedRoles.of(task, out).entrySet()) {
            String role = one.getKey();
            Optional<Integer> before = earlier(role, job);
            int number = before.isPresent() ? before.get() : add(role, one.getValue(), job, dataSha256);
            versions.add(new Trained(role, number));
            for (String benchmark : life.benchmarks(role)) {
                if (before.isEmpty()) {
                    life.evaluate(role, number, benchmark, job.createdBy());
                }
            }
        }
        return versions;
    }

    private Optional<Integer> earlier(String role, TrainingJob job) {
        return life.history(role).versions().stream()
                .map(ModelHistory.Version::registered)
                .filter(version -> Objects.equals(version.lineage().recipe(), recipe(job)))
                .map(Registered::number)
                .findFirst();
    }

    private int add(String role, Path folder, TrainingJob job, String dataSha256) throws IOException {
        Path zip = Files.createTempFile("baigong-trained", ".zip");
        try {
            pack(folder, zip);
            Actor by = job.createdBy();
            return ((Registered) life.register(role, zip, lineage(job, dataSha256), by)
                            .event())
                    .number();
        } finally {
            Files.delete(zip);
        }
    }

    private static void pack(Path folder, Path zip) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(zip));
                var content = Files.list(folder)) {
            for (Path file : content.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(file.getFileName().toString()));
                Files.copy(file, out);
            }
        }
    }

    private Lineage lineage(TrainingJob job, String dataSha256) {
        String data = job.fileName();
        return new Lineage(
                null,
                recipe(job),
                data == null ? job.recipe() : data,
                dataSha256,
                job.seed(),
                SuiteBuild.commit().orElse(null),
                null,
                SuiteBuild.environment());
    }

    private static String recipe(TrainingJob job) {
        return "train " + job.task() + " --benchmark " + job.recipe() + " --seed " + job.seed() + " (training "
                + job.id() + ")";
    }
}
