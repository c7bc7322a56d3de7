@NullMarked
package io.baigong.host.llm;

import org.jspecify.annotations.NullMarked;
