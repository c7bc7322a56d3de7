package io.baigong.tuning.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.spi.LabelledText;
import io.baigong.spi.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a file of documents with edited copies behind each. Streams: a document is in memory, and no more. */
public final class Augmenting {
    private static final String SPANS = "spans";
    private static final String START = "start";
    private static final String END = "end";
    private static final int MOST_COPIES = 100;

    private final Path in;
    private final Path out;
    private final Reading reading;
    private final DocumentParser parser;
    private final Augmentation augmentation;
    private final int copies;
    private final Map<Edit, Long> edits = new EnumMap<>(Edit.class);
    private long documents;
    private long made;
    private long unedited;

    /**
     * @param copies of each document, 1 to 100
     */
    public Augmenting(Path in, Path out, Reading reading, Augmentation augmentation, int copies) {
        if (copies < 1 || copies > MOST_COPIES) {
            throw new IllegalArgumentException("a document has 1 to " + MOST_COPIES + " copies, not " + copies);
        }
        this.in = in;
        this.out = out;
        this.reading = reading;
        this.parser = new DocumentParser(reading);
        this.augmentation = augmentation;
        this.copies = copies;
    }

    /**
     * What was made.
     *
     * @param copies that were written beside the documents
     * @param unedited copies that were not, as there was nothing to edit
     * @param edits in the copies, by kind
     */
    public record Report(long documents, long copies, long unedited, Map<Edit, Long> edits, String sha256) {}

    /** Throws {@link IOException} that names the line when a line is no document, or its spans are none of its text. */
    public Report run(Progress progress) throws IOException {
        try (var source = new Source(List.of(in), reading.maxLineBytes());
                var file = new FrozenFile(out)) {
            source.read(this::augmented, lines -> write(lines, file), progress, "augmenting");
            if (documents == 0) {
                throw new Unusable(in.getFileName() + " has no document");
            }
            FrozenFile.Frozen frozen = file.freeze();
            return new Report(documents, made, unedited, edits, frozen.sha256());
        }
    }

    /** A document and its copies as lines, or why there are none. */
    private record Augmented(
            List<String> lines,
            List<Map<Edit, Integer>> edits,
            @Nullable String wrong) {}

    private Augmented augmented(Source.Line line) {
        return switch (parser.parsed(line)) {
            case Document.Blank _ -> new Augmented(List.of(), List.of(), null);
            case Document.Refused refused ->
                new Augmented(List.of(), List.of(), line.place() + ": " + refused.detail());
            case Document.Text document -> {
                ObjectNode object = parser.object(document);
                try {
                    yield augmented(document, object);
                } catch (IllegalArgumentException e) {
                    yield new Augmented(List.of(), List.of(), line.place() + ": " + e.getMessage());
                }
            }
        };
    }

    private Augmented augmented(Document.Text document, ObjectNode object) {
        JsonNode spans = object.path(SPANS);
        String group = document.group() == null ? document.id() : document.group();
        var original = new LabelledText(document.id(), group, document.text(), spans(spans, document.text()));
        // A later split keeps copies on the side of what they were made from.
        if (document.group() == null) {
            object.put(reading.group(), group);
        }
        var lines = new ArrayList<>(List.of(object.toString()));
        var made = new ArrayList<Map<Edit, Integer>>();
        for (int copy = 1; copy <= copies; copy++) {
            Optional<Augmentation.Edited> edited = augmentation.copy(original, copy);
            if (edited.isPresent()) {
                LabelledText text = edited.get().text();
                ObjectNode changed = object.deepCopy();
                changed.put(reading.id(), text.id()).put(reading.group(), group).put(reading.text(), text.text());
                if (changed.path(SPANS) instanceof ArrayNode each) {
                    for (int i = 0; i < each.size(); i++) {
                        ((ObjectNode) each.get(i))
                                .put(START, text.spans().get(i).start())
                                .put(END, text.spans().get(i).end());
                    }
                }
                lines.add(changed.toString());
                made.add(edited.get().made());
            }
        }
        return new Augmented(lines, made, null);
    }

    private static List<LabelledText.Span> spans(JsonNode spans, String text) {
        if (spans.isMissingNode() || spans.isNull()) {
            return List.of();
        }
        var read = new ArrayList<LabelledText.Span>();
        for (JsonNode span : spans) {
            int start = span.path(START).isInt() ? span.path(START).intValue() : -1;
            int end = span.path(END).isInt() ? span.path(END).intValue() : -1;
            if (!span.isObject() || start < 0 || end <= start || end > text.length()) {
                throw new IllegalArgumentException(
                        "a span is {\"label\", \"start\", \"end\"} with 0 <= start < end <= %d, not %s"
                                .formatted(text.length(), span));
            }
            read.add(new LabelledText.Span(span.path("label").asText(), start, end));
        }
        if (!spans.isArray()) {
            throw new IllegalArgumentException("spans are a list");
        }
        return read;
    }

    private void write(Augmented augmented, FrozenFile file) throws IOException {
        if (augmented.wrong() != null) {
            throw new Unusable(augmented.wrong() + ". Mend it, or leave it out with data clean");
        }
        for (String line : augmented.lines()) {
            file.line(line.getBytes(StandardCharsets.UTF_8));
        }
        if (!augmented.lines().isEmpty()) {
            documents++;
            made += augmented.edits().size();
            unedited += copies - augmented.edits().size();
        }
        for (Map<Edit, Integer> each : augmented.edits()) {
            each.forEach((edit, count) -> edits.merge(edit, (long) count, Long::sum));
        }
    }
}
