/** Programs elsewhere are told of what happens to models. */
@NullMarked
package io.baigong.host.webhook;

import org.jspecify.annotations.NullMarked;
