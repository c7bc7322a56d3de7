/** What changed a moment ago, told to the pages that show it. */
@NullMarked
package io.baigong.host.change;

import org.jspecify.annotations.NullMarked;
