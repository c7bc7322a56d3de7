@NullMarked
package io.baigong.testkit;

import org.jspecify.annotations.NullMarked;
