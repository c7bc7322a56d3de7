package io.baigong.gateway;

import io.baigong.compute.Embeddings;
import io.baigong.compute.ImageEncoder;
import io.baigong.compute.ModelFiles;
import io.baigong.compute.NgramEncoder;
import io.baigong.compute.Predictor;
import io.baigong.compute.SentenceEncoder;
import io.baigong.compute.TextEncoder;
import io.baigong.compute.TokenTagger;
import io.baigong.compute.ocr.PageReader;
import io.baigong.gateway.proxy.OwnCalls;
import io.baigong.registry.ModelLocation;
import io.baigong.registry.Registry;
import io.baigong.registry.RunKey;
import io.baigong.spi.Completion;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.ModelRole;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Models;
import io.baigong.spi.Prompt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The one door to every model. Models open at their first use, once, and are shared by all runs. Thread-safe. */
public final class Gateway implements AutoCloseable {
    private static final String BASE_ENCODER = "all-minilm-l6-v2";

    private final Registry registry;
    private final ChatDoors chat;
    private final Opened<ModelLocation, TokenTagger> taggers = new Opened<>(Gateway::openTagger);
    private final Opened<ModelLocation, Predictor> predictors =
            new Opened<>(location -> Predictor.open(checked(location)));
    private final Opened<ModelLocation, ImageEncoder> imageEncoders = new Opened<>(location -> ImageEncoder.open());
    private final Opened<ModelLocation.Platform, SentenceEncoder> baseEncoders = new Opened<>(location -> openBase());
    private final Opened<ModelLocation, NgramEncoder> encoders =
            new Opened<>(location -> NgramEncoder.open(checked(location)));

    /** Encoders beside models of other kinds, and parts of their versions. */
    private final Opened<ModelLocation, NgramEncoder> encodersBeside =
            new Opened<>(location -> NgramEncoder.open(checked(location).encoder()));

    private final Opened<ModelLocation, Described> languageModels =
            new Opened<>(location -> Described.read(checked(location)));
    private final Opened<ModelLocation, PageReader> readers = new Opened<>(location -> PageReader.open());

    /**
     * Throws {@link IllegalArgumentException} when the chat model is none of those that can be called.
     *
     * @param calls asked only if there is a chat model, and closed with the gateway
     */
    public Gateway(Registry registry, ChatConfig chat, Supplier<OwnCalls> calls) {
        this.registry = registry;
        this.chat = new ChatDoors(chat, calls);
    }

    /** Models for a run, which records those that it uses. Where versions share a role's runs, it has one of them to its end. */
    public Models forRun(UUID run) {
        return new RunModels(this, RunKey.of(run));
    }

    /** The same for work that is no run, such as a measurement: of versions that share a role it has the one with the most runs. */
    public Models forRun() {
        return new RunModels(this, RunKey.NONE);
    }

    /** The encoders that outside programs may ask for, by name. */
    public Set<String> encoders() {
        return Set.of(BASE_ENCODER);
    }

    /**
     * Embeds texts with one of the {@link #encoders}, together with what others want embedded now.
     *
     * <p>Throws {@link ModelException} when it can't be opened, {@link IllegalArgumentException} when there is none of that name
     * or a text is longer than it can read.
     */
    public Embeddings embed(String encoder, List<String> texts) {
        if (!encoders().contains(encoder)) {
            throw new IllegalArgumentException("there is no encoder " + encoder);
        }
        try {
            return baseEncoders.get(new ModelLocation.Platform()).embedWhole(texts);
        } catch (IOException e) {
            throw new ModelException(
                    ErrorCode.Model.UNAVAILABLE, "the encoder " + encoder + " can't be opened: " + e.getMessage(), e);
        }
    }

    /** Opens the model of a role before anybody waits for it. */
    public void warm(ModelRole role) {
        switch (role.kind()) {
            case TOKEN_CLASSIFICATION -> registry.all(role.name()).forEach(one -> opened(role.name(), taggers, one));
            case PREDICTION -> registry.all(role.name()).forEach(one -> opened(role.name(), predictors, one));
            case IMAGE_FEATURES -> imageEncoder(role.name(), RunKey.NONE);
            case EMBEDDING -> encoder(role.name(), RunKey.NONE);
            case OCR -> reader(role.name(), RunKey.NONE);
            case CHAT -> {}
        }
    }

    /**
     * The trained model of a role; opens it, and so finds out whether it can serve. Empty for roles that the platform fills, and for chat where
     * none is configured.
     *
     * <p>Throws {@link ModelException} when it can't be opened, or the gateway has no route to it.
     */
    public Optional<ModelVersion> version(ModelRole role) {
        return switch (role.kind()) {
            case TOKEN_CLASSIFICATION -> Optional.of(version(role.name(), tagger(role.name(), RunKey.NONE)));
            case PREDICTION -> Optional.of(version(role.name(), predictor(role.name(), RunKey.NONE)));
            case EMBEDDING ->
                registry.locate(role.name(), RunKey.NONE) instanceof ModelLocation.Platform
                        ? Optional.empty()
                        : Optional.of(version(role.name(), encoder(role.name(), RunKey.NONE)));
            case CHAT -> chat(role.name(), RunKey.NONE).map(Asked::version);
            case OCR, IMAGE_FEATURES -> Optional.empty();
        };
    }

    /**
     * Whether a model that a run used elsewhere has the bytes that fill its role here. Of chat models that nobody registered, which have none that
     * anybody sees, nothing is asked.
     *
     * <p>Throws {@link ModelException} when the role's model can't be opened.
     */
    public boolean serves(ModelVersion used) {
        String role = used.role();
        Optional<ModelRole.Kind> kind = registry.roles().stream()
                .filter(one -> one.name().equals(role))
                .map(ModelRole::kind)
                .findFirst();
        if (kind.isEmpty()
                || (kind.get() == ModelRole.Kind.CHAT && used.sha256().isEmpty())) {
            return kind.isPresent();
        }
        return registry.all(role).stream().anyMatch(one -> serves(used, kind.get(), one));
    }

    private boolean serves(ModelVersion used, ModelRole.Kind kind, ModelLocation location) {
        String role = used.role();
        if (used.version().isEmpty()) {
            return beside(role, used.name(), location)
                    .map(content -> sha256(content).equals(used.sha256()))
                    .orElse(false);
        }
        String here = switch (kind) {
            case TOKEN_CLASSIFICATION -> opened(role, taggers, location).sha256();
            case PREDICTION -> opened(role, predictors, location).sha256();
            case EMBEDDING -> encoder(role, location).sha256();
            case IMAGE_FEATURES -> opened(role, imageEncoders, location).sha256();
            case OCR -> opened(role, readers, location).sha256();
            case CHAT ->
                location instanceof ModelLocation.Platform
                        ? ""
                        : opened(role, languageModels, location).sha256();
        };
        return here.equals(used.sha256());
    }

    static ModelVersion version(String role, TokenTagger tagger) {
        return new ModelVersion(role, tagger.name(), tagger.version(), tagger.sha256(), tagger.parameters());
    }

    static ModelVersion version(String role, TextEncoder encoder) {
        return new ModelVersion(role, encoder.name(), encoder.version(), encoder.sha256(), encoder.parameters());
    }

    static ModelVersion version(String role, Predictor predictor) {
        return new ModelVersion(
                role, predictor.name(), predictor.version(), predictor.sha256(), predictor.parameters());
    }

    /**
     * Asks the chat model that the operator names, for work that is no run; empty without one.
     *
     * @throws ModelException if it does not answer
     */
    public Optional<Completion> complete(Prompt prompt) {
        return chat.usual().map(door -> door.complete(prompt));
    }

    /** A chat model, and as which version it answers. */
    record Asked(ChatDoor door, ModelVersion version) {}

    /** The chat model of a role: the version that was promoted, else the one that the operator names, if any. */
    Optional<Asked> chat(String role, RunKey run) {
        ModelLocation location = registry.locate(role, ModelRole.Kind.CHAT, run);
        if (location instanceof ModelLocation.Platform) {
            return chat.usual().map(door -> new Asked(door, new ModelVersion(role, door.name(), "", "", 0)));
        }
        Described described = opened(role, languageModels, location);
        return Optional.of(new Asked(chat.of(described.model()), described.version(role)));
    }

    TokenTagger tagger(String role, RunKey run) {
        return opened(role, taggers, registry.locate(role, ModelRole.Kind.TOKEN_CLASSIFICATION, run));
    }

    Predictor predictor(String role, RunKey run) {
        return opened(role, predictors, registry.locate(role, ModelRole.Kind.PREDICTION, run));
    }

    ImageEncoder imageEncoder(String role, RunKey run) {
        return opened(role, imageEncoders, registry.locate(role, ModelRole.Kind.IMAGE_FEATURES, run));
    }

    /** Whether the role is for an encoder, and not for a model beside which one may lie. */
    boolean isEncoder(String role) {
        return registry.isOfKind(role, ModelRole.Kind.EMBEDDING);
    }

    TextEncoder encoder(String role, RunKey run) {
        return encoder(role, registry.locate(role, ModelRole.Kind.EMBEDDING, run));
    }

    private TextEncoder encoder(String role, ModelLocation location) {
        return location instanceof ModelLocation.Platform platform
                ? opened(role, baseEncoders, platform)
                : opened(role, encoders, location);
    }

    /** The encoder beside the model of a role of another kind. */
    TextEncoder encoderBeside(String role, RunKey run) {
        return opened(role, encodersBeside, registry.locate(role, run));
    }

    PageReader reader(String role, RunKey run) {
        return opened(role, readers, registry.locate(role, ModelRole.Kind.OCR, run));
    }

    /** A file beside the model of a role; empty when there is none. */
    public Optional<byte[]> beside(String role, String file) {
        return beside(role, file, RunKey.NONE);
    }

    Optional<byte[]> beside(String role, String file, RunKey run) {
        return beside(role, file, registry.locate(role, run));
    }

    private static Optional<byte[]> beside(String role, String file, ModelLocation location) {
        if (location instanceof ModelLocation.Platform) {
            return Optional.empty();
        }
        try (InputStream in = files(location).open(file)) {
            return Optional.of(in.readAllBytes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ModelException(
                    ErrorCode.Model.UNAVAILABLE,
                    "the file " + file + " beside the model of role " + role + " can't be read: " + e.getMessage(),
                    e);
        }
    }

    static String sha256(byte[] content) {
        try {
            return ModelFiles.sha256(() -> new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can always be read", e);
        }
    }

    private static <L, M extends AutoCloseable> M opened(String role, Opened<L, M> opened, L location) {
        try {
            return opened.get(location);
        } catch (IOException e) {
            throw new ModelException(
                    ErrorCode.Model.UNAVAILABLE,
                    "the model of role " + role + " can't be opened: " + e.getMessage(),
                    e);
        }
    }

    private static TokenTagger openTagger(ModelLocation location) throws IOException {
        TokenTagger tagger = TokenTagger.open(checked(location));
        BatchMeters.count(tagger.name(), tagger::batching);
        return tagger;
    }

    /** The files of a model that is to be opened; one that was changed in the store does not serve. */
    private static ModelFiles checked(ModelLocation location) throws IOException {
        if (location instanceof ModelLocation.Registered(var store, var artifact)) {
            store.check(artifact);
        }
        return files(location);
    }

    private static ModelFiles files(ModelLocation location) throws IOException {
        return switch (location) {
            case ModelLocation.Folder(var path) -> ModelFiles.folder(path);
            case ModelLocation.Shipped(var loader, var folder) -> ModelFiles.classPath(loader, folder);
            case ModelLocation.Registered(var store, var artifact) -> name -> store.open(artifact, name);
            case ModelLocation.Platform() -> throw new IOException("its task ships no model, and none was configured");
        };
    }

    private static SentenceEncoder openBase() throws IOException {
        var model = SentenceEncoder.open(BASE_ENCODER);
        BatchMeters.count(model.name(), model::batching);
        return model;
    }

    /** Closes the models; runs that still use them fail. */
    @Override
    public void close() {
        taggers.close();
        predictors.close();
        imageEncoders.close();
        baseEncoders.close();
        encoders.close();
        encodersBeside.close();
        readers.close();
        languageModels.close();
        chat.close();
    }
}
