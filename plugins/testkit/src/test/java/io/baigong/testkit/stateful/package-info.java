@NullMarked
package io.baigong.testkit.stateful;

import org.jspecify.annotations.NullMarked;
