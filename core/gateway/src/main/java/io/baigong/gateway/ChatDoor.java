package io.baigong.gateway;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.baigong.spi.Completion;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Prompt;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chat model behind an OpenAI-compatible server. Thread-safe. */
final class ChatDoor {
    private final ChatModel model;
    private final String name;
    private final String address;

    private ChatDoor(ChatModel model, String name, String address) {
        this.model = model;
        this.name = name;
        this.address = address;
    }

    /** The configured chat model, if any. */
    static Optional<ChatDoor> open(ChatConfig config) {
        if (config.baseUrl().isEmpty()) {
            return Optional.empty();
        }
        String address = config.baseUrl().get().toString();
        String name = config.model()
                .orElseThrow(() -> new IllegalArgumentException(
                        "baigong.chat.base-url is set, but baigong.chat.model is not: name the model to use there"));
        var model = OpenAiChatModel.builder()
                .baseUrl(address)
                .apiKey(config.apiKey().orElse("none"))
                .modelName(name)
                .timeout(config.timeout())
                .maxRetries(1)
                .strictJsonSchema(true)
                .build();
        return Optional.of(new ChatDoor(model, name, address));
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
        } catch (TimeoutException e) {
            throw new ModelException(ErrorCode.Resource.TIMEOUT, "the chat model at " + address + " took too long", e);
        } catch (RuntimeException e) { // LangChain4j wraps a refused connection in a bare one
            throw new ModelException(
                    ErrorCode.Model.UNAVAILABLE, "the chat model at " + address + " did not answer: " + cause(e), e);
        }
    }

    private Completion completion(ChatResponse response) {
        @Nullable String text = response.aiMessage().text();
        if (text == null) {
            throw new ModelException(
                    ErrorCode.Model.BROKEN_ANSWER, "the chat model at " + address + " answered without text");
        }
        var usage = response.tokenUsage();
        return usage == null
                ? new Completion(text, 0, 0)
                : new Completion(
                        text,
                        Objects.requireNonNullElse(usage.inputTokenCount(), 0),
                        Objects.requireNonNullElse(usage.outputTokenCount(), 0));
    }

    private static String cause(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
