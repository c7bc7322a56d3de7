@NullMarked
package io.baigong.host.webhook;

import org.jspecify.annotations.NullMarked;
