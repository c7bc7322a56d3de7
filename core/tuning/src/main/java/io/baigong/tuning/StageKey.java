package io.baigong.tuning;

import io.baigong.spi.LabelledRows;
import io.baigong.spi.LabelledText;
import io.baigong.spi.Tensor;
import io.baigong.spi.TensorExamples;
import io.baigong.spi.TextPair;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a stage of a training learns from what: the SHA-256 of a specification and of the data. */
public final class StageKey {
    private StageKey() {}

    private static Digest of(Record spec) {
        Digest digest = new Digest().add(spec.getClass().getSimpleName());
        for (RecordComponent component : spec.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(spec);
                // Java orders a map in another way in each process.
                digest.add(String.valueOf(value instanceof Map<?, ?> map ? new TreeMap<>(map) : value));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a specification is a public record", e);
            }
        }
        return digest;
    }

    public static String ofTexts(Record spec, List<LabelledText> texts) {
        Digest digest = of(spec).add(texts.size());
        for (LabelledText text : texts) {
            digest.add(text.group()).add(text.text()).add(text.spans().toString());
        }
        return digest.hex();
    }

    public static String ofPairs(Record spec, List<TextPair> pairs) {
        Digest digest = of(spec).add(pairs.size());
        pairs.forEach(pair -> digest.add(pair.text()).add(pair.same()).add(pair.meaning()));
        return digest.hex();
    }

    /** Of all rows, part after part. */
    public static String ofRows(Record spec, List<LabelledRows> parts) {
        Digest digest = of(spec);
        for (LabelledRows part : parts) {
            digest.add(part.rows().size());
            for (LabelledRows.Row row : part.rows()) {
                digest.add(row.features()).add(new float[] {row.label(), row.weight()});
                digest.add(row.group());
            }
        }
        return digest.hex();
    }

    /** Of the first and the last example; the others are made only as they are learned from. */
    public static String ofExamples(Record spec, TensorExamples examples) {
        Digest digest = of(spec).add(examples.size());
        for (int index = 0; index < examples.size(); index += Math.max(1, examples.size() - 1)) {
            TensorExamples.Example example = examples.example(index, new Random(index));
            digest.add(example.input()).add(example.target());
        }
        return digest.hex();
    }

    public static String ofTensor(Record spec, Tensor tensor) {
        return of(spec).add(Arrays.toString(tensor.shape()))
                .add(tensor.values())
                .hex();
    }
}
