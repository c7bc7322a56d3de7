/** OpenAI's API: {@code /v1}. */
@NullMarked
package io.baigong.host.openai;

import org.jspecify.annotations.NullMarked;
