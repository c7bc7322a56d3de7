package io.baigong.tuning.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.spi.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Has a chat model work on each document of a file, several at once; what it makes of them is written in their order. Answers are kept beside the
 * output until all is done ({@code OUT.answers}), so that nothing is asked twice.
 */
public final class ChatDocuments {
    private static final int MOST_AT_ONCE = 64;

    private final Path in;
    private final Path out;
    private final int atOnce;
    private final String model;
    private final ChatWork work;
    private final DocumentParser parser = new DocumentParser(Reading.JSON_LINES);
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private long documents;

    /**
     * @param atOnce how many documents are worked on at the same time, 1 to 64
     * @param model who answers; what another answered is not gone on from
     */
    public ChatDocuments(Path in, Path out, int atOnce, String model, ChatWork work) {
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "1 to " + MOST_AT_ONCE + " documents are worked on at once, not " + atOnce);
        }
        this.in = in;
        this.out = out;
        this.atOnce = atOnce;
        this.model = model;
        this.work = work;
    }

    /**
     * What was made.
     *
     * @param counts of what happened, by kind
     */
    public record Report(long documents, long written, SortedMap<String, Long> counts, String sha256) {}

    /** What is to be written, or why it can't be. */
    private record Done(
            ChatWork.@Nullable Made made, @Nullable String wrong) {}

    /** Throws {@link IOException} that names the line which is no document, or says why the chat model did not answer. */
    public Report run(Chat chat, Progress progress) throws IOException {
        Path answers = out.resolveSibling(out.getFileName() + ".answers");
        if (Files.exists(answers) && Files.isSameFile(answers, in)) {
            throw new Unusable(in + " would be written and deleted; name another output");
        }
        try (var remembered = new RememberedChat(answers, model, chat);
                var source = new Source(List.of(in), Reading.JSON_LINES.maxLineBytes(), atOnce, 1);
                var file = new FrozenFile(out)) {
            source.read(line -> done(line, remembered), done -> write(done, file, remembered), progress, "asking");
            if (documents == 0) {
                throw new Unusable(in.getFileName() + " has no document");
            }
            FrozenFile.Frozen frozen = file.freeze();
            remembered.forget();
            return new Report(documents, frozen.documents(), counts, frozen.sha256());
        }
    }

    private Done done(Source.Line line, Chat chat) {
        return switch (parser.parsed(line)) {
            case Document.Blank _ -> new Done(null, null);
            case Document.Refused refused -> new Done(null, line.place() + ": " + refused.detail());
            case Document.Text document -> {
                ObjectNode object = parser.object(document);
                try {
                    yield new Done(work.of(document.id(), document.text(), object, chat), null);
                } catch (Chat.Refused e) {
                    yield new Done(
                            ChatWork.Made.unchanged(parser.object(document), "documents that the chat model refused"),
                            null);
                } catch (IOException e) {
                    yield new Done(null, line.place() + ": " + e.getMessage());
                }
            }
        };
    }

    private void write(Done done, FrozenFile file, RememberedChat chat) throws IOException {
        if (done.wrong != null) {
            throw new Unusable(
                    done.wrong
                            + (chat.size() == 0
                                    ? ""
                                    : ". The " + chat.size()
                                            + " answers so far are kept: begin again with the same words, and they are not asked for again"));
        }
        if (done.made != null) {
            documents++;
            for (ObjectNode document : done.made.documents()) {
                file.line(document.toString().getBytes(StandardCharsets.UTF_8));
            }
            done.made.counts().forEach(count -> counts.merge(count.of(), count.number(), Long::sum));
        }
    }
}
