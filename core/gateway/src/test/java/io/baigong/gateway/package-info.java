/** Tests of the gateway. */
@NullMarked
package io.baigong.gateway;

import org.jspecify.annotations.NullMarked;
