package io.baigong.host.audit;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a report row by row, in some format. For one report and one thread. */
interface ReportWriter {
    /**
     * Begins.
     *
     * @param about what the report is and what it was made from, in order
     * @param columns names of what each row has
     */
    void begin(Map<String, String> about, List<String> columns) throws IOException;

    /**
     * A row.
     *
     * @param values by column; what is missing is empty
     * @param leaf canonical JSON of the entry that it tells of
     */
    void row(Map<String, String> values, @Nullable String leaf) throws IOException;

    /** Ends, with how many rows there were: a report without its end was cut off. */
    void end(long rows) throws IOException;
}
