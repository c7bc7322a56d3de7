package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.baigong.gateway.guard.Refused;
import org.jspecify.annotations.Nullable;

/** Why a call is not answered, as OpenAI's API says it: {@code {"error":{"message","type","param","code"}}}. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String TOO_LONG = "The error is too long to be said here; the same call over HTTP says it.";

    private final int status;
    private final String type;
    private final @Nullable String param;
    private final @Nullable String code;

    ApiException(int status, String type, @Nullable String code, @Nullable String param, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
    }

    public static ApiException invalid(String message, @Nullable String param) {
        return new ApiException(400, "invalid_request_error", null, param, message);
    }

    public static ApiException noSuchModel(String model) {
        return new ApiException(
                404,
                "invalid_request_error",
                "model_not_found",
                "model",
                "The model '" + model + "' does not exist here. GET /v1/models lists those that do.");
    }

    /** Something that a caller names and that there is not for it. */
    public static ApiException notFound(String message, @Nullable String param) {
        return new ApiException(404, "invalid_request_error", null, param, message);
    }

    public static ApiException wrongKey() {
        return new ApiException(
                401,
                "invalid_request_error",
                "invalid_api_key",
                null,
                "A key of this gateway is needed: send 'Authorization: Bearer bg-…'.");
    }

    /** What the tenant's settings, or the key, do not allow. */
    public static ApiException forbidden(String code, String message) {
        return new ApiException(403, "invalid_request_error", code, null, message);
    }

    /** What a tenant's guard does not let pass. */
    static ApiException refused(Refused refused, boolean answer) {
        return switch (refused.reason()) {
            case TOO_LONG -> unfit("context_length_exceeded", String.valueOf(refused.getMessage()));
            case CONTENT ->
                answer
                        ? forbidden("content_filter", String.valueOf(refused.getMessage()))
                        : unfit("content_filter", String.valueOf(refused.getMessage()));
            case SCHEMA ->
                answer
                        ? badGateway(String.valueOf(refused.getMessage()))
                        : unfit("invalid_json_schema", String.valueOf(refused.getMessage()));
        };
    }

    /** What no server of the model can do. */
    static ApiException unfit(String code, String message) {
        return new ApiException(400, "invalid_request_error", code, null, message);
    }

    /** In the place of a server's error that is too long for where it is to stand. */
    public static ApiException tooLong(int status) {
        return new ApiException(status, status >= 500 ? "server_error" : "invalid_request_error", null, null, TOO_LONG);
    }

    /** This without its words, which are too long for where it is to stand. */
    public ApiException withoutWords() {
        return new ApiException(status, type, code, param, TOO_LONG);
    }

    static ApiException tooLarge(int bytes) {
        return new ApiException(
                413,
                "invalid_request_error",
                "request_too_large",
                null,
                "A request may have at most " + bytes + " bytes.");
    }

    public static ApiException unavailable(String message) {
        return new ApiException(503, "server_error", "model_unavailable", null, message);
    }

    public static ApiException rateLimited(String message) {
        return new ApiException(429, "rate_limit_error", "rate_limit_exceeded", null, message);
    }

    public static ApiException budgetSpent() {
        return new ApiException(
                429,
                "insufficient_quota",
                "insufficient_quota",
                null,
                "What this key may use today does not suffice for this call; the next day begins at 0:00 UTC. Ask for"
                        + " fewer tokens with max_completion_tokens, or the operator for more a day.");
    }

    static ApiException badGateway(String message) {
        return new ApiException(502, "server_error", "bad_gateway", null, message);
    }

    static ApiException timeout(String message) {
        return new ApiException(504, "server_error", "timeout", null, message);
    }

    public int status() {
        return status;
    }

    /** The body of the answer. */
    public String json() {
        return "{\"error\":{\"message\":" + quoted(getMessage()) + ",\"type\":" + quoted(type) + ",\"param\":"
                + quoted(param) + ",\"code\":" + quoted(code) + "}}";
    }

    private static String quoted(@Nullable String text) {
        return text == null
                ? "null"
                : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
