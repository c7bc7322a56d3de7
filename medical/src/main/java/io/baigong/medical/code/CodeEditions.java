package io.baigong.medical.code;

import io.baigong.spi.Edition;
import io.baigong.spi.References;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The editions of code systems: those that were imported, and the one that ships. Thread-safe. What was opened last is kept, by the digest
 * of its bytes.
 */
public final class CodeEditions {
    /** Diagnoses, as the model proposes them. */
    public static final String ICD_10_CM = "icd-10-cm";

    /** What codes weigh in payment. */
    public static final String WEIGHTS = "weights";

    private static final Edition SHIPPED = new Edition(
            ICD_10_CM,
            "2021",
            LocalDate.of(2020, 10, 1),
            LocalDate.of(2021, 9, 30),
            IcdTable.shipped().size(),
            "");
    private static final int MOST_KEPT = 3;

    private final Map<String, IcdTable> kept = new LinkedHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** All of them, a system's together, that which came into force last at the end. An import of the shipped edition stands for it. */
    public static List<Edition> all(References references) {
        var editions = new ArrayList<>(references.editions());
        if (find(editions, SHIPPED.system(), SHIPPED.name()).isEmpty()) {
            editions.add(SHIPPED);
        }
        editions.sort(Comparator.comparing(Edition::system)
                .thenComparing(Edition::from, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Edition::name));
        return List.copyOf(editions);
    }

    /** The edition of that name. */
    public static Optional<Edition> find(References references, String system, String name) {
        return find(all(references), system, name);
    }

    private static Optional<Edition> find(List<Edition> editions, String system, String name) {
        return editions.stream()
                .filter(one -> one.system().equals(system) && one.name().equals(name))
                .findFirst();
    }

    /** The edition in force on that day; of several, as with an update within the year, that which came into force last. */
    public static Optional<Edition> inForce(References references, String system, LocalDate day) {
        return all(references).stream()
                .filter(one -> one.system().equals(system) && one.isInForce(day))
                .reduce((earlier, later) -> later);
    }

    /** The edition that is meant: by its name; else in force that day; else the shipped one, or of another system the last. */
    public static Optional<Edition> chosen(
            References references, @Nullable String system, @Nullable String name, @Nullable LocalDate day) {
        String of = system == null || system.isBlank() ? ICD_10_CM : system.strip();
        if (name != null && !name.isBlank()) {
            return find(references, of, name.strip());
        }
        if (day != null) {
            return inForce(references, of, day);
        }
        return of.equals(ICD_10_CM)
                ? find(references, of, SHIPPED.name())
                : all(references).stream()
                        .filter(one -> one.system().equals(of))
                        .reduce((earlier, later) -> later);
    }

    /** What a reader calls it, such as {@code ICD-10-CM 2021}. */
    public static String title(Edition edition) {
        boolean icd = edition.system().startsWith("icd-");
        return (icd ? edition.system().toUpperCase(Locale.ROOT) : edition.system()) + " " + edition.name();
    }

    /** When it is in force, such as {@code 2020-10-01 to 2021-09-30}. */
    public static String force(Edition edition) {
        return (edition.from() == null ? "…" : edition.from()) + " to "
                + (edition.until() == null ? "…" : edition.until());
    }

    /** An edition with its codes and notes. */
    public record Opened(Edition edition, IcdTable table) {}

    /**
     * Opens what is looked up; empty if there is none such. What is replaced between the look and the opening is looked up once more.
     *
     * @param lookup of the edition, among those that are there now
     * @throws IOException if it was removed since, or is broken
     */
    public Optional<Opened> open(References references, Supplier<Optional<Edition>> lookup) throws IOException {
        Optional<Edition> edition = lookup.get();
        if (edition.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(references, edition.get()));
        } catch (IOException e) {
            Optional<Edition> replaced = lookup.get();
            if (replaced.equals(edition)) {
                throw e;
            }
            return replaced.isEmpty() ? Optional.empty() : Optional.of(open(references, replaced.get()));
        }
    }

    private Opened open(References references, Edition edition) throws IOException {
        if (edition.sha256().isEmpty()) {
            return new Opened(edition, IcdTable.shipped());
        }
        String key = edition.sha256() + title(edition);
        synchronized (kept) {
            IcdTable table = kept.remove(key);
            if (table == null) {
                try (InputStream in = references.open(edition)) {
                    table = IcdTable.read(in, title(edition));
                }
            }
            kept.put(key, table);
            if (kept.size() > MOST_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
            return new Opened(edition, table);
        }
    }

    /** What codes weigh on that day; empty if no list says, or the one that does can't be read, which is logged once. */
    public Optional<IcdTable> weights(References references, LocalDate day) {
        try {
            return open(references, () -> inForce(references, WEIGHTS, day)).map(Opened::table);
        } catch (IOException e) {
            if (told.add(String.valueOf(e.getMessage()))) {
                System.getLogger(CodeEditions.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "weights can't be read, so what is at stake is not known: " + e.getMessage());
            }
            return Optional.empty();
        }
    }
}
