/** One run of a task, whichever way it came in: input bound, evidence checked, journal written. */
@NullMarked
package io.baigong.host.run;

import org.jspecify.annotations.NullMarked;
