package io.baigong.host.audit;

import io.baigong.host.report.Language;
import io.baigong.journal.Actor;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A report that is wanted.
 *
 * @param by who asks, and of which tenant it is
 * @param model {@code name@version}, of a report on a model
 * @param record of a report on a record: id, digest or correlation id
 * @param from logged at this moment or later
 * @param to logged before this moment
 * @param retentionDays how long entries are promised to be kept
 * @param language of a report for people
 */
public record ReportRequest(
        ReportKind kind,
        Actor by,
        @Nullable String model,
        @Nullable String record,
        @Nullable Instant from,
        @Nullable Instant to,
        long retentionDays,
        Language language) {
    /** Throws {@link IllegalArgumentException} that says what is missing. */
    public ReportRequest {
        if (kind == ReportKind.MODEL && (model == null || model.indexOf('@') < 1)) {
            throw new IllegalArgumentException("a report on a model names it as name@version");
        }
        if (kind == ReportKind.RECORD && (record == null || record.isBlank())) {
            throw new IllegalArgumentException("a report on a record names it by an id, a digest or a correlation id");
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException("a period begins before it ends");
        }
    }

    /** What the audit log says of it. */
    public Map<String, String> detail() {
        var detail = new TreeMap<String, String>();
        detail.put("report", kind.word());
        if (kind == ReportKind.MODEL && model != null) {
            detail.put("model", model);
        }
        if (kind == ReportKind.RECORD && record != null) {
            detail.put("record", record);
        }
        if (from != null) {
            detail.put("from", from.toString());
        }
        if (to != null) {
            detail.put("to", to.toString());
        }
        return detail;
    }
}
