/** Tests of the way of a call through the gateway. */
@NullMarked
package io.baigong.gateway.proxy;

import org.jspecify.annotations.NullMarked;
