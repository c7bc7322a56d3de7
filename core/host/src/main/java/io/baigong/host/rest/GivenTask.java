package io.baigong.host.rest;

import io.baigong.host.catalogue.Catalogue;
import io.baigong.spi.Task;
import org.jspecify.annotations.Nullable;

/** The task that a request names. */
final class GivenTask {
    private GivenTask() {}

    /** Throws {@link ProblemException} where it names none, or one that there is not. */
    static Task<?, ?> in(Catalogue catalogue, @Nullable String id) {
        String all = String.join(
                ", ",
                catalogue.tasks().stream().map(task -> task.id().toString()).toList());
        if (id == null) {
            throw ProblemException.invalid("which task?", "Send task, one of " + all + ".");
        }
        return catalogue
                .find(id)
                .orElseThrow(() -> ProblemException.invalid(
                        "there is no task " + FileNames.last(id), "The tasks are " + all + "."));
    }
}
