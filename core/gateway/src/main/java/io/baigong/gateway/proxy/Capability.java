package io.baigong.gateway.proxy;

/** What a call may need of a model beyond text. */
public enum Capability {
    TOOLS,
    /** An answer that keeps to a JSON schema. */
    JSON_SCHEMA,
    IMAGES,
    AUDIO,
    FILES
}
