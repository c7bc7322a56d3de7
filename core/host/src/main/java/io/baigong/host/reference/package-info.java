/** Reference data of verticals that operators import. */
@NullMarked
package io.baigong.host.reference;

import org.jspecify.annotations.NullMarked;
