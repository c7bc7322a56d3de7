/**
 * Fine-tuning of language models, as far as it can be said beforehand: recipes, and what they take in memory and time.
 *
 * <p>What learns is Transformers, PEFT, TRL and DeepSpeed, on a cluster or under {@code torchrun}; here is what they can be asked for.
 */
@NullMarked
package io.baigong.tuning.llm;

import org.jspecify.annotations.NullMarked;
