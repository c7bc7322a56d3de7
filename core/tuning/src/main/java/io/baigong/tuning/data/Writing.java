package io.baigong.tuning.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.compute.text.PersonalData;
import io.baigong.tuning.data.CleaningReport.Dropped;
import io.baigong.tuning.data.CleaningReport.Label;
import io.baigong.tuning.data.CleaningReport.Personal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last reading: what stays is looked through for personal data and written, what does not is named and counted. {@link #look}
 * may be called by many threads, all else by one.
 */
final class Writing implements Closeable {
    private static final int EXAMPLES = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CleaningOptions options;
    private final DocumentParser parser;
    private final Verdicts verdicts;
    private final Deal deal;
    private final List<FrozenFile> sides = new ArrayList<>();
    private final List<String> names;
    private final @Nullable FrozenFile dropped;
    private final PersonalData personalData = new PersonalData(List.of());
    private final Ints fileStarts = new Ints();
    private final List<String> files = new ArrayList<>();

    private final Map<DropReason, List<String>> examples = new EnumMap<>(DropReason.class);
    private final Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);
    private final Map<Language, Long> languages = new EnumMap<>(Language.class);
    private final Map<PersonalData.Kind, Personal> personal = new EnumMap<>(PersonalData.Kind.class);
    private final long[] written;
    private final long[] labelsKept;
    private final long[] labelsWritten;
    private long kept;

    /** A line, ready to be written. */
    record Ready(
            Source.Line line, Document document, @Nullable String json, List<PersonalData.Found> personal) {}

    Writing(
            CleaningOptions options,
            DocumentParser parser,
            Verdicts verdicts,
            Deal deal,
            Map<String, Path> out,
            @Nullable Path dropped)
            throws IOException {
        this.options = options;
        this.parser = parser;
        this.verdicts = verdicts;
        this.deal = deal;
        this.names = List.copyOf(out.keySet());
        this.written = new long[names.size()];
        this.labelsKept = new long[verdicts.labels().length];
        this.labelsWritten = new long[labelsKept.length];
        for (Path file : out.values()) {
            sides.add(new FrozenFile(file));
        }
        this.dropped = dropped == null ? null : new FrozenFile(dropped);
    }

    Ready look(Source.Line line) {
        Document document = parser.parsed(line);
        if (!verdicts.kept(line.index()) || !(document instanceof Document.Text text)) {
            return new Ready(line, document, null, List.of());
        }
        List<PersonalData.Found> found = personalData.in(text.text());
        String json =
                options.mask() && !found.isEmpty() ? parser.withText(text, masked(text.text(), found)) : text.json();
        return new Ready(line, document, json, found);
    }

    private static String masked(String text, List<PersonalData.Found> found) {
        var out = new StringBuilder();
        int at = 0;
        for (PersonalData.Found each : found) {
            out.append(text, at, each.start()).append('[').append(each.kind()).append(']');
            at = each.end();
        }
        return out.append(text, at, text.length()).toString();
    }

    void write(Ready ready) throws IOException {
        int line = ready.line().index();
        if (ready.line().number() == 1) {
            fileStarts.add(line);
            files.add(ready.line().file());
        }
        int label = verdicts.label(line);
        if (label >= 0 && (verdicts.kept(line) || verdicts.reason(line) == DropReason.CAPPED)) {
            labelsKept[label]++;
        }
        DropReason reason = verdicts.reason(line);
        if (reason != null) {
            drop(ready, reason);
        }
        if (ready.json() == null) {
            return;
        }
        kept++;
        languages.merge(verdicts.language(line), 1L, Long::sum);
        count(ready.personal());
        byte[] bytes = ready.json().getBytes(StandardCharsets.UTF_8);
        for (int copy = 0; copy < deal.copies(line); copy++) {
            sides.get(deal.side(line)).line(bytes);
            written[deal.side(line)]++;
            if (label >= 0) {
                labelsWritten[label]++;
            }
        }
    }

    private void count(List<PersonalData.Found> found) {
        var values = new EnumMap<PersonalData.Kind, Integer>(PersonalData.Kind.class);
        found.forEach(each -> values.merge(each.kind(), 1, Integer::sum));
        values.forEach((kind, count) -> personal.merge(
                kind,
                new Personal(1, count),
                (a, b) -> new Personal(a.documents() + b.documents(), a.values() + b.values())));
    }

    private void drop(Ready ready, DropReason reason) throws IOException {
        int original = verdicts.original(ready.line().index());
        counts.merge(reason, 1L, Long::sum);
        List<String> named = examples.computeIfAbsent(reason, _ -> new ArrayList<>());
        String id = ready.document().id();
        if (named.size() < EXAMPLES) {
            named.add(original < 0 ? id : id + " (of " + place(original) + ")");
        }
        if (dropped != null) {
            ObjectNode json = JSON.createObjectNode();
            json.put("id", id).put("at", ready.line().place()).put("reason", reason.toString());
            if (original >= 0) {
                json.put("of", place(original));
            }
            if (ready.document() instanceof Document.Refused refused) {
                json.put("detail", refused.detail());
            }
            dropped.line(json.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** File and number of a line that came before. */
    private String place(int line) {
        int file = files.size() - 1;
        while (fileStarts.get(file) > line) {
            file--;
        }
        return files.get(file) + ":" + (line - fileStarts.get(file) + 1);
    }

    /** Puts all files in their places. */
    List<FrozenFile.Frozen> freeze() throws IOException {
        var frozen = new ArrayList<FrozenFile.Frozen>();
        for (FrozenFile side : sides) {
            frozen.add(side.freeze());
        }
        if (dropped != null) {
            dropped.freeze();
        }
        return frozen;
    }

    CleaningReport report(Judging judging) {
        var reasons = new EnumMap<DropReason, Dropped>(DropReason.class);
        counts.forEach((reason, count) ->
                reasons.put(reason, new Dropped(count, List.copyOf(examples.getOrDefault(reason, List.of())))));
        var labels = new TreeMap<String, Label>();
        String[] labelNames = verdicts.labels();
        for (int i = 0; i < labelNames.length; i++) {
            labels.put(labelNames[i], new Label(labelsKept[i], labelsWritten[i]));
        }
        var ofSides = new LinkedHashMap<String, Long>();
        for (int i = 0; i < written.length; i++) {
            ofSides.put(names.get(i), written[i]);
        }
        long lines = verdicts.size();
        return new CleaningReport(
                lines - judging.blank(),
                judging.blank(),
                reasons,
                kept,
                languages,
                personal,
                labels,
                ofSides,
                judging.bands(),
                judging.cut());
    }

    @Override
    public void close() throws IOException {
        for (FrozenFile side : sides) {
            side.close();
        }
        if (dropped != null) {
            dropped.close();
        }
    }
}
