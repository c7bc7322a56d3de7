/** Fine-tuning of language models: plans beforehand, as REST and the command line write them. */
@NullMarked
package io.baigong.host.llm;

import org.jspecify.annotations.NullMarked;
