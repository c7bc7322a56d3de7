@NullMarked
package io.baigong.compute.text;

import org.jspecify.annotations.NullMarked;
