package io.baigong.host.run;

import io.baigong.journal.Actor;
import io.baigong.journal.Occasion;
import io.baigong.spi.Task;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a caller asks for.
 *
 * @param fields the input's components that are no files, as text
 * @param occasion what for, as the caller says
 * @param seed of the run's random numbers; derived from the input when empty
 */
public record RunRequest(
        Task<?, ?> task,
        List<GivenFile> files,
        Map<String, String> fields,
        Actor caller,
        OptionalLong seed,
        Occasion occasion) {
    /** On an occasion of which nothing is known. */
    public RunRequest(
            Task<?, ?> task, List<GivenFile> files, Map<String, String> fields, Actor caller, OptionalLong seed) {
        this(task, files, fields, caller, seed, Occasion.NONE);
    }
}
