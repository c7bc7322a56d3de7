package io.baigong.gateway;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15q.BgeSmallZhV15QuantizedEmbeddingModel;
import dev.langchain4j.model.output.Response;
import io.baigong.gateway.proxy.Script;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Encoders in this process that tell whether two questions mean the same: all-MiniLM-L6-v2 for English, shared with all other callers
 * of the gateway, and bge-small-zh-v1.5 for Chinese, opened when the first Chinese question comes. Thread-safe.
 */
public final class QuestionEncoders implements Function<Script, EmbeddingModel>, AutoCloseable {
    private final EmbeddingModel english;
    private final Chinese chinese = new Chinese();

    public QuestionEncoders(Gateway gateway) {
        this.english = new English(gateway);
    }

    @Override
    public EmbeddingModel apply(Script script) {
        return switch (script) {
            case LATIN -> english;
            case HAN -> chinese;
        };
    }

    /** Embeds together with what others want embedded now. */
    private record English(Gateway gateway) implements EmbeddingModel {
        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> texts) {
            String encoder = gateway.encoders().iterator().next();
            float[][] vectors = gateway.embed(
                            encoder, texts.stream().map(TextSegment::text).toList())
                    .vectors();
            return Response.from(Arrays.stream(vectors).map(Embedding::from).toList());
        }
    }

    /** Embeds on a thread of its own, for native code would hold those on which virtual threads run. */
    private static final class Chinese implements EmbeddingModel, AutoCloseable {
        private final ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("chinese-questions").factory());
        private @Nullable EmbeddingModel opened;

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> texts) {
            return CompletableFuture.supplyAsync(() -> model().embedAll(texts), thread)
                    .join();
        }

        private EmbeddingModel model() {
            if (opened == null) { // its files are looked for by the thread's class loader
                Thread.currentThread().setContextClassLoader(QuestionEncoders.class.getClassLoader());
                opened = new BgeSmallZhV15QuantizedEmbeddingModel(Runnable::run);
            }
            return opened;
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }

    @Override
    public void close() {
        chinese.close();
    }
}
