/** Tests of keys and limits. */
@NullMarked
package io.baigong.gateway.key;

import org.jspecify.annotations.NullMarked;
