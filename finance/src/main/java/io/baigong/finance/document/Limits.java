package io.baigong.finance.document;

import java.time.Duration;

/**
 * What one document may cost.
 *
 * @param fileBytes size of the file
 * @param inflatedBytes size of one compressed part of it when inflated
 * @param pages of a PDF
 * @param textUnits UTF-16 units of text
 * @param time for parsing
 * @param recognitionTime for OCR, beside {@code time}
 */
record Limits(int fileBytes, long inflatedBytes, int pages, int textUnits, Duration time, Duration recognitionTime) {
    private static final int MIB = 1 << 20;

    static final Limits STANDARD =
            new Limits(50 * MIB, 160L * MIB, 300, 3_000_000, Duration.ofSeconds(60), Duration.ofMinutes(10));
}
