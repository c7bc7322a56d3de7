package io.baigong.host.mlflow;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An error as MLflow's clients read it. */
@Schema(name = "MlflowError")
public record MlflowError(
        @JsonProperty("error_code") @Schema(examples = "RESOURCE_DOES_NOT_EXIST")
        String errorCode,

        @Schema(examples = "No run with ID 1 exists") String message) {}
