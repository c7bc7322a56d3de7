package io.baigong.host.model;

import io.baigong.journal.Actor;
import io.baigong.registry.artifact.UnsafeArtifactException;
import io.baigong.registry.bundle.Bundle;
import io.baigong.registry.bundle.Manifest;
import io.baigong.registry.history.ModelHistory;
import io.baigong.registry.history.RegistryEntry;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.baigong.registry.history.RegistryEvent.Registered;
import io.baigong.spi.ModelException;
import io.baigong.spi.ModelRole;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Versions as files that are carried from one suite to another. Thread-safe. */
@ApplicationScoped
public class ModelBundles {
    private final ModelLife life;
    private final Artifacts artifacts;

    ModelBundles(ModelLife life, Artifacts artifacts) {
        this.life = life;
        this.artifacts = artifacts;
    }

    /** Writes a bundle. */
    @FunctionalInterface
    public interface Export {
        void to(OutputStream out) throws IOException;
    }

    /**
     * A version, ready to be written.
     *
     * @throws java.util.NoSuchElementException for a role or version that there is not
     * @throws IOException when a kept file is not what it was
     */
    public Export export(String role, int number) throws IOException {
        ModelHistory history = life.history(role);
        ModelHistory.Version version = history.version(number);
        Registered registered = version.registered();
        artifacts.check(registered.artifact());
        var manifest = new Manifest(
                Manifest.FORMAT,
                role,
                number,
                registered.name(),
                registered.label(),
                registered.sha256(),
                registered.parameters(),
                history.state(version),
                new TreeMap<>(registered.artifact().files()),
                registered.lineage(),
                registered.signature(),
                version.evaluations().values().stream()
                        .map(RegistryEntry::event)
                        .filter(Evaluated.class::isInstance)
                        .map(Evaluated.class::cast)
                        .toList(),
                version.gates(life.gates(role)));
        List<String> purposes =
                life.tasks(role).stream().map(task -> task.title().en()).toList();
        String kind = kind(life.role(role));
        byte[] bom = ModelBom.of(manifest, version.registration(), kind, purposes);
        return out -> artifacts.write(out, manifest, bom, registered.artifact());
    }

    /** The kind of a role, as CycloneDX words a model's task. */
    static String kind(ModelRole role) {
        return role.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Takes in a bundle as a candidate, whatever it was where it comes from: figures and approvals of others are not believed.
     *
     * @throws UnsafeArtifactException for what is no bundle, or not of that role
     * @throws ModelException for a model that can't be opened in this role
     */
    public RegistryEntry register(String role, Path zip, Actor by) throws IOException {
        String known = life.role(role).name();
        Bundle bundle = artifacts.unbundle(zip);
        if (!bundle.manifest().role().equals(known)) {
            throw new UnsafeArtifactException(
                    "the bundle is of another role than " + known, "Send it to the role that its manifest.json names.");
        }
        return life.register(known, bundle.artifact(), bundle.manifest().lineage(), by);
    }
}
