package io.baigong.gateway.proxy;

/** What a server speaks. */
public enum Protocol {
    /** OpenAI's API: texts, answered in JSON or streams. */
    OPENAI,
    /** The Open Inference Protocol, KServe V2, over REST: tensors. Triton, KServe, TorchServe, MLServer. */
    KSERVE
}
