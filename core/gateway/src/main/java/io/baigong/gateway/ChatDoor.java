package io.baigong.gateway;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.OwnCalls;
import io.baigong.spi.Completion;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Prompt;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The chat model that tasks may ask, by the gateway's routes. Thread-safe. */
final class ChatDoor implements AutoCloseable {
    private final ChatModel model;
    private final String name;
    private final OwnCalls calls;

    private ChatDoor(ChatModel model, String name, OwnCalls calls) {
        this.model = model;
        this.name = name;
        this.calls = calls;
    }

    /** The configured chat model, if any. Throws {@link IllegalArgumentException} when the gateway has none of that name. */
    static Optional<ChatDoor> open(ChatConfig config, Supplier<OwnCalls> routes) {
        return config.model().map(name -> {
            OwnCalls calls = routes.get();
            if (!calls.models().contains(name)) {
                calls.close();
                throw new IllegalArgumentException("baigong.chat.model is " + name
                        + ", but the models of baigong.gateway.models are " + calls.models());
            }
            var model = OpenAiChatModel.builder()
                    .httpClientBuilder(new RoutedHttp(calls, config.timeout()))
                    .baseUrl("http://routed")
                    .apiKey("none")
                    .modelName(name)
                    .maxRetries(0)
                    .strictJsonSchema(true)
                    .build();
            return new ChatDoor(model, name, calls);
        });
    }

    @Override
    public void close() {
        calls.close();
    }

    String name() {
        return name;
    }

    Completion complete(Prompt prompt) {
        var request = ChatRequest.builder()
                .messages(SystemMessage.from(prompt.system()), UserMessage.from(prompt.user()))
                .maxOutputTokens(prompt.maxTokens())
                .temperature(0.0);
        prompt.jsonSchema()
                .ifPresent(schema -> request.responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name("answer")
                                .rootElement(JsonRawSchema.from(schema))
                                .build())
                        .build()));
        try {
            return completion(model.chat(request.build()));
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException e) {
            ApiException failure = failure(e);
            if (failure == null) {
                throw new ModelException(
                        ErrorCode.Model.BROKEN_ANSWER, "the answer of chat model " + name + " can't be read", e);
            }
            ErrorCode code = switch (failure.status()) {
                case 504 -> ErrorCode.Resource.TIMEOUT;
                case 429 -> ErrorCode.Resource.BUSY;
                default -> ErrorCode.Model.UNAVAILABLE;
            };
            throw new ModelException(code, "the chat model " + name + " did not answer: " + failure.getMessage(), e);
        }
    }

    private static @Nullable ApiException failure(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException failure) {
                return failure;
            }
        }
        return null;
    }

    private Completion completion(ChatResponse response) {
        @Nullable String text = response.aiMessage().text();
        if (text == null) {
            throw new ModelException(
                    ErrorCode.Model.BROKEN_ANSWER, "the chat model " + name + " answered without text");
        }
        var usage = response.tokenUsage();
        return usage == null
                ? new Completion(text, 0, 0)
                : new Completion(
                        text,
                        Objects.requireNonNullElse(usage.inputTokenCount(), 0),
                        Objects.requireNonNullElse(usage.outputTokenCount(), 0));
    }
}
