/** Tests of the registry. */
@NullMarked
package io.baigong.registry;

import org.jspecify.annotations.NullMarked;
