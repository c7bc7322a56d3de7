/** How long the texts of runs are kept. */
@NullMarked
package io.baigong.host.retention;

import org.jspecify.annotations.NullMarked;
