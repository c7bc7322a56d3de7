@NullMarked
package io.baigong.host.reference;

import org.jspecify.annotations.NullMarked;
