package io.baigong.host.batch;

import io.baigong.host.run.GivenFile;
import io.baigong.journal.Actor;
import io.baigong.journal.Occasion;
import io.baigong.spi.Task;
import java.util.List;
import java.util.Map;

/**
 * What somebody wants done many times.
 *
 * @param records where the records come from
 * @param shared files that each record is run with, by component
 * @param fields values that each record is run with unless it has its own
 */
public record NewBatch(
        Task<?, ?> task,
        String name,
        BatchOrigin records,
        List<GivenFile> shared,
        Map<String, String> fields,
        Actor createdBy,
        Occasion occasion) {}
