@NullMarked
package io.baigong.tuning.llm;

import org.jspecify.annotations.NullMarked;
