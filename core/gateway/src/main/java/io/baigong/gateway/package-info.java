/** The one door to every model: in-process models of {@code core/compute}, and chat models behind an OpenAI-compatible server. */
@NullMarked
package io.baigong.gateway;

import org.jspecify.annotations.NullMarked;
