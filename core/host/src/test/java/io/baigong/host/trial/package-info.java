/** A tiny vertical for the host's own tests. */
@NullMarked
package io.baigong.host.trial;

import org.jspecify.annotations.NullMarked;
