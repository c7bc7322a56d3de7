package io.baigong.gateway.proxy;

/** What OpenAI's API can be asked to do with a model. */
public enum Operation {
    CHAT("chat/completions", "max_tokens", true),
    COMPLETIONS("completions", "max_tokens", true),
    RESPONSES("responses", "max_output_tokens", false),
    EMBEDDINGS("embeddings", "", false);

    private final String path;
    private final String limit;
    private final boolean usageIsAskedFor;

    Operation(String path, String limit, boolean usageIsAskedFor) {
        this.path = path;
        this.limit = limit;
        this.usageIsAskedFor = usageIsAskedFor;
    }

    /** Under the API's address. */
    public String path() {
        return path;
    }

    /** The field of a request that says how many tokens an answer may have; empty where none does. */
    String limit() {
        return limit;
    }

    /** Whether its answers are texts, to be looked at. */
    boolean isText() {
        return this != EMBEDDINGS;
    }

    /** Whether a stream ends with its usage only if the request says so. */
    boolean usageIsAskedFor() {
        return usageIsAskedFor;
    }
}
