@NullMarked
package io.baigong.gateway.trace;

import org.jspecify.annotations.NullMarked;
