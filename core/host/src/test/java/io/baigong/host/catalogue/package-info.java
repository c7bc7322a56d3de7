/** Tests of the catalogue. */
@NullMarked
package io.baigong.host.catalogue;

import org.jspecify.annotations.NullMarked;
