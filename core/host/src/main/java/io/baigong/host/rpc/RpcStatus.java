package io.baigong.host.rpc;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Statuses of gRPC for those of HTTP, as google.rpc.Code has them. */
public final class RpcStatus {
    /** Most bytes of a body in the trailers. Many clients take 8 KiB of trailers in all, where these grow by a third. */
    public static final int MOST_BODY_BYTES = 4096;

    private static final int MOST_CHARACTERS = 1000;
    private static final int MOST_BYTES = 2000;

    private RpcStatus() {}

    /**
     * The status for one of HTTP.
     *
     * @param why cut to 1000 characters, and to 2000 bytes as they are sent
     */
    public static Status of(int http, @Nullable String why) {
        return of(http).withDescription(why == null ? null : cut(why));
    }

    private static Status of(int http) {
        return switch (http) {
            case 400, 415, 422 -> Status.INVALID_ARGUMENT;
            case 401 -> Status.UNAUTHENTICATED;
            case 403 -> Status.PERMISSION_DENIED;
            case 404 -> Status.NOT_FOUND;
            case 413, 429 -> Status.RESOURCE_EXHAUSTED;
            case 502, 503 -> Status.UNAVAILABLE;
            case 504 -> Status.DEADLINE_EXCEEDED;
            default -> Status.INTERNAL;
        };
    }

    /** What is no printable ASCII is sent percent-encoded: three bytes for each of its one to three in UTF-8. */
    private static String cut(String why) {
        int bytes = 0;
        for (int i = 0; i < why.length(); i++) {
            char c = why.charAt(i);
            bytes += c >= ' ' && c <= '~' && c != '%' ? 1 : 9;
            if (i == MOST_CHARACTERS || bytes > MOST_BYTES) {
                return why.substring(0, i) + "…";
            }
        }
        return why;
    }
}
