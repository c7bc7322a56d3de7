package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.spi.ErrorCode;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why a request was not answered (RFC 9457), and what to do about it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        @Schema(examples = "urn:baigong:problem:encrypted") String type,
        @Schema(examples = "Encrypted") String title,
        @Schema(examples = "422") int status,

        @Schema(examples = "this PDF is protected by a password")
        String detail,

        @Schema(examples = "Remove the password and send it again.") @Nullable
        String remedy,

        @Nullable UUID run) {
    /** Its media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem of that kind. */
    public static Problem of(int status, String slug, String detail, @Nullable String remedy) {
        return new Problem("urn:baigong:problem:" + slug, title(slug), status, detail, remedy, null);
    }

    /** What a failed run answers. */
    static Problem of(ErrorCode code, String detail, String remedy, UUID run) {
        return new Problem("urn:baigong:problem:" + code.slug(), title(code.slug()), status(code), detail, remedy, run);
    }

    private static String title(String slug) {
        return slug.substring(0, 1).toUpperCase(Locale.ROOT) + slug.substring(1).replace('-', ' ');
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case ErrorCode.User user ->
                switch (user) {
                    case INVALID -> 400;
                    case TOO_LARGE -> 413;
                    case UNSUPPORTED_FORMAT -> 415;
                    case EMPTY, ENCRYPTED, CORRUPT, HOSTILE, NO_TEXT -> 422;
                };
            case ErrorCode.Model model ->
                switch (model) {
                    case UNAVAILABLE -> 503;
                    case BROKEN_ANSWER -> 502;
                };
            case ErrorCode.Resource resource ->
                switch (resource) {
                    case TIMEOUT -> 504;
                    case BUSY, EXHAUSTED -> 503;
                };
            case ErrorCode.Internal _ -> 500;
        };
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
