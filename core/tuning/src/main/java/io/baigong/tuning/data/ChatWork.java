package io.baigong.tuning.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** What a chat model does for a document. Thread-safe. */
public interface ChatWork {
    /** A kind of thing that happened, as a report names it, such as {@code copies}. */
    record Count(String of, long number) {}

    /**
     * What is written for a document, itself included.
     *
     * @param documents in their order
     * @param counts of what happened
     */
    record Made(List<ObjectNode> documents, List<Count> counts) {
        static Made unchanged(ObjectNode document, String why) {
            return new Made(List.of(document), List.of(new Count(why, 1)));
        }
    }

    /** Whether passages of a document are marked, in one way or another. */
    static boolean isMarked(ObjectNode document) {
        return document.has("spans") || document.path("clauses").size() > 0;
    }

    /** A stranger's text between the marks of a prompt, as long as it was. */
    static String fenced(String text) {
        return text.replace("<text>", "‹text›").replace("</text>", "‹/text›");
    }

    /**
     * Makes it.
     *
     * @param id the document's own name, or else its file and line
     * @param text its text
     * @param document all of its fields; may be changed
     * @throws IOException if the chat model does not answer
     */
    Made of(String id, String text, ObjectNode document, Chat chat) throws IOException;
}
