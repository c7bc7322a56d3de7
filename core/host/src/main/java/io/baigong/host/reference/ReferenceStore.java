package io.baigong.host.reference;

import io.baigong.spi.Edition;
import io.baigong.spi.ReferenceFormat;
import io.baigong.spi.References;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The editions of reference data that were imported: {@code FOLDER/VERTICAL/SYSTEM/NAME.edition}. Thread-safe, for many processes too: a
 * file comes into its place whole or not at all.
 */
public final class ReferenceStore {
    private static final System.Logger LOG = System.getLogger(ReferenceStore.class.getName());

    private final Path folder;

    public ReferenceStore(Path folder) {
        this.folder = folder;
    }

    /** An edition can't be imported, or there is none; the message says why and what helps. */
    public static final class Refused extends Exception {
        Refused(String message) {
            super(message);
        }
    }

    /**
     * What a person says of an edition; null where the files may say it.
     *
     * @param replace whether it may take the place of one that has its name
     */
    public record Wanted(
            @Nullable String system,
            @Nullable String name,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            boolean replace) {}

    /**
     * Reads files and keeps the edition. What was kept before stays as it is until the whole edition is written.
     *
     * @throws IOException if the files are not what the format reads, or nothing can be written
     */
    public Edition add(String vertical, ReferenceFormat format, List<Path> files, Wanted wanted)
            throws IOException, Refused {
        String system = format.system().orElse(wanted.system);
        if (system == null) {
            throw new Refused("say of which system this is an edition, with --system NAME");
        }
        if (wanted.system != null && !wanted.system.equals(system)) {
            throw new Refused(format.name() + " has editions of " + system + " only, not of " + wanted.system);
        }
        named(system, "a system");
        if (wanted.name != null) {
            named(wanted.name, "an edition");
            refuseTwice(vertical, system, wanted.name, wanted.replace);
        }
        Path own = Files.createDirectories(folder.resolve(vertical).resolve(system));
        Path content = part(own);
        try {
            MessageDigest digest = sha256();
            ReferenceFormat.Found found;
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(content), digest)) {
                found = format.read(files, out);
            }
            Edition edition = edition(system, wanted, found, HexFormat.of().formatHex(digest.digest()));
            if (wanted.name == null) {
                refuseTwice(vertical, system, edition.name(), wanted.replace);
            }
            place(edition, content, EditionFile.in(folder.resolve(vertical), system, edition.name()));
            return edition;
        } finally {
            Files.deleteIfExists(content);
        }
    }

    /** A file on its way to its place. As open as the user's other files: the suite that reads it may run as another. */
    private static Path part(Path folder) throws IOException {
        return Files.createFile(folder.resolve("import" + UUID.randomUUID() + ".part"));
    }

    private static Edition edition(String system, Wanted wanted, ReferenceFormat.Found found, String sha256)
            throws Refused {
        String name = wanted.name == null ? found.name() : wanted.name;
        if (name == null) {
            throw new Refused("these files don't say which edition they are; say it with --edition NAME");
        }
        named(name, "an edition");
        try {
            return new Edition(
                    system,
                    name,
                    wanted.from == null ? found.from() : wanted.from,
                    wanted.until == null ? found.until() : wanted.until,
                    found.entries(),
                    sha256);
        } catch (IllegalArgumentException e) {
            throw new Refused(e.getMessage() + "; see --from and --until");
        }
    }

    private static void named(String name, String what) throws Refused {
        if (!EditionFile.isName(name)) {
            throw new Refused(what + " is named by at most 64 letters, digits, dots, dashes and underscores, such as"
                    + (what.contains("system") ? " icd-9-cm-3" : " 2021"));
        }
    }

    private void refuseTwice(String vertical, String system, String name, boolean replace) throws Refused {
        if (!replace && Files.exists(EditionFile.in(folder.resolve(vertical), system, name))) {
            throw new Refused(
                    "there is an edition " + name + " of " + system + "; put this one in its place with --replace");
        }
    }

    private static void place(Edition edition, Path content, Path target) throws IOException {
        Path part = part(Objects.requireNonNull(target.getParent()));
        try {
            try (var out = Files.newOutputStream(part)) {
                EditionFile.write(edition, content, out);
            }
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Deletes an edition. */
    public void remove(String vertical, String system, String name) throws IOException, Refused {
        if (!EditionFile.isName(system)
                || !EditionFile.isName(name)
                || !Files.deleteIfExists(EditionFile.in(folder.resolve(vertical), system, name))) {
            throw new Refused("there is no edition " + name + " of " + system + " among those imported");
        }
    }

    /** What was imported for a vertical; each call looks again. */
    public References of(String vertical) {
        Path own = folder.resolve(vertical);
        return new References() {
            @Override
            public List<Edition> editions() {
                return list(own);
            }

            @Override
            public InputStream open(Edition edition) throws IOException {
                return content(own, edition);
            }
        };
    }

    private static List<Edition> list(Path own) {
        var editions = new ArrayList<Edition>();
        try (Stream<Path> files = Files.walk(own, 2)) {
            for (Path file : files.filter(one -> one.toString().endsWith(EditionFile.SUFFIX))
                    .toList()) {
                try (var in = new BufferedInputStream(Files.newInputStream(file))) {
                    editions.add(EditionFile.head(in));
                } catch (NoSuchFileException e) {
                    // Removed in this moment.
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.WARNING, "{0} is not read: {1}", file, e.getMessage());
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} is not read: {1}", own, e.getMessage());
        }
        editions.sort(Comparator.comparing(Edition::system)
                .thenComparing(Edition::from, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Edition::name));
        return List.copyOf(editions);
    }

    private static InputStream content(Path own, Edition edition) throws IOException {
        String what = "edition " + edition.name() + " of " + edition.system();
        byte[] content;
        try (var in =
                new BufferedInputStream(Files.newInputStream(EditionFile.in(own, edition.system(), edition.name())))) {
            EditionFile.head(in);
            content = in.readAllBytes();
        } catch (NoSuchFileException e) {
            throw new IOException("there is no " + what + " any more", e);
        }
        if (!Objects.equals(HexFormat.of().formatHex(sha256().digest(content)), edition.sha256())) {
            throw new IOException(what + " is not what was imported; import it again with --replace");
        }
        return new ByteArrayInputStream(content);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("this JDK lacks SHA-256", e);
        }
    }
}
