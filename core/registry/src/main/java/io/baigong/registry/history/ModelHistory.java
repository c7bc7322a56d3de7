package io.baigong.registry.history;

import io.baigong.journal.Actor;
import io.baigong.registry.history.RegistryEvent.Approved;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.baigong.registry.history.RegistryEvent.Promoted;
import io.baigong.registry.history.RegistryEvent.Registered;
import io.baigong.registry.history.RegistryEvent.Retired;
import io.baigong.registry.history.RegistryEvent.RolledBack;
import io.baigong.spi.Gate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that happened in a role, oldest first, and what follows: which version serves, and what may come next. Events that are
 * not allowed are refused with {@link RefusedException}.
 */
public final class ModelHistory {
    /** The number that stands for the model that ships. */
    public static final int SHIPPED = 0;

    private final List<RegistryEntry> entries;
    private final TreeMap<Integer, Version> versions = new TreeMap<>();
    private final Map<String, RegistryEntry> shippedEvaluations = new TreeMap<>();
    /** What serves, and under it what served before, without versions that were rolled back or retired; never the same twice in a row. */
    private final Deque<List<Share>> served = new ArrayDeque<>(List.of(Share.whole(SHIPPED)));

    /** A version and what is known of it. */
    public static final class Version {
        private final RegistryEntry registration;
        private final Registered registered;
        private final Map<String, RegistryEntry> evaluations = new TreeMap<>();
        private @Nullable RegistryEntry approval;
        private boolean retired;

        private Version(RegistryEntry registration, Registered registered) {
            this.registration = registration;
            this.registered = registered;
        }

        public Registered registered() {
            return registered;
        }

        public RegistryEntry registration() {
            return registration;
        }

        /** The latest evaluation by benchmark. */
        public Map<String, RegistryEntry> evaluations() {
            return Map.copyOf(evaluations);
        }

        public Optional<RegistryEntry> approval() {
            return Optional.ofNullable(approval);
        }

        /** What it reached at each gate, by its latest evaluations. */
        public List<GateResult> gates(List<Gate> gates) {
            var results = new ArrayList<GateResult>();
            for (Gate gate : gates) {
                RegistryEntry entry = evaluations.get(gate.benchmark());
                results.add(
                        entry != null && entry.event() instanceof Evaluated evaluated
                                ? GateResult.of(gate, evaluated.metrics().get(gate.metric()), evaluated.subgroups())
                                : GateResult.of(gate, null, List.of()));
            }
            return results;
        }
    }

    public ModelHistory(List<RegistryEntry> entries) {
        this.entries = List.copyOf(entries);
        entries.forEach(this::apply);
    }

    private void apply(RegistryEntry entry) {
        switch (entry.event()) {
            case Registered registered -> versions.put(registered.number(), new Version(entry, registered));
            case Evaluated evaluated -> measured(evaluated.number()).put(evaluated.benchmark(), entry);
            case Approved approved -> version(approved.number()).approval = entry;
            case Promoted promoted -> {
                if (!promoted.shares().equals(served.element())) {
                    served.push(promoted.shares());
                }
            }
            case RolledBack back -> {
                // Earlier releases kept the same shares twice in a row, and rolled back from one to the other.
                if (!back.shares().equals(served.element())) {
                    served.pop();
                }
            }
            case Retired retired -> {
                version(retired.number()).retired = true;
                served.removeIf(shares -> share(shares, retired.number()) > 0);
                dropRepeated();
            }
        }
    }

    /** A roll back from shares to the same shares would do nothing. */
    private void dropRepeated() {
        @Nullable List<Share> above = null;
        for (var steps = served.iterator(); steps.hasNext(); ) {
            List<Share> shares = steps.next();
            if (shares.equals(above)) {
                steps.remove();
            }
            above = shares;
        }
    }

    /** Everything, oldest first. */
    public List<RegistryEntry> entries() {
        return entries;
    }

    /** The versions, oldest first. */
    public List<Version> versions() {
        return List.copyOf(versions.values());
    }

    /** The version with that number. Throws {@link NoSuchElementException} when there is none. */
    public Version version(int number) {
        Version version = versions.get(number);
        if (version == null) {
            throw new NoSuchElementException("this role has no version " + number
                    + (versions.isEmpty() ? "; none is registered" : "; its versions are " + versions.keySet()));
        }
        return version;
    }

    private Map<String, RegistryEntry> measured(int number) {
        return number == SHIPPED ? shippedEvaluations : version(number).evaluations;
    }

    /**
     * The latest evaluation of a version by benchmark, of the model that ships too. Throws {@link NoSuchElementException} when there
     * is no version with that number.
     */
    public Map<String, RegistryEntry> evaluations(int number) {
        return Map.copyOf(measured(number));
    }

    /** What serves, or has the largest share of the runs; empty for the model that ships. */
    public Optional<Version> serving() {
        return Optional.ofNullable(versions.get(served.element().getFirst().number()));
    }

    /** How the versions share the role's runs, the largest share first. */
    public List<Share> shares() {
        return served.element();
    }

    /** Per cent of the role's runs that a version gets. */
    public int share(int number) {
        return share(served.element(), number);
    }

    private static int share(List<Share> shares, int number) {
        return shares.stream()
                .filter(share -> share.number() == number)
                .mapToInt(Share::percent)
                .sum();
    }

    public VersionState state(Version version) {
        if (version.retired) {
            return VersionState.RETIRED;
        }
        if (share(version.registered.number()) > 0) {
            return VersionState.SERVING;
        }
        return version.approval == null ? VersionState.CANDIDATE : VersionState.APPROVED;
    }

    /** Versions that came after those that serve and wait for somebody to approve or retire them, oldest first. */
    public List<Version> waiting() {
        int newest = served.element().stream().mapToInt(Share::number).max().orElseThrow();
        return versions.tailMap(newest, false).values().stream()
                .filter(version -> state(version) == VersionState.CANDIDATE)
                .toList();
    }

    /** The number of the next version. */
    public int nextNumber() {
        return versions.isEmpty() ? 1 : versions.lastKey() + 1;
    }

    /** A measurement of a version, or of the model that ships. */
    public RegistryEvent evaluate(Evaluated evaluated) {
        measured(evaluated.number());
        return evaluated;
    }

    /**
     * A person's word that a version may serve.
     *
     * @param gates what must be passed; without any only an override lets a version serve, for nothing was measured
     * @param override why, when a gate is not passed
     * @param separate whether it must be another person than the one who registered it
     */
    public RegistryEvent approve(int number, Actor by, List<Gate> gates, @Nullable String override, boolean separate) {
        Version version = version(number);
        if (version.retired || version.approval != null) {
            throw new RefusedException(
                    "version " + number + " is " + state(version) + " already", "Only a candidate is approved.");
        }
        if (separate && by.equals(version.registration.by())) {
            throw new RefusedException(
                    "who registered a model can't approve it",
                    "Ask another model owner; or set baigong.registry.separation-of-duties=false where one person does both.");
        }
        List<GateResult> results = version.gates(gates);
        List<String> open = results.stream()
                .map(GateResult::missing)
                .filter(missing -> !missing.isEmpty())
                .toList();
        if (results.isEmpty() && override == null) {
            throw new RefusedException(
                    "this role has no gate, so nothing says that the version is good enough",
                    "Say in 'override' why it may serve.");
        }
        if (!open.isEmpty() && override == null) {
            throw new RefusedException(
                    "not all gates are passed: " + String.join(", ", open),
                    "Measure it on the data that is kept back, or say in 'override' why it may serve nevertheless.");
        }
        return new Approved(number, results, open.isEmpty() && !results.isEmpty() ? null : override);
    }

    /**
     * The start of a version's service, or a change of its share.
     *
     * @param percent of the role's runs, in [1, 100]; what is missing to 100 stays with what serves now
     */
    public RegistryEvent promote(int number, int percent, String reason) {
        Version version = version(number);
        boolean serves = state(version) == VersionState.SERVING;
        if (serves && share(number) == percent) {
            throw new RefusedException(
                    "version " + number + " has that share of the runs already", "There is nothing to do.");
        }
        if (!serves && state(version) != VersionState.APPROVED) {
            throw new RefusedException(
                    "version " + number + " is " + state(version) + "; only an approved one is promoted",
                    state(version) == VersionState.CANDIDATE ? "Approve it first." : "Choose another version.");
        }
        return new Promoted(number, reason, Share.with(served.element(), number, percent));
    }

    /** The return to what served before. */
    public RegistryEvent rollBack(String reason) {
        if (served.size() == 1) {
            throw new RefusedException("the model that ships serves; nothing served before it", "Promote a version.");
        }
        var steps = served.iterator();
        steps.next();
        List<Share> before = steps.next();
        return new RolledBack(before.getFirst().number(), reason, before);
    }

    /** The end of a version. */
    public RegistryEvent retire(int number, String reason) {
        Version version = version(number);
        if (version.retired) {
            throw new RefusedException("version " + number + " is retired already", "There is nothing to do.");
        }
        if (state(version) == VersionState.SERVING) {
            throw new RefusedException(
                    "version " + number + " serves", "Roll back or promote another one, then retire it.");
        }
        return new Retired(number, reason);
    }
}
