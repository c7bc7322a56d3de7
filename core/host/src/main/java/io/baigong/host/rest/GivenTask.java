package io.baigong.host.rest;

import io.baigong.host.catalogue.Catalogue;
import io.baigong.spi.Task;
import org.jspecify.annotations.Nullable;

/** The task that a request names. */
final class GivenTask {
    private GivenTask() {}

    /** Throws {@link ProblemException} where it names none, or one that there is not for the caller. */
    static Task<?, ?> in(Catalogue catalogue, Callers callers, @Nullable String id) {
        String all = String.join(
                ", ",
                callers.tasks(catalogue).stream()
                        .map(task -> task.id().toString())
                        .toList());
        if (id == null) {
            throw ProblemException.invalid("which task?", "Send task, one of " + all + ".");
        }
        return catalogue
                .find(id)
                .filter(callers::mayTouch)
                .orElseThrow(() -> ProblemException.invalid(
                        "there is no task " + FileNames.last(id), "The tasks are " + all + "."));
    }
}
