package io.baigong.host.mlflow;

import io.baigong.host.mlflow.ModelVersionsResource.Create;
import io.baigong.host.mlflow.Views.Param;
import io.baigong.host.mlflow.Views.RunData;
import io.baigong.host.mlflow.Views.Tag;
import io.baigong.host.model.ModelLife;
import io.baigong.journal.Actor;
import io.baigong.registry.history.Lineage;
import io.baigong.registry.history.RegistryEvent.Registered;
import io.baigong.spi.ModelException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes candidates of what was logged in runs. */
@ApplicationScoped
class VersionsOfRuns {
    private static final String COMMIT_TAG = "mlflow.source.git.commit";
    private static final String SOURCE_TAG = "mlflow.source.name";

    private final ModelLife life;
    private final ModelSource sources;
    private final RunFigures figures;
    private final ModelNotes notes;

    VersionsOfRuns(ModelLife life, ModelSource sources, RunFigures figures, ModelNotes notes) {
        this.life = life;
        this.sources = sources;
        this.figures = figures;
        this.notes = notes;
    }

    /** Registers a version; its number. Throws {@link MlflowException} for files that are no model of this role. */
    int register(String role, Create given, Actor by) throws IOException {
        ModelSource.Found found = sources.find(given.source());
        Runs.Run run = found.run();
        String claimed = given.runId();
        if (claimed != null
                && !claimed.isEmpty()
                && (run == null || !run.number().equals(claimed.replace("-", "")))) {
            throw MlflowException.invalid("run_id is not the run that source is in; leave it out, or name that run.");
        }
        Keys.text("a description", given.description());
        Lineage lineage = run == null
                ? new Lineage(null, "copied from " + given.source(), null, null, null, null, null, null)
                : lineage(run);
        int number;
        try {
            number = ((Registered)
                            life.register(role, found.artifact(), lineage, by).event())
                    .number();
        } catch (ModelException e) {
            throw MlflowErrors.refused(e);
        }
        notes.add(
                role,
                number,
                run == null ? null : run.id(),
                Objects.requireNonNull(given.source()),
                given.description(),
                by);
        return number;
    }

    private Lineage lineage(Runs.Run run) {
        RunData data = Objects.requireNonNull(figures.of(List.of(run)).get(run.id()));
        String source = tag(data, SOURCE_TAG);
        return new Lineage(
                null,
                "MLflow run " + run.number() + (source == null ? "" : " of " + source),
                param(data, "data").orElse(null),
                null,
                param(data, "seed").map(VersionsOfRuns::whole).orElse(null),
                tag(data, COMMIT_TAG),
                null,
                null);
    }

    private static @Nullable String tag(RunData data, String key) {
        return data.tags().stream()
                .filter(tag -> key.equals(tag.key()))
                .map(Tag::value)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> param(RunData data, String key) {
        return data.params().stream()
                .filter(param -> key.equals(param.key()))
                .map(Param::value)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The number that a text is; null for one that is none. */
    private static @Nullable Long whole(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
