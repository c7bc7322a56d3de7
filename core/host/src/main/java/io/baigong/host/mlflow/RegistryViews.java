package io.baigong.host.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.baigong.host.mlflow.ModelNotes.Note;
import io.baigong.host.mlflow.Views.Tag;
import io.baigong.host.model.ModelLife;
import io.baigong.registry.history.ModelHistory;
import io.baigong.registry.history.RegistryEntry;
import io.baigong.registry.history.RegistryEvent;
import io.baigong.registry.history.VersionState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Roles and versions as MLflow's clients see registered models and their versions (model_registry.proto): a candidate is in the stage
 * None, an approved version in Staging, the one that serves in Production, a retired one in Archived.
 */
@ApplicationScoped
class RegistryViews {
    /** The names under which MLflow's clients have what serves. */
    static final List<String> SERVING = List.of("production", "serving");

    private final ModelLife life;
    private final ModelNotes notes;
    private final Tags tags;

    RegistryViews(ModelLife life, ModelNotes notes, Tags tags) {
        this.life = life;
        this.notes = notes;
        this.tags = tags;
    }

    /** A name of a version. */
    @Schema(name = "MlflowAlias")
    public record Alias(String alias, String version) {}

    /** A version. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MlflowModelVersion")
    public record Version(
            String name,
            String version,
            long creationTimestamp,
            long lastUpdatedTimestamp,
            String userId,

            @Schema(enumeration = {"None", "Staging", "Production", "Archived"})
            String currentStage,

            String description,
            String source,
            @Nullable String runId,
            @Schema(enumeration = "READY") String status,
            List<Tag> tags,
            List<String> aliases) {}

    /** A role. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "MlflowRegisteredModel")
    public record Model(
            String name,
            long creationTimestamp,
            long lastUpdatedTimestamp,
            String description,
            List<Version> latestVersions,
            List<Tag> tags,
            List<Alias> aliases) {}

    static String stage(VersionState state) {
        return switch (state) {
            case CANDIDATE -> "None";
            case APPROVED -> "Staging";
            case SERVING -> "Production";
            case RETIRED -> "Archived";
        };
    }

    /** Of each stage the latest version. */
    Model model(String role) {
        ModelHistory history = life.history(role);
        List<Version> versions = versions(role, history);
        var aliases = new ArrayList<Alias>();
        versions.forEach(version ->
                version.aliases().forEach(alias -> aliases.add(new Alias(alias, version.version()))));
        return new Model(
                role,
                versions.isEmpty() ? 0 : versions.getFirst().creationTimestamp(),
                history.entries().isEmpty()
                        ? 0
                        : history.entries().getLast().at().toEpochMilli(),
                text(notes.of(role).getOrDefault(ModelNotes.MODEL, Note.NONE).description()),
                latest(versions, List.of()),
                tags.of(Tags.Kind.MODEL, role),
                aliases);
    }

    /** Oldest first. */
    List<Version> versions(String role) {
        return versions(role, life.history(role));
    }

    private List<Version> versions(String role, ModelHistory history) {
        Map<Integer, Note> said = notes.of(role);
        Map<String, Integer> names = notes.names(role);
        var changes = new TreeMap<Integer, Instant>();
        history.entries().forEach(entry -> changes.put(number(entry), entry.at()));
        Map<String, List<Tag>> labels = tags.of(
                Tags.Kind.VERSION,
                history.versions().stream()
                        .map(one -> subject(role, one.registered().number()))
                        .toList());
        return history.versions().stream()
                .map(one -> {
                    int number = one.registered().number();
                    VersionState state = history.state(one);
                    Note note = said.getOrDefault(number, Note.NONE);
                    var aliases = new ArrayList<>(names.entrySet().stream()
                            .filter(name -> name.getValue() == number)
                            .map(Map.Entry::getKey)
                            .sorted()
                            .toList());
                    if (history.serving().filter(one::equals).isPresent()) {
                        aliases.addAll(SERVING);
                    }
                    return new Version(
                            role,
                            String.valueOf(number),
                            one.registration().at().toEpochMilli(),
                            changes.getOrDefault(number, one.registration().at())
                                    .toEpochMilli(),
                            one.registration().by().name(),
                            stage(state),
                            text(note.description()),
                            note.source() == null ? uri(role, number) : note.source(),
                            note.run(),
                            "READY",
                            labels.getOrDefault(subject(role, number), List.of()),
                            aliases);
                })
                .toList();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Under what a version's tags are kept. */
    static String subject(String role, int number) {
        return role + "/" + number;
    }

    /** Where clients fetch the files of a version. */
    static String uri(String role, int number) {
        return "mlflow-artifacts:/models/" + role + "/" + number;
    }

    private static int number(RegistryEntry entry) {
        return switch (entry.event()) {
            case RegistryEvent.Registered event -> event.number();
            case RegistryEvent.Evaluated event -> event.number();
            case RegistryEvent.Approved event -> event.number();
            case RegistryEvent.Promoted event -> event.number();
            case RegistryEvent.RolledBack event -> event.number();
            case RegistryEvent.Retired event -> event.number();
        };
    }

    /** The latest version of each stage that is asked for, or of all. */
    static List<Version> latest(List<Version> versions, List<String> stages) {
        var latest = new TreeMap<String, Version>();
        versions.forEach(version -> latest.put(version.currentStage(), version));
        return latest.values().stream()
                .filter(version -> stages.isEmpty()
                        || stages.stream().anyMatch(stage -> stage.equalsIgnoreCase(version.currentStage())))
                .toList();
    }
}
