@NullMarked
package io.baigong.testkit.planted;

import org.jspecify.annotations.NullMarked;
