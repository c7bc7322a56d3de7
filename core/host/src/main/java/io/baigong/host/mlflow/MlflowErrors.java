package io.baigong.host.mlflow;

import io.baigong.host.mlflow.MlflowException.Code;
import io.baigong.host.rest.Problem;
import io.baigong.registry.artifact.UnsafeArtifactException;
import io.baigong.registry.history.RefusedException;
import io.baigong.spi.ModelException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Errors below {@code /api/2.0/} leave in MLflow's form, problems of the suite among them. */
final class MlflowErrors {
    /** Beginning of all paths that clients of MLflow call. */
    static final String PREFIX = "/api/2.0/mlflow";

    @ServerExceptionMapper
    Response known(MlflowException e) {
        return e.response();
    }

    @ServerResponseFilter
    void problem(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Problem problem
                && request.getUriInfo().getPath().startsWith(PREFIX)) {
            Code code = code(problem);
            response.setStatus(code.status());
            String message = problem.remedy() == null ? problem.detail() : problem.detail() + ". " + problem.remedy();
            response.setEntity(
                    new MlflowError(code.name(), message),
                    new java.lang.annotation.Annotation[0],
                    MediaType.APPLICATION_JSON_TYPE);
        }
    }

    private static Code code(Problem problem) {
        return switch (problem.status()) {
            case 401 -> Code.UNAUTHENTICATED;
            case 403 -> Code.PERMISSION_DENIED;
            case 404, 405 -> Code.ENDPOINT_NOT_FOUND; // what is not there below it is told by MlflowException
            case 409 -> Code.RESOURCE_CONFLICT;
            case 429 -> Code.REQUEST_LIMIT_EXCEEDED;
            case 503 -> Code.TEMPORARILY_UNAVAILABLE;
            default -> problem.status() < 500 ? Code.INVALID_PARAMETER_VALUE : Code.INTERNAL_ERROR;
        };
    }

    /** What the registry refused, said so that its caller knows what to do. */
    static MlflowException refused(RefusedException e) {
        return MlflowException.conflict(e.getMessage() + ". " + e.remedy());
    }

    static MlflowException refused(UnsafeArtifactException e) {
        return MlflowException.invalid(e.getMessage() + ". " + e.remedy());
    }

    static MlflowException refused(ModelException e) {
        return MlflowException.invalid(
                e.getMessage() + ". Register a model of the kind that the role needs, as './baigong train' wrote it.");
    }
}
