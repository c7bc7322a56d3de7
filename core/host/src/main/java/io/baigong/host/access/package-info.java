/** Who may do what, and what became of it. */
@NullMarked
package io.baigong.host.access;

import org.jspecify.annotations.NullMarked;
