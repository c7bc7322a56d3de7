/** A version as one file, to be carried from one suite to another. */
@NullMarked
package io.baigong.registry.bundle;

import org.jspecify.annotations.NullMarked;
