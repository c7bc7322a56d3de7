package io.baigong.host.rpc;

import io.grpc.Status;

/** Statuses of gRPC for those of HTTP, as google.rpc.Code has them. */
public final class RpcStatus {
    private RpcStatus() {}

    public static Status of(int http) {
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
}
