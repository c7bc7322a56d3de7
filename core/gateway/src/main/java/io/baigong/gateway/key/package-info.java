/** Keys of outside programs: who may call models, how much, and what was used. */
@NullMarked
package io.baigong.gateway.key;

import org.jspecify.annotations.NullMarked;
