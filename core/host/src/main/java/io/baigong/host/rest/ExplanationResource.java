package io.baigong.host.rest;

import io.baigong.host.access.Roles;
import io.baigong.host.model.TextExplanations;
import io.baigong.host.model.TextExplanations.Part;
import io.baigong.spi.ModelException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.NoSuchElementException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Why a model says what it says. */
@Path("/api/v1/models/{role}/explanations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Models")
public class ExplanationResource {
    private final TextExplanations explanations;

    ExplanationResource(TextExplanations explanations) {
        this.explanations = explanations;
    }

    /** A score to explain. */
    @Schema(name = "ToExplain")
    public record ToExplain(
            @Schema(examples = "This Agreement is governed by the laws of New York.") @Nullable
            String text,

            @Schema(examples = "Governing Law") @Nullable String label) {}

    /** Which words carry it. */
    @Schema(name = "TextExplanation")
    public record Explained(
            @Schema(examples = "clause-tagger") String model,
            @Schema(examples = "1") String version,
            String sha256,
            @Schema(examples = "Governing Law") String label,

            @Schema(description = "the highest probability that a word of the text has for the label, in [0, 1]")
            double score,

            @Schema(description = "half-open UTF-16 bounds; what the parts add is the score together")
            List<Part> parts) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.MODEL_OWNER})
    @Operation(
            operationId = "explainText",
            summary = "Which words of a text carry a label's score",
            description =
                    "For roles whose model scores words. Shapley values by sampled orders: they add up to the score, and each is an estimate."
                            + " The text is read by itself, kept nowhere, and has at most 4,000 characters; it leaves no entry in the journal.")
    @APIResponse(responseCode = "200", description = "The words")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    public Explained explain(@PathParam("role") String role, @Nullable ToExplain wanted) {
        if (wanted == null || wanted.text() == null || wanted.label() == null) {
            throw ProblemException.invalid("which score?", "Send {\"text\": …, \"label\": …}.");
        }
        try {
            var found = explanations.explain(role, wanted.text(), wanted.label());
            return new Explained(
                    found.model().name(),
                    found.model().version(),
                    found.model().sha256(),
                    found.label(),
                    found.score(),
                    found.parts());
        } catch (NoSuchElementException e) {
            throw ProblemException.notFound(
                    "there is no role " + FileNames.last(role) + " whose model scores words", "See /api/v1/models.");
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    String.valueOf(e.getMessage()), "Send a passage of the text, and a label of the model.");
        } catch (ModelException e) {
            throw new ProblemException(Problem.of(
                    503,
                    "unavailable",
                    String.valueOf(e.getMessage()),
                    "Ask the operator which model fills the role."));
        }
    }
}
