package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.host.model.Evaluations;
import io.baigong.host.model.ModelLife;
import io.baigong.registry.history.Lineage;
import io.baigong.registry.history.ModelHistory;
import io.baigong.registry.history.RegistryEntry;
import io.baigong.registry.history.RegistryEvent;
import io.baigong.registry.history.Share;
import io.baigong.registry.history.Signature;
import io.baigong.registry.history.VersionState;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Gate;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Versions of models as clients see them. */
@ApplicationScoped
class ModelViews {
    private final ModelLife life;
    private final Evaluations evaluations;

    ModelViews(ModelLife life, Evaluations evaluations) {
        this.life = life;
        this.evaluations = evaluations;
    }

    /** A version of the model of a role. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RegisteredVersion")
    public record Version(
            @Schema(examples = "1") int number,
            VersionState state,

            @Schema(description = "per cent of the role's runs that it gets", examples = "100")
            int share,

            @Schema(examples = "clause-tagger") String name,

            @Schema(description = "the model's own name for this version", examples = "1")
            String label,

            @Schema(description = "as runs name the model") String sha256,
            long parameters,
            long bytes,
            Lineage lineage,

            @Schema(
                    description =
                            "what goes in and comes out; absent for versions that were registered before it was read")
            @Nullable
            Signature signature,

            String registeredBy,
            Instant registeredAt,
            List<Measured> evaluations,
            List<Measuring> measuring,
            List<GateView> gates,

            @Schema(description = "benchmarks for which data is kept back here")
            List<String> benchmarks,

            @Nullable Approval approval) {}

    /** What a benchmark found; of each benchmark the latest. */
    @Schema(name = "VersionEvaluation")
    public record Measured(
            String benchmark,
            String dataSha256,
            int cases,
            Map<String, Figure> metrics,
            List<Subgroup> subgroups,
            double seconds,
            String by,
            Instant at) {}

    /** Cases that have something in common, measured by themselves. */
    @Schema(name = "VersionSubgroup")
    public record Subgroup(
            @Schema(description = "what they are told apart by", examples = "sex")
            String dimension,

            @Schema(examples = "female") String name,
            int cases,
            Map<String, Figure> metrics) {
        static List<Subgroup> all(List<Evaluation.Subgroup> found) {
            return found.stream()
                    .map(each -> new Subgroup(
                            each.dimension(), each.name(), each.cases(), Figure.all(each.metrics(), Figure::of)))
                    .toList();
        }
    }

    /** A measurement that waits, goes on, or failed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "VersionMeasurement")
    public record Measuring(
            String benchmark,

            @Schema(description = "share done, in [0, 1]") double share,
            @Nullable String failure) {}

    /** A gate, and what the version reached at it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "VersionGate")
    public record GateView(
            String benchmark,
            String metric,
            Gate.Bound bound,
            double limit,

            @Schema(description = "what the value in each subgroup must keep; absent if none is judged") @Nullable
            Double floor,

            boolean passed,
            @Nullable Figure measured,

            @Schema(description = "the subgroups that break the floor")
            List<Subgroup> broken) {}

    /** Who allowed it to serve. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "VersionApproval")
    public record Approval(String by, Instant at, @Nullable String override) {}

    /** A version and its model card. */
    @Schema(name = "RegisteredVersionCard")
    public record VersionCard(
            Version version,

            @Schema(description = "Markdown; empty when there is none")
            String card) {}

    /** Something that happened. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ModelHistoryEntry")
    public record Entry(
            @Schema(enumeration = {"registered", "evaluated", "approved", "promoted", "rolled-back", "retired"})
            String type,

            @Schema(description = "the version's number; 0 for the model that ships")
            int number,

            @Nullable String benchmark,

            @Schema(description = "why, or why a gate was passed over") @Nullable
            String reason,

            @Schema(description = "how the versions share the role's runs from then on; absent when one gets all")
            @Nullable
            List<Share> shares,

            String by,
            Instant at) {
        static Entry of(RegistryEntry entry) {
            return switch (entry.event()) {
                case RegistryEvent.Registered event -> of(entry, event.number(), null, null);
                case RegistryEvent.Evaluated event -> of(entry, event.number(), event.benchmark(), null);
                case RegistryEvent.Approved event -> of(entry, event.number(), null, event.override());
                case RegistryEvent.Promoted event -> served(entry, event.number(), event.reason(), event.shares());
                case RegistryEvent.RolledBack event -> served(entry, event.number(), event.reason(), event.shares());
                case RegistryEvent.Retired event -> of(entry, event.number(), null, event.reason());
            };
        }

        private static Entry of(RegistryEntry entry, int number, @Nullable String benchmark, @Nullable String reason) {
            return new Entry(
                    entry.event().type(),
                    number,
                    benchmark,
                    reason,
                    null,
                    entry.by().name(),
                    entry.at());
        }

        private static Entry served(RegistryEntry entry, int number, String reason, List<Share> shares) {
            return new Entry(
                    entry.event().type(),
                    number,
                    null,
                    reason,
                    shares.size() == 1 ? null : shares,
                    entry.by().name(),
                    entry.at());
        }
    }

    /** On which benchmark to measure. */
    @Schema(name = "ToMeasure")
    public record ToMeasure(
            @Schema(examples = "cuad") @Nullable String benchmark) {}

    /** Why a version may serve although a gate is not passed. */
    @Schema(name = "GateOverride")
    public record GateOverride(@Nullable String override) {}

    /** A promotion. */
    @Schema(name = "ModelPromotion")
    public record Promotion(
            @Nullable String reason,

            @Schema(description = "of the role's runs, 1 to 100; 100 unless it is given", examples = "10") @Nullable
            Integer percent) {}

    /** Why. */
    @Schema(name = "ModelChange")
    public record Change(@Nullable String reason) {}

    /** Newest first. */
    List<Version> versions(String role, ModelHistory history) {
        return history.versions().reversed().stream()
                .map(version -> version(role, history, version))
                .toList();
    }

    Version version(String role, ModelHistory history, int number) {
        return version(role, history, history.version(number));
    }

    private Version version(String role, ModelHistory history, ModelHistory.Version version) {
        var registered = version.registered();
        return new Version(
                registered.number(),
                history.state(version),
                history.share(registered.number()),
                registered.name(),
                registered.label(),
                registered.sha256(),
                registered.parameters(),
                registered.artifact().bytes(),
                registered.lineage(),
                registered.signature(),
                version.registration().by().name(),
                version.registration().at(),
                measured(version),
                evaluations.of(role, registered.number()).stream()
                        .map(each -> new Measuring(
                                each.benchmark(), each.share(), each.failure().orElse(null)))
                        .toList(),
                version.gates(life.gates(role)).stream()
                        .map(result -> new GateView(
                                result.gate().benchmark(),
                                result.gate().metric(),
                                result.gate().bound(),
                                result.gate().limit(),
                                result.gate().floor(),
                                result.passed(),
                                result.measured() == null ? null : Figure.of(result.measured()),
                                Subgroup.all(result.broken())))
                        .toList(),
                life.benchmarks(role),
                version.approval()
                        .map(entry -> new Approval(
                                entry.by().name(),
                                entry.at(),
                                entry.event() instanceof RegistryEvent.Approved approved ? approved.override() : null))
                        .orElse(null));
    }

    private static List<Measured> measured(ModelHistory.Version version) {
        var all = new ArrayList<Measured>();
        version.evaluations().forEach((benchmark, entry) -> {
            if (entry.event() instanceof RegistryEvent.Evaluated found) {
                all.add(new Measured(
                        benchmark,
                        found.dataSha256(),
                        found.cases(),
                        Figure.all(found.metrics(), Figure::of),
                        Subgroup.all(found.subgroups()),
                        found.seconds(),
                        entry.by().name(),
                        entry.at()));
            }
        });
        return all;
    }
}
