package io.baigong.registry.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.baigong.registry.artifact.Artifact;
import io.baigong.spi.Evaluation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that happened to the models of a role. A version is meant by its number within the role, from 1. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RegistryEvent.Registered.class, name = "registered"),
    @JsonSubTypes.Type(value = RegistryEvent.Evaluated.class, name = "evaluated"),
    @JsonSubTypes.Type(value = RegistryEvent.Approved.class, name = "approved"),
    @JsonSubTypes.Type(value = RegistryEvent.Promoted.class, name = "promoted"),
    @JsonSubTypes.Type(value = RegistryEvent.RolledBack.class, name = "rolled-back"),
    @JsonSubTypes.Type(value = RegistryEvent.Retired.class, name = "retired")
})
public sealed interface RegistryEvent {
    /** Its name in the database. */
    default String type() {
        return switch (this) {
            case Registered _ -> "registered";
            case Evaluated _ -> "evaluated";
            case Approved _ -> "approved";
            case Promoted _ -> "promoted";
            case RolledBack _ -> "rolled-back";
            case Retired _ -> "retired";
        };
    }

    /**
     * A version came in.
     *
     * @param name and {@code label} as the model's own description has them
     * @param sha256 as the journal names the model in runs
     * @param parameters number of trained numbers
     * @param signature absent for versions that came in before it was read
     */
    record Registered(
            int number,
            String name,
            String label,
            String sha256,
            long parameters,
            Artifact artifact,
            Lineage lineage,
            @Nullable Signature signature)
            implements RegistryEvent {}

    /**
     * It was measured by the suite on data that it keeps back.
     *
     * @param number the version's; 0 for the model that ships
     * @param subgroups the metrics of parts of the cases
     * @param modelSha256 what was measured, as the journal names it; absent in events from before it was written down
     */
    record Evaluated(
            int number,
            String benchmark,
            String dataSha256,
            int cases,
            Map<String, Evaluation.Metric> metrics,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Evaluation.Subgroup> subgroups,
            double seconds,
            @Nullable String modelSha256)
            implements RegistryEvent {
        public Evaluated {
            // Events from before subgroups were measured have none.
            subgroups = subgroups == null ? List.of() : List.copyOf(subgroups);
        }
    }

    /**
     * A person allowed it to serve.
     *
     * @param gates as they stood
     * @param override why it may serve although not all gates are passed
     */
    record Approved(
            int number, List<GateResult> gates, @Nullable String override) implements RegistryEvent {}

    /**
     * It began to serve, or its share of the runs changed.
     *
     * @param shares of the role's runs from now on, the largest first; events from before shares have none, and give the version all
     */
    record Promoted(int number, String reason, List<Share> shares) implements RegistryEvent {
        public Promoted {
            shares = shares == null ? Share.whole(number) : List.copyOf(shares);
        }
    }

    /**
     * What served before serves again.
     *
     * @param number the version that serves from now on, or has the largest share; 0 for the one that ships
     * @param shares as in {@link Promoted}
     */
    record RolledBack(int number, String reason, List<Share> shares) implements RegistryEvent {
        public RolledBack {
            shares = shares == null ? Share.whole(number) : List.copyOf(shares);
        }
    }

    /** It shall never serve again. */
    record Retired(int number, String reason) implements RegistryEvent {}
}
