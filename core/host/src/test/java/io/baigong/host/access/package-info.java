@NullMarked
package io.baigong.host.access;

import org.jspecify.annotations.NullMarked;
