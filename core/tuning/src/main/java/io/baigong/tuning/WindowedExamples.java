package io.baigong.tuning;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.baigong.compute.TokenizedText;
import io.baigong.spi.LabelledText;
import io.baigong.spi.TokenTaggerSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Labelled texts, cut anew into windows for each epoch. */
final class WindowedExamples {
    /**
     * A window of one text.
     *
     * @param start first token, {@code [start, end)}
     */
    record Window(Example example, int start, int end) {}

    /** A labelled stretch of tokens, {@code [start, end)}. */
    record TokenSpan(int label, int start, int end) {}

    /**
     * A text as tokens, with its spans in order of their starts.
     *
     * @param soft what teachers say of it; null without any
     */
    record Example(
            TokenizedText text,
            List<TokenSpan> spans,
            @Nullable SoftLabels soft) {}

    private record Taught(LabelledText text, @Nullable SoftLabels soft) {}

    /** What is learned from, and what is held out. */
    record Parts(WindowedExamples learned, WindowedExamples heldOut) {}

    private final List<Example> examples = new ArrayList<>();
    private final TokenTaggerSpec spec;

    private WindowedExamples(TokenTaggerSpec spec, List<Taught> texts, HuggingFaceTokenizer tokenizer) {
        this.spec = spec;
        for (Taught each : texts) {
            examples.add(example(TokenizedText.of(each.text.text(), tokenizer), each.text.spans(), each.soft));
        }
    }

    /**
     * Parts the texts by their groups.
     *
     * @param soft what teachers say of each text; empty without any
     */
    static Parts parts(
            TokenTaggerSpec spec, List<LabelledText> texts, List<SoftLabels> soft, HuggingFaceTokenizer tokenizer) {
        Set<String> groups = HeldOut.of(
                spec.stopping(), texts.stream().map(LabelledText::group).toList(), spec.seed());
        Map<Boolean, List<Taught>> parted = IntStream.range(0, texts.size())
                .mapToObj(i -> new Taught(texts.get(i), soft.isEmpty() ? null : soft.get(i)))
                .collect(Collectors.partitioningBy(each -> groups.contains(each.text.group())));
        return new Parts(
                new WindowedExamples(spec, parted.getOrDefault(false, List.of()), tokenizer),
                new WindowedExamples(spec, parted.getOrDefault(true, List.of()), tokenizer));
    }

    private Example example(TokenizedText tokens, List<LabelledText.Span> spans, @Nullable SoftLabels soft) {
        var found = new ArrayList<TokenSpan>();
        for (LabelledText.Span span : spans) {
            int label = spec.labels().indexOf(span.label());
            if (label < 0) {
                throw new IllegalArgumentException(
                        "an example has the label '" + span.label() + "', the model has not");
            }
            int first = 0;
            int last = tokens.length();
            while (first < last && tokens.ends()[first] <= span.start()) {
                first++;
            }
            while (last > first && tokens.starts()[last - 1] >= span.end()) {
                last--;
            }
            if (first < last) {
                found.add(new TokenSpan(label, first, last));
            }
        }
        return new Example(tokens, found, soft);
    }

    /** Windows for one epoch, shuffled: all with a label, and the share wanted of the others. */
    List<Window> epoch(Random random) {
        var windows = new ArrayList<Window>();
        for (Example example : examples) {
            int length = example.text().length();
            int start = 0;
            int end = Math.min(length, spec.maxTokens() / 2 + random.nextInt(spec.maxTokens() / 2 + 1));
            while (start < length) {
                var window = new Window(example, start, end);
                if (labelled(window) || random.nextDouble() < spec.negativeShare()) {
                    windows.add(window);
                }
                start = end;
                end = Math.min(length, start + spec.maxTokens());
            }
        }
        Collections.shuffle(windows, random);
        return windows;
    }

    /** All windows, as long as they may be, in the texts' order. */
    List<Window> all() {
        var windows = new ArrayList<Window>();
        for (Example example : examples) {
            int length = example.text().length();
            for (int start = 0; start < length; start += spec.maxTokens()) {
                windows.add(new Window(example, start, Math.min(length, start + spec.maxTokens())));
            }
        }
        return windows;
    }

    private static boolean labelled(Window window) {
        for (TokenSpan span : window.example().spans()) {
            if (span.start() < window.end() && span.end() > window.start()) {
                return true;
            }
        }
        return false;
    }
}
