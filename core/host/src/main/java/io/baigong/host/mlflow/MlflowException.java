package io.baigong.host.mlflow;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Why a call of a client of MLflow is not done, in MLflow's own words (mlflow/protos/databricks.proto, mlflow/exceptions.py). */
public final class MlflowException extends RuntimeException {
    private final Code code;

    MlflowException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** MLflow's codes, and the status that its server answers with. */
    enum Code {
        INVALID_PARAMETER_VALUE(400),
        RESOURCE_ALREADY_EXISTS(400),
        UNAUTHENTICATED(401),
        PERMISSION_DENIED(403),
        RESOURCE_DOES_NOT_EXIST(404),
        ENDPOINT_NOT_FOUND(404),
        RESOURCE_CONFLICT(409),
        REQUEST_LIMIT_EXCEEDED(429),
        INTERNAL_ERROR(500),
        TEMPORARILY_UNAVAILABLE(503);

        private final int status;

        Code(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }

        Response response(String message) {
            return Response.status(status)
                    .type(MediaType.APPLICATION_JSON)
                    .entity(new MlflowError(name(), message))
                    .build();
        }
    }

    static MlflowException invalid(String message) {
        return new MlflowException(Code.INVALID_PARAMETER_VALUE, message);
    }

    static MlflowException missing(String message) {
        return new MlflowException(Code.RESOURCE_DOES_NOT_EXIST, message);
    }

    static MlflowException conflict(String message) {
        return new MlflowException(Code.RESOURCE_CONFLICT, message);
    }

    Response response() {
        return code.response(String.valueOf(getMessage()));
    }
}
