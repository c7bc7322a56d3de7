package io.baigong.host.audit;

import java.util.Locale;
import java.util.Optional;

/** In which format a report is had. */
public enum AuditReportFormat {
    CSV("text/csv; charset=UTF-8; header=present"),
    JSONL("application/x-ndjson"),
    /** The first rows, for people. */
    PDF("application/pdf");

    private final String mediaType;

    AuditReportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** As a file's name ends. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that extension. */
    public static Optional<AuditReportFormat> of(String extension) {
        for (AuditReportFormat format : values()) {
            if (format.extension().equals(extension.toLowerCase(Locale.ROOT))) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
