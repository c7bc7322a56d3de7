package io.baigong.tuning.llm;

/**
 * What is tuned.
 *
 * @param name where its files are below the folder of models: {@code Qwen2.5-7B} or {@code Qwen/Qwen2.5-7B}
 */
public record BaseModel(String name, DecoderShape shape) {}
