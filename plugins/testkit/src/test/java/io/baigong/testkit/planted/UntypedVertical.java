package io.baigong.testkit.planted;

import io.baigong.spi.ErrorCode;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Outcome;
import io.baigong.spi.Sample;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import io.baigong.spi.TaskId;
import io.baigong.spi.Vertical;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sound, but its input has a component without a schema. */
public final class UntypedVertical implements Vertical {
    @Override
    public String name() {
        return "untyped";
    }

    @Override
    public List<Task<?, ?>> tasks() {
        return List.of(new Echo());
    }

    record Said(String words, @Nullable Object extra) {}

    record Heard(String words) {}

    private static final class Echo implements Task<Said, Heard> {
        @Override
        public TaskId id() {
            return new TaskId("untyped", "echo");
        }

        @Override
        public LocalText title() {
            return new LocalText("Echo", "回声");
        }

        @Override
        public Class<Said> inputType() {
            return Said.class;
        }

        @Override
        public Class<Heard> outputType() {
            return Heard.class;
        }

        @Override
        public Outcome<Heard> run(Said input, TaskContext context) {
            return input.words().isBlank()
                    ? new Outcome.Failed<>(ErrorCode.User.EMPTY, "There are no words.", "Say something.")
                    : new Outcome.Answered<>(new Heard(input.words()), List.of(), List.of(), 1);
        }

        @Override
        public List<ModelRole> roles() {
            return List.of();
        }

        @Override
        public List<Sample> samples() {
            return List.of(new Sample("hello", new LocalText("Hello", "你好"), Map.of(), Map.of("words", "Hello")));
        }
    }
}
