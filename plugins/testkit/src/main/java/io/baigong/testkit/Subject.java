package io.baigong.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import io.baigong.spi.Attachment;
import io.baigong.spi.Models;
import io.baigong.spi.Outcome;
import io.baigong.spi.Sample;
import io.baigong.spi.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/**
 * A task with one input to try it with.
 *
 * @param what names the task and the input in a message
 */
record Subject<I extends Record, O extends Record>(Task<I, O> task, Sample sample, I input, String what) {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Copies the sample's files into a new folder under {@code folder}, and makes the input of them. */
    static <I extends Record, O extends Record> Subject<I, O> of(Task<I, O> task, Sample sample, Path folder) {
        var files = new HashMap<String, Attachment>();
        try {
            Path own = Files.createTempDirectory(folder, "sample");
            for (Map.Entry<String, URL> attachment : sample.attachments().entrySet()) {
                String path = URLDecoder.decode(attachment.getValue().getPath(), StandardCharsets.UTF_8);
                String name = path.substring(path.lastIndexOf('/') + 1);
                Path file = own.resolve(attachment.getKey());
                try (InputStream in = attachment.getValue().openStream()) {
                    Files.copy(in, file);
                }
                files.put(attachment.getKey(), new Attachment(name, file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(task.id() + ": the files of sample " + sample.name() + " can't be read", e);
        }
        return of(task, sample, files, sample.fields(), task.id() + " on sample " + sample.name());
    }

    /** The same sample, but with one file replaced by a file of the same name. */
    Subject<I, O> withFile(String component, byte[] bytes, String how) {
        var files = new HashMap<String, Attachment>();
        for (RecordComponent each : task.inputType().getRecordComponents()) {
            if (value(each, input) instanceof Attachment attachment) {
                files.put(each.getName(), attachment);
            }
        }
        Attachment old = files.get(component);
        if (old == null) {
            throw new IllegalArgumentException(what + " has no file " + component);
        }
        try {
            Path file = Files.createTempFile(old.file().getParent(), component, ".bad");
            files.put(component, new Attachment(old.name(), Files.write(file, bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(task, sample, files, sample.fields(), what + " with " + how + " as " + component);
    }

    /** The same sample with other fields. */
    Subject<I, O> withFields(Map<String, String> fields, String how) {
        var files = new HashMap<String, Attachment>();
        for (RecordComponent each : task.inputType().getRecordComponents()) {
            if (value(each, input) instanceof Attachment attachment) {
                files.put(each.getName(), attachment);
            }
        }
        return of(task, sample, files, fields, what + " with " + how);
    }

    private static <I extends Record, O extends Record> Subject<I, O> of(
            Task<I, O> task, Sample sample, Map<String, Attachment> files, Map<String, String> fields, String what) {
        RecordComponent[] components = task.inputType().getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> component.getType() == Attachment.class
                        ? files.get(component.getName())
                        : field(component, fields.get(component.getName()), what))
                .toArray();
        try {
            Constructor<I> constructor = task.inputType()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return new Subject<>(task, sample, constructor.newInstance(values), what);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new AssertionError(what + ": the input record can't be made of the sample", e);
        }
    }

    /** Reads a field as the platform does: a JSON scalar as plain text, anything larger as JSON. */
    private static @Nullable Object field(RecordComponent component, @Nullable String text, String what) {
        if (text == null) {
            return null;
        }
        JavaType type = JsonTypes.MAPPER.constructType(component.getGenericType());
        try {
            return type.isContainerType() || component.getType().isRecord()
                    ? JsonTypes.MAPPER.readValue(text, type)
                    : JsonTypes.MAPPER.convertValue(text, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new AssertionError(what + ": field " + component.getName() + " does not take \"" + text + "\"", e);
        }
    }

    /** Runs in a fresh context with seed 0; what the task throws becomes a failure of the test. */
    Outcome<O> run(Models models) {
        return Assertions.assertTimeoutPreemptively(
                LONGEST,
                () -> {
                    try {
                        return task.run(input, FakeContext.of(models));
                    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                        throw new AssertionError(what + " threw instead of answering Failed", e);
                    }
                },
                what + " took longer than " + LONGEST);
    }

    static @Nullable Object value(RecordComponent component, Record of) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("component " + component.getName() + " can't be read", e);
        }
    }
}
