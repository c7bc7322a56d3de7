/** Servers and models that are added, changed and removed while the suite runs. */
@NullMarked
package io.baigong.gateway.admin;

import org.jspecify.annotations.NullMarked;
