/** Tests of runs. */
@NullMarked
package io.baigong.host.run;

import org.jspecify.annotations.NullMarked;
