package io.baigong.tuning.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.compute.text.PersonalData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came in, what was left out and why, and what came out.
 *
 * @param documents that came in, the refused ones included
 * @param blank lines without anything
 * @param dropped by reason, in the reasons' order
 * @param kept documents, each once
 * @param languages of those kept
 * @param personal data in those kept, by its kind
 * @param labels documents with each label, kept and written
 * @param written documents on each side, copies included
 * @param bands by which near-duplicates were looked for, or null if they were not
 * @param cut documents that were compared with part of their candidates only
 */
public record CleaningReport(
        long documents,
        long blank,
        Map<DropReason, Dropped> dropped,
        long kept,
        Map<Language, Long> languages,
        Map<PersonalData.Kind, Personal> personal,
        Map<String, Label> labels,
        Map<String, Long> written,
        @Nullable Bands bands,
        int cut) {
    /**
     * What one reason left out.
     *
     * @param examples ids of the first three, and for duplicates the place of the document that stays
     */
    public record Dropped(long count, List<String> examples) {}

    /** Personal data of one kind: in how many documents, and how many values in all. */
    public record Personal(long documents, long values) {}

    /** Documents with a label. */
    public record Label(long kept, long written) {}

    /** Of all documents that came in. */
    public double share(long count) {
        return documents == 0 ? 0 : (double) count / documents;
    }

    public ObjectNode json(ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.put("documents", documents).put("blankLines", blank).put("kept", kept);
        ObjectNode reasons = json.putObject("dropped");
        dropped.forEach((reason, each) -> {
            ObjectNode node = reasons.putObject(reason.toString());
            node.put("count", each.count()).put("share", share(each.count()));
            each.examples().forEach(node.putArray("examples")::add);
        });
        ObjectNode spoken = json.putObject("languages");
        languages.forEach((language, count) -> spoken.put(language.code(), count));
        json.set("personal", mapper.valueToTree(personal));
        json.set("labels", mapper.valueToTree(labels));
        json.set("written", mapper.valueToTree(written));
        json.set("bands", mapper.valueToTree(bands));
        return json.put("comparedInPart", cut);
    }
}
