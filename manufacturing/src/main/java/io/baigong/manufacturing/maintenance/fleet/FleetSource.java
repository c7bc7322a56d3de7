package io.baigong.manufacturing.maintenance.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the histories of a data set come from. */
@FunctionalInterface
public interface FleetSource {
    /** Histories with failures, from a file or folder that a user names. */
    List<MachineHistory> machines(Path data) throws IOException;
}
