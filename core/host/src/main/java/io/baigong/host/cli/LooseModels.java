package io.baigong.host.cli;

import io.baigong.gateway.Gateway;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.model.LooseBundle;
import io.baigong.registry.ModelLocation;
import io.baigong.registry.Registry;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.artifact.ArtifactStore;
import io.baigong.registry.artifact.FolderArtifact;
import io.baigong.registry.artifact.UnsafeArtifactException;
import io.baigong.registry.language.LanguageModel;
import io.baigong.spi.ModelException;
import io.baigong.spi.ModelRole;
import io.baigong.spi.ModelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Models beside any suite, in a folder for the time of a verb. Closing deletes the folder. */
final class LooseModels implements AutoCloseable {
    private final Platform platform = new Platform();
    private final Registry registry = platform.registry(null);
    private final Path folder;
    private final ArtifactStore store;

    LooseModels() throws IOException {
        folder = Files.createTempDirectory("baigong-models");
        store = new ArtifactStore(folder.resolve("files"));
    }

    ArtifactStore store() {
        return store;
    }

    /** A role that models in bundles can fill. */
    ModelRole role(String name) {
        return registry.roles().stream()
                .filter(role -> role.name().equals(name) && LooseBundle.fits(role))
                .findFirst()
                .orElseThrow(() -> new WrongUsage("there is no role " + Words.line(name)
                        + " with models of its own; the roles are "
                        + new TreeSet<>(registry.roles().stream()
                                .filter(LooseBundle::fits)
                                .map(ModelRole::name)
                                .toList())));
    }

    /** The roles of a kind, by name. */
    SortedSet<String> roles(ModelRole.Kind kind) {
        var names = new TreeSet<String>();
        registry.roles().stream().filter(role -> role.kind() == kind).forEach(role -> names.add(role.name()));
        return names;
    }

    /** What the tasks that ask the role are for. */
    List<String> purposes(ModelRole role) {
        return Catalogue.load().tasks().stream()
                .filter(task -> task.roles().contains(role))
                .map(task -> task.title().en())
                .toList();
    }

    /** The files of a model in a folder. */
    Artifact take(Path model) throws IOException {
        return safely(() -> FolderArtifact.take(model, store));
    }

    /** The files of the model that fills the role while no version is promoted. */
    Artifact usual(ModelRole role) throws IOException {
        return switch (registry.unpromoted(role.name())) {
            case ModelLocation.Folder(var path) -> take(path);
            case ModelLocation.Shipped(var loader, var path) -> shipped(loader.getResource(path + "/model.json"), role);
            default -> throw none(role);
        };
    }

    private Artifact shipped(@Nullable URL description, ModelRole role) throws IOException {
        if (description == null) {
            throw none(role);
        }
        try {
            URI uri = description.toURI();
            if (uri.getScheme().equals("file")) {
                return take(parent(Path.of(uri)));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return take(parent(jar.provider().getPath(uri)));
            }
        } catch (URISyntaxException e) {
            throw new IOException("the class path has a place that can't be named: " + description, e);
        }
    }

    private static Path parent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IOException("a model is in a folder, and " + file + " is in none");
        }
        return parent;
    }

    private static Failure none(ModelRole role) {
        return new Failure("no model ships for the role " + role.name() + "; name a folder with one");
    }

    /** Opens the model in its role, and so finds out whether it can serve there. Of a language model only the description is here. */
    ModelVersion open(ModelRole role, Artifact artifact) {
        if (role.kind() == ModelRole.Kind.CHAT) {
            try (InputStream in = store.open(artifact, Artifact.DESCRIPTION)) {
                LanguageModel model = LanguageModel.read(in);
                String sha256 = Objects.requireNonNull(artifact.files().get(Artifact.DESCRIPTION))
                        .sha256();
                return new ModelVersion(role.name(), model.name(), model.version(), sha256, model.parameters());
            } catch (IOException e) {
                throw new Failure("the model of role " + role.name() + " can't be opened: " + e.getMessage(), e);
            }
        }
        try (Gateway trial =
                platform.gateway(registry.with(role.name(), new ModelLocation.Registered(store, artifact)))) {
            return trial.version(role).orElseThrow();
        } catch (ModelException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads what others made. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    /** What is read, or why it is refused and what its sender can do. */
    static <T> T safely(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (UnsafeArtifactException e) {
            throw new Failure(e.getMessage() + ". " + e.remedy(), e);
        }
    }

    @Override
    public void close() throws IOException {
        QuantisationBench.delete(folder);
    }
}
