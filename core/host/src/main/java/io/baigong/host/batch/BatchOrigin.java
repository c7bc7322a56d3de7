package io.baigong.host.batch;

import io.baigong.host.run.GivenFile;
import java.util.List;

/** Where the records of a batch come from. */
public sealed interface BatchOrigin permits BatchOrigin.Files, BatchOrigin.Remote, EarlierRuns {
    /** Files with records, see {@link BatchReader}. */
    record Files(List<GivenFile> files) implements BatchOrigin {}

    /** So many records that lie, and are run, outside the suite. */
    record Remote(long total) implements BatchOrigin {}
}
