package io.baigong.host.rest;

import io.baigong.host.report.Language;
import io.baigong.host.report.ReportPage;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a report is wanted as: {@code ?format=} says so, or else {@code Accept}. */
enum ReportFormat {
    JSON(MediaType.APPLICATION_JSON),
    HTML(MediaType.TEXT_HTML),
    PDF("application/pdf");

    static final String PDF_TYPE = "application/pdf";

    private final String type;

    ReportFormat(String type) {
        this.type = type;
    }

    /** @throws ProblemException for a format that there is not */
    static ReportFormat wanted(@Nullable String asked, HttpHeaders headers) {
        if (asked != null) {
            return Stream.of(values())
                    .filter(format -> format.name().equalsIgnoreCase(asked))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.invalid(
                            "reports come as json, html or pdf", "Send ?format=pdf, or leave it out."));
        }
        return headers.getAcceptableMediaTypes().stream()
                .flatMap(
                        type -> Stream.of(values()).filter(format -> type.isCompatible(MediaType.valueOf(format.type))))
                .findFirst()
                .orElse(JSON);
    }

    /**
     * The language that is asked for, or else the reader's.
     *
     * @throws ProblemException for one that there are no reports in
     */
    static Language language(@Nullable String asked, HttpHeaders headers) {
        return asked == null
                ? Language.of(headers.getAcceptableLanguages())
                : Language.of(asked)
                        .orElseThrow(() -> ProblemException.invalid(
                                "reports are in en and zh", "Send ?language=en, or leave it out."));
    }

    /** The page in this format, which is not JSON, as a file to keep. */
    Response file(ReportPage page, String name) throws IOException {
        var bytes = new ByteArrayOutputStream();
        if (this == PDF) {
            page.pdf(bytes);
        } else {
            bytes.write(page.html().getBytes(StandardCharsets.UTF_8));
        }
        return Response.ok(bytes.toByteArray(), this == HTML ? type + ";charset=UTF-8" : type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        FileNames.disposition(name + "." + name().toLowerCase(Locale.ROOT)))
                .header(HttpHeaders.VARY, "Accept, Accept-Language")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .build();
    }
}
