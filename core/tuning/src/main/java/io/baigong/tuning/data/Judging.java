package io.baigong.tuning.data;

import io.baigong.tuning.data.NearDuplicates.Match;
import io.baigong.tuning.data.NearDuplicates.Sketch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The first reading: each document's quality, whether it stood there before, and what belongs to it. {@link #look} may be called by
 * many threads, {@link #decide} by one, in the lines' order.
 */
final class Judging implements Closeable {
    private final CleaningOptions options;
    private final DocumentParser parser;
    private final Verdicts verdicts = new Verdicts();
    private final FirstLines texts = new FirstLines();
    private final FirstLines groups = new FirstLines();
    private final DisjointSets together = new DisjointSets();
    private final @Nullable NearDuplicates near;
    private int blank;

    /** What was seen of a line. */
    record Seen(
            Document document,
            @Nullable DropReason against,
            @Nullable Language language,
            Digests.@Nullable Key text,
            Digests.@Nullable Key group,
            @Nullable Sketch sketch) {}

    Judging(CleaningOptions options, DocumentParser parser, Path folder) throws IOException {
        this.options = options;
        this.parser = parser;
        this.near = options.comparesDocuments() ? new NearDuplicates(options.similarity(), folder) : null;
    }

    Seen look(Source.Line line) {
        Document document = parser.parsed(line);
        if (!(document instanceof Document.Text text)) {
            DropReason against = document instanceof Document.Refused refused ? refused.reason() : null;
            return new Seen(document, against, null, null, null, null);
        }
        String normalised = Script.normalised(text.text());
        Language language = Language.ofText(normalised);
        DropReason against = options.quality().against(text.text(), language);
        if (against != null) {
            return new Seen(document, against, language, null, null, null);
        }
        return new Seen(
                document,
                null,
                language,
                Digests.key(normalised),
                text.group() == null ? null : Digests.key(text.group()),
                near == null ? null : near.ofNormalised(normalised));
    }

    void decide(Seen seen) throws IOException {
        switch (seen.document()) {
            case Document.Blank _ -> {
                blank++;
                verdicts.addBlank();
            }
            case Document.Refused _ -> verdicts.add(seen.against(), null, -1, null);
            case Document.Text text -> decide(seen, text);
        }
    }

    private void decide(Seen seen, Document.Text text) throws IOException {
        int line = text.line();
        DropReason reason = seen.against();
        int original = -1;
        if (seen.text() != null) {
            int same = texts.firstOr(seen.text(), line);
            if (same >= 0 && options.duplicates().exact()) {
                reason = DropReason.EXACT_DUPLICATE;
                // The first may itself have been left out, as nearly the same as one before it.
                original = verdicts.kept(same) ? same : verdicts.original(same);
            } else if (same >= 0) {
                together.join(line, same);
            }
        }
        if (reason == null && near != null && seen.sketch() != null) {
            boolean drops = options.duplicates().near();
            for (Match match : near.like(seen.sketch(), drops ? 1 : Integer.MAX_VALUE)) {
                if (drops) {
                    reason = DropReason.NEAR_DUPLICATE;
                    original = match.line();
                } else {
                    together.join(line, match.line());
                }
            }
            if (reason == null) {
                near.add(line, seen.sketch());
            }
        }
        if (reason == null && seen.group() != null) {
            int first = groups.firstOr(seen.group(), line);
            if (first >= 0) {
                together.join(line, first);
            }
        }
        verdicts.add(reason, seen.language(), original, text.label());
    }

    Verdicts verdicts() {
        return verdicts;
    }

    /** Which documents are near-duplicates or of one group. */
    DisjointSets together() {
        return together;
    }

    int blank() {
        return blank;
    }

    @Nullable
    Bands bands() {
        return near == null ? null : near.bands();
    }

    int cut() {
        return near == null ? 0 : near.cut();
    }

    @Override
    public void close() throws IOException {
        if (near != null) {
            near.close();
        }
    }
}
