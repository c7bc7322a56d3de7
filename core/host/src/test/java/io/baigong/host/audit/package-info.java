@NullMarked
package io.baigong.host.audit;

import org.jspecify.annotations.NullMarked;
