@NullMarked
package io.baigong.host.decay;

import org.jspecify.annotations.NullMarked;
