@NullMarked
package io.baigong.registry.language;

import org.jspecify.annotations.NullMarked;
