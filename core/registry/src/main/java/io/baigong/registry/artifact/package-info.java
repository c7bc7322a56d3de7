/** Files of models, kept by their digest. */
@NullMarked
package io.baigong.registry.artifact;

import org.jspecify.annotations.NullMarked;
