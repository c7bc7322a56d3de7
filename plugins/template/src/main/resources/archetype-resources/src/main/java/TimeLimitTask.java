package ${package};

import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evidence;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Outcome;
import io.baigong.spi.Panel;
import io.baigong.spi.Sample;
import io.baigong.spi.SourceText;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import java.io.IOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds the time limits that a text sets, each with the words that set it. */
public final class TimeLimitTask implements Task<TimeLimitInput, TimeLimits> {
    static final TaskId ID = new TaskId("${artifactId}", "time-limits");

    private static final long MOST_BYTES = 1 << 20;
    private static final String SOURCE = "document";

    @Override
    public TaskId id() {
        return ID;
    }

    @Override
    public LocalText title() {
        return new LocalText("Time limits", "期限识别");
    }

    @Override
    public Class<TimeLimitInput> inputType() {
        return TimeLimitInput.class;
    }

    @Override
    public Class<TimeLimits> outputType() {
        return TimeLimits.class;
    }

    @Override
    public List<ModelRole> roles() {
        return List.of();
    }

    @Override
    public Outcome<TimeLimits> run(TimeLimitInput input, TaskContext context) {
        String text;
        try {
            long size = Files.size(input.document().file());
            if (size > MOST_BYTES) {
                return new Outcome.Failed<>(
                        ErrorCode.User.TOO_LARGE, "The text has " + size + " bytes.", "Send at most one MiB.");
            }
            byte[] bytes = Files.readAllBytes(input.document().file());
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Outcome.Failed<>(
                    ErrorCode.User.CORRUPT, "The file is not text in UTF-8.", "Save it as plain text in UTF-8.");
        } catch (IOException e) {
            return new Outcome.Failed<>(
                    ErrorCode.Internal.FAULT, "The file could not be read: " + e.getMessage(), "Send it again.");
        }
        if (text.isBlank()) {
            return new Outcome.Failed<>(ErrorCode.User.EMPTY, "The file has no text.", "Send a file with text.");
        }
        List<TimeLimits.TimeLimit> limits = TimeLimitReader.read(text);
        List<Evidence> evidence = limits.stream()
                .map(limit -> (Evidence) new Evidence.TextSpan(SOURCE, limit.start(), limit.end(), limit.quote()))
                .toList();
        return new Outcome.Answered<>(new TimeLimits(text, limits), List.of(new SourceText(SOURCE, text)), evidence, 1);
    }

    @Override
    public List<Panel> panels() {
        return List.of(
                new Panel.Table(
                        new LocalText("Time limits", "期限"),
                        "/limits",
                        List.of(
                                new Panel.Column(new LocalText("Count", "数量"), "/count"),
                                new Panel.Column(new LocalText("Unit", "单位"), "/unit"),
                                new Panel.Column(new LocalText("Words", "原文"), "/quote"))),
                new Panel.Text(new LocalText("Text", "全文"), "/text"));
    }

    @Override
    public List<Sample> samples() {
        URL notice = Objects.requireNonNull(TimeLimitTask.class.getResource("/samples/${artifactId}/notice.txt"));
        LocalText title = new LocalText("Notice of defects", "瑕疵通知");
        return List.of(new Sample("notice", title, Map.of("document", notice), Map.of()));
    }
}
