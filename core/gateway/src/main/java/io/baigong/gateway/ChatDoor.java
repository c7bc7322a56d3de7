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
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A chat model that tasks may ask, by the gateway's routes. Thread-safe. */
final class ChatDoor {
    private final ChatModel model;
    private final String name;

    /** @param name under which the routes have it */
    ChatDoor(String name, OwnCalls calls, Duration timeout) {
        this.name = name;
        model = OpenAiChatModel.builder()
                .httpClientBuilder(new RoutedHttp(calls, timeout))
                .baseUrl("http://routed")
                .apiKey("none")
                .modelName(name)
                .maxRetries(0)
                .strictJsonSchema(true)
                .build();
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
