@NullMarked
package io.baigong.registry.history;

import org.jspecify.annotations.NullMarked;
