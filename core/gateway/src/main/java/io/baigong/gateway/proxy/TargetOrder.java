package io.baigong.gateway.proxy;

import io.baigong.gateway.proxy.Routes.Route;
import io.baigong.gateway.proxy.Routes.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** In which order a call tries the servers of its model. */
final class TargetOrder {
    private TargetOrder() {}

    /**
     * The targets of a call in the order in which it tries them: those whose servers fail last, else the one that has answered
     * the conversation before unless it is much busier, else the one with the least outstanding calls for its weight; among
     * equals by chance.
     *
     * @param zones where the call may go; anywhere if empty
     * @throws ApiException when no target may or can answer it
     */
    static List<Target> of(Route route, ModelCall call, Set<String> zones) throws ApiException {
        List<Target> targets = able(allowed(route.targets(), call.model(), zones), call);
        if (targets.size() == 1) {
            return targets;
        }
        List<Ranked> ranked = ranked(targets);
        Target known = Affinity.of(call, ranked);
        Stream<Target> others = ranked.stream().map(Ranked::target).filter(target -> !target.equals(known));
        return known == null
                ? others.toList()
                : Stream.concat(Stream.of(known), others).toList();
    }

    /** The same for calls that are no conversation and need nothing of a model. */
    static List<Target> of(Route route, String model, Set<String> zones) throws ApiException {
        return ranked(allowed(route.targets(), model, zones)).stream()
                .map(Ranked::target)
                .toList();
    }

    private static List<Ranked> ranked(List<Target> targets) {
        var random = ThreadLocalRandom.current();
        return targets.stream()
                .map(target -> new Ranked(
                        target,
                        !target.backend().breaker().allows(),
                        (target.backend().outstanding().get() + random.nextDouble()) / Math.max(1e-9, target.weight())))
                .sorted(Comparator.comparing(Ranked::failing).thenComparingDouble(Ranked::load))
                .toList();
    }

    private static List<Target> allowed(List<Target> targets, String model, Set<String> zones) throws ApiException {
        if (zones.isEmpty()) {
            return targets;
        }
        List<Target> allowed = targets.stream()
                .filter(target -> zones.contains(target.backend().zone()))
                .toList();
        if (allowed.isEmpty()) {
            throw ApiException.forbidden(
                    "zone_not_allowed",
                    "No server of the model '" + model + "' is in a zone where this tenant's texts may go: "
                            + new TreeSet<>(zones) + ".");
        }
        return allowed;
    }

    private static List<Target> able(List<Target> targets, ModelCall call) throws ApiException {
        List<Target> able =
                targets.stream().filter(target -> target.lacks(call).isEmpty()).toList();
        if (able.isEmpty()) {
            throw ApiException.unfit(
                    call.needs().isEmpty() ? "context_length_exceeded" : "unsupported_value",
                    "The model '" + call.model() + "' "
                            + targets.getFirst().lacks(call).orElseThrow() + ".");
        }
        return able;
    }

    /** A target among those of a call. */
    record Ranked(Target target, boolean failing, double load) {}
}
