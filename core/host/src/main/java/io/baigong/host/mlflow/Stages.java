package io.baigong.host.mlflow;

import io.baigong.host.model.ModelLife;
import io.baigong.journal.Actor;
import io.baigong.registry.history.ModelHistory;
import io.baigong.registry.history.RefusedException;
import io.baigong.registry.history.VersionState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Has versions serve as MLflow's clients ask for it: by a stage or an alias. It goes through the same gates, and by the same two
 * persons, as over our own REST API: MLflow has no word for a reason why a gate is passed over, so none is passed over here.
 */
@ApplicationScoped
class Stages {
    /** Per cent. MLflow has no word for shares: what it has serve gets all runs. */
    private static final int ALL = 100;

    private final ModelLife life;

    Stages(ModelLife life) {
        this.life = life;
    }

    /** The name of a model that there is. */
    String model(@Nullable String given) {
        try {
            return life.role(given == null ? "" : given).name();
        } catch (NoSuchElementException e) {
            throw MlflowException.missing(
                    "There is no registered model of that name. Models are the roles that tasks ask: "
                            + String.join(", ", life.roles()) + ".");
        }
    }

    /** The number of a version that there is. */
    int version(String role, @Nullable String given) {
        try {
            int number = Integer.parseInt(given == null ? "" : given);
            life.history(role).version(number);
            return number;
        } catch (NumberFormatException | NoSuchElementException e) {
            throw MlflowException.missing(
                    "Model " + role + " has no such version; versions are numbers from 1, see model-versions/search.");
        }
    }

    private VersionState state(String role, int number) {
        ModelHistory history = life.history(role);
        return history.state(history.version(number));
    }

    /** Has a version serve all runs; a candidate is approved first, if its gates are passed. One that does goes on. */
    void serve(String role, int number, String how, Actor by) {
        if (life.history(role).share(number) == ALL) {
            return;
        }
        approve(role, number, by);
        try {
            life.promote(role, number, ALL, how, by);
        } catch (RefusedException e) {
            throw MlflowErrors.refused(e);
        }
    }

    private void approve(String role, int number, Actor by) {
        if (state(role, number) != VersionState.CANDIDATE) {
            return;
        }
        try {
            life.approve(role, number, null, by);
        } catch (RefusedException e) {
            throw MlflowException.conflict(
                    "Version " + number + " of " + role + " may not serve: " + e.getMessage() + ". "
                            + e.remedy() + " Reasons are given at POST /api/v1/models/" + role + "/versions/" + number
                            + "/approval or on the page Models, not here.");
        }
    }

    /** Brings a version into a stage. */
    void transition(String role, int number, @Nullable String stage, Actor by) {
        String how = "stage set by a client of MLflow";
        switch (stage == null ? "" : stage.toLowerCase(Locale.ROOT)) {
            case "staging" -> {
                VersionState state = state(role, number);
                if (state != VersionState.CANDIDATE && state != VersionState.APPROVED) {
                    throw MlflowException.conflict("Version " + number + " of " + role + " is in "
                            + RegistryViews.stage(state) + "; only one in None comes to Staging.");
                }
                approve(role, number, by);
            }
            case "production" -> serve(role, number, how, by);
            case "archived" -> {
                if (state(role, number) != VersionState.RETIRED) {
                    retire(role, number, how, by);
                }
            }
            default ->
                throw MlflowException.invalid("A version is brought to one of the stages "
                        + List.of("Staging", "Production", "Archived") + "; it is in None only before.");
        }
    }

    private void retire(String role, int number, String how, Actor by) {
        try {
            life.retire(role, number, how, by);
        } catch (RefusedException e) {
            throw MlflowErrors.refused(e);
        }
    }
}
