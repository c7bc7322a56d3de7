@NullMarked
package io.baigong.registry.artifact;

import org.jspecify.annotations.NullMarked;
