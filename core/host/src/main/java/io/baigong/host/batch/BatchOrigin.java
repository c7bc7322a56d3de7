package io.baigong.host.batch;

import io.baigong.host.run.GivenFile;
import java.util.List;

/** Where the records of a batch come from. */
public sealed interface BatchOrigin permits BatchOrigin.Files, EarlierRuns {
    /** Files with records, see {@link BatchReader}. */
    record Files(List<GivenFile> files) implements BatchOrigin {}
}
