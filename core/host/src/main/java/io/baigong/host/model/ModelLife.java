package io.baigong.host.model;

import io.baigong.gateway.Gateway;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.journal.Actor;
import io.baigong.registry.Registry;
import io.baigong.registry.RegistryConfig;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.artifact.UnsafeArtifactException;
import io.baigong.registry.history.Lineage;
import io.baigong.registry.history.ModelHistories;
import io.baigong.registry.history.ModelHistory;
import io.baigong.registry.history.RegistryEntry;
import io.baigong.registry.history.RegistryEvent;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.baigong.registry.history.RegistryEvent.Registered;
import io.baigong.registry.history.Signature;
import io.baigong.spi.Benchmark;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Gate;
import io.baigong.spi.ModelException;
import io.baigong.spi.ModelRole;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What people do with the versions of a role. Each step is on disk when it returns.
 *
 * <p>A role that no task has, or that no registered model can fill, and a version that there is not, are a {@link
 * NoSuchElementException}; a step that the state of things does not allow is a {@link
 * io.baigong.registry.history.RefusedException}.
 */
@ApplicationScoped
public class ModelLife {
    private final Catalogue catalogue;
    private final Registry registry;
    private final RegistryConfig config;
    private final ModelHistories histories;
    private final Artifacts artifacts;
    private final Gateways gateways;
    private final Evaluations evaluations;
    private final ServingModels serving;

    /** SHA-256 of what fills a role while no version is promoted, as far as asked for; it stays while the suite runs. */
    private final Map<String, String> unpromoted = new ConcurrentHashMap<>();

    ModelLife(
            Catalogue catalogue,
            Registry registry,
            RegistryConfig config,
            ModelHistories histories,
            Artifacts artifacts,
            Gateways gateways,
            Evaluations evaluations,
            ServingModels serving) {
        this.catalogue = catalogue;
        this.registry = registry;
        this.config = config;
        this.histories = histories;
        this.artifacts = artifacts;
        this.gateways = gateways;
        this.evaluations = evaluations;
        this.serving = serving;
    }

    /** A role that a registered model can fill. */
    public ModelRole role(String name) {
        return registry.roles().stream()
                .filter(role -> role.name().equals(name))
                .filter(ModelLife::fills)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no role " + name + " with models of its own"));
    }

    /** The roles that a registered model can fill, by name. */
    public List<String> roles() {
        return registry.roles().stream()
                .filter(ModelLife::fills)
                .map(ModelRole::name)
                .sorted()
                .toList();
    }

    /** Whether a registered model can fill a role. */
    static boolean fills(ModelRole role) {
        return switch (role.kind()) {
            case TOKEN_CLASSIFICATION, PREDICTION, CHAT -> true;
            case EMBEDDING, IMAGE_FEATURES, OCR -> false;
        };
    }

    /** All that happened in a role. */
    public ModelHistory history(String role) {
        return histories.of(role(role).name());
    }

    /** What a version of a role must reach before it serves. */
    public List<Gate> gates(String role) {
        var gates = new ArrayList<Gate>();
        catalogue
                .tasks()
                .forEach(task -> task.gates().stream()
                        .filter(gate -> gate.role().equals(role))
                        .forEach(gates::add));
        return gates;
    }

    /** The tasks that ask a role. */
    public List<Task<?, ?>> tasks(String role) {
        return catalogue.tasks().stream()
                .filter(task -> task.roles().stream().anyMatch(one -> one.name().equals(role)))
                .toList();
    }

    /** The benchmarks that a version of a role can be measured on here: those for which data is kept back. */
    public List<String> benchmarks(String role) {
        return benchmarkable(role).stream()
                .map(Benchmark::name)
                .filter(config.heldOut()::containsKey)
                .distinct()
                .toList();
    }

    private List<Benchmark> benchmarkable(String role) {
        var benchmarks = new ArrayList<Benchmark>();
        tasks(role).forEach(task -> benchmarks.addAll(task.benchmarks()));
        return benchmarks;
    }

    /**
     * Takes in a model, which becomes a candidate.
     *
     * @param zip the folder that {@code ./baigong train} wrote, packed
     * @throws UnsafeArtifactException for files that are refused
     * @throws ModelException for a model that can't be opened in this role
     */
    public RegistryEntry register(String name, Path zip, Lineage lineage, Actor by) throws IOException {
        role(name);
        return register(name, artifacts.unpack(zip), lineage, by);
    }

    /**
     * Takes in a model whose files are kept already; it becomes a candidate.
     *
     * @throws ModelException for a model that can't be opened in this role
     */
    public RegistryEntry register(String name, Artifact artifact, Lineage lineage, Actor by) throws IOException {
        ModelRole role = role(name);
        artifacts.renew(artifact);
        ModelVersion version;
        try (Gateway trial = gateways.open(registry.with(name, artifacts.location(artifact)))) {
            version = trial.version(role).orElseThrow();
        }
        Signature signature = signature(artifact);
        return histories.append(
                name,
                by,
                history -> new Registered(
                        history.nextNumber(),
                        version.name(),
                        version.version(),
                        version.sha256(),
                        version.parameters(),
                        artifact,
                        lineage,
                        signature));
    }

    private Signature signature(Artifact artifact) {
        try {
            return Signatures.of(
                    file -> artifacts.open(artifact, file), artifact.files().keySet());
        } catch (IOException e) {
            throw new ModelException(
                    ErrorCode.User.CORRUPT, "what goes into the model can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * Has a version measured on the data that is kept back for a benchmark.
     *
     * @param number the version's; 0 for the model that ships
     */
    public Evaluations.Measurement evaluate(String name, int number, String benchmark, Actor by) {
        ModelHistory history = history(name);
        Registered registered =
                number == ModelHistory.SHIPPED ? null : history.version(number).registered();
        Benchmark measured = benchmarkable(name).stream()
                .filter(one -> one.name().equals(benchmark))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no task with this role has a benchmark " + benchmark));
        Path data = config.heldOut().get(benchmark);
        if (data == null || !Files.exists(data)) {
            throw new IllegalArgumentException(
                    "no data is kept back for " + benchmark + "; the operator sets baigong.registry.held-out.\""
                            + benchmark + "\" to a file or folder that is there");
        }
        if (registered == null && role(name).kind() == ModelRole.Kind.CHAT) {
            throw new IllegalArgumentException(
                    "what answers in the role now is no version, so nobody could tell later what was measured; register it");
        }
        return registered == null
                ? evaluations.begin(role(name), number, null, registry.unpromoted(name), measured, data, by)
                : evaluations.begin(
                        role(name),
                        number,
                        registered.lineage().dataSha256(),
                        artifacts.location(registered.artifact()),
                        measured,
                        data,
                        by);
    }

    /**
     * Two versions of a role beside each other, 0 for the model that ships.
     *
     * @param left whose figures are taken from those of {@code right}
     */
    public VersionComparison compare(String name, int left, int right) {
        ModelHistory history = history(name);
        return VersionComparison.of(benchmarks(name), measured(name, history, left), measured(name, history, right));
    }

    /** A version of a role beside the one that serves. */
    public VersionComparison compare(String name, int number) {
        return compare(
                name,
                number,
                history(name)
                        .serving()
                        .map(version -> version.registered().number())
                        .orElse(ModelHistory.SHIPPED));
    }

    /** Of each benchmark the latest evaluation; what an older release of the shipped model reached is left out. */
    private VersionComparison.Side measured(String name, ModelHistory history, int number) {
        var entries = new HashMap<>(history.evaluations(number));
        if (number == ModelHistory.SHIPPED && !entries.isEmpty()) {
            String now = unpromoted.computeIfAbsent(name, this::sha256);
            entries.values()
                    .removeIf(entry -> entry.event() instanceof Evaluated found && !now.equals(found.modelSha256()));
        }
        return new VersionComparison.Side(number, entries, histories::draws);
    }

    private String sha256(String name) {
        try (Gateway trial = gateways.open(registry.with(name, registry.unpromoted(name)))) {
            return trial.version(role(name)).orElseThrow().sha256();
        }
    }

    /** Allows a version to serve, if its gates are passed or a reason is given why it may nevertheless. */
    public RegistryEntry approve(String name, int number, @Nullable String override, Actor by) {
        return step(
                name, by, history -> history.approve(number, by, gates(name), override, config.separationOfDuties()));
    }

    /**
     * Has an approved version serve, from the next run on, or changes its share of the runs.
     *
     * @param percent of the role's runs, in [1, 100]; what is missing to 100 stays with what serves now
     */
    public RegistryEntry promote(String name, int number, int percent, String reason, Actor by) {
        return step(name, by, history -> history.promote(number, percent, reason));
    }

    /** Has what served before serve again. */
    public RegistryEntry rollBack(String name, String reason, Actor by) {
        return step(name, by, history -> history.rollBack(reason));
    }

    /** Takes a version out for good. */
    public RegistryEntry retire(String name, int number, String reason, Actor by) {
        return step(name, by, history -> history.retire(number, reason));
    }

    private RegistryEntry step(String name, Actor by, Function<ModelHistory, RegistryEvent> next) {
        RegistryEntry entry = histories.append(role(name).name(), by, next);
        serving.look();
        return entry;
    }
}
