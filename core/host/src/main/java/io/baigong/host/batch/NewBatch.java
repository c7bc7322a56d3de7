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
 * @param records files with records, see {@link BatchReader}
 * @param shared files that each record is run with, by component
 * @param fields values that each record is run with unless it has its own
 */
public record NewBatch(
        Task<?, ?> task,
        String name,
        List<GivenFile> records,
        List<GivenFile> shared,
        Map<String, String> fields,
        Actor createdBy,
        Occasion occasion) {}
