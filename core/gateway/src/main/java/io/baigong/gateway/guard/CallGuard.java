package io.baigong.gateway.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.gateway.guard.Guardrail.Side;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is done with the texts of one call to one server, on their way there and back. Not thread-safe. */
public final class CallGuard {
    private final @Nullable Masking masking;
    private final List<Guardrail> rails;
    private final boolean checksSchema;
    private final @Nullable ContentLabel label;

    private @Nullable AnswerSchema schema;
    private boolean wantsJson;

    CallGuard(@Nullable Masking masking, List<Guardrail> rails, boolean checksSchema, @Nullable ContentLabel label) {
        this.masking = masking;
        this.rails = rails;
        this.checksSchema = checksSchema;
        this.label = label;
    }

    /**
     * The question as the server may see it; to be asked once, before anything else.
     *
     * @throws IOException when it is no JSON
     */
    public byte[] question(byte[] request) throws IOException, Refused {
        JsonNode question = Texts.JSON.readTree(request);
        String form = question.at("/response_format/type")
                .asText(question.at("/text/format/type").asText("text"));
        wantsJson = !form.equals("text");
        schema = checksSchema ? AnswerSchema.of(question).orElse(null) : null;
        return masking == null ? request : Texts.JSON.writeValueAsBytes(masking.masked(question));
    }

    /**
     * A whole answer as the caller may see it.
     *
     * @throws IOException when it is no JSON
     */
    public byte[] answer(byte[] bytes) throws IOException, Refused {
        JsonNode answer = Texts.JSON.readTree(bytes);
        restored(answer);
        for (JsonNode choice : answer.path("choices")) {
            String text = choice.path("message").path("content").asText("");
            if (schema != null && !text.isEmpty()) {
                schema.check(text);
            }
        }
        if (label != null && answer instanceof ObjectNode object) {
            label.label(object, !wantsJson);
        }
        return Texts.JSON.writeValueAsBytes(answer);
    }

    /** A streamed answer to the call. */
    public GuardedStream stream() {
        return new GuardedStream(this);
    }

    /** Puts the caller's data back where it stood, and looks at the texts. */
    void restored(JsonNode answer) throws Refused {
        if (masking != null) {
            masking.restored(answer);
        }
        if (!rails.isEmpty()) {
            check(rails, Side.ANSWER, Texts.in(answer));
        }
    }

    static void check(List<Guardrail> rails, Side side, List<String> texts) throws Refused {
        for (String text : texts) {
            for (Guardrail rail : rails) {
                Optional<String> refusal = rail.refusal(side, text);
                if (refusal.isPresent()) {
                    throw new Refused(Refused.Reason.CONTENT, refusal.get());
                }
            }
        }
    }

    /** How many characters at the end of a text, which comes behind {@code before}, must wait for what follows. */
    int openEnd(String before, String text) {
        int open = masking == null ? 0 : masking.openEnd(text);
        for (Guardrail rail : rails) {
            open = Math.max(open, rail.openEnd(before + text));
        }
        return Math.min(open, text.length());
    }

    /** A piece of a text, which comes behind {@code before}, as the caller may see it. */
    String piece(String before, String text) throws Refused {
        String piece = masking == null ? text : masking.restore(text);
        if (!rails.isEmpty()) {
            check(rails, Side.ANSWER, List.of(before + piece));
        }
        return piece;
    }

    boolean looksBack() {
        return !rails.isEmpty();
    }

    /** The schema that a whole text must keep to; null for none. */
    @Nullable
    AnswerSchema schema() {
        return schema;
    }

    /** The label of generated text; null for none. */
    @Nullable
    ContentLabel label() {
        return label;
    }

    /** Whether texts are JSON for programs, in which no words for readers may stand. */
    boolean wantsJson() {
        return wantsJson;
    }
}
