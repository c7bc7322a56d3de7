@NullMarked
package io.baigong.registry.bundle;

import org.jspecify.annotations.NullMarked;
