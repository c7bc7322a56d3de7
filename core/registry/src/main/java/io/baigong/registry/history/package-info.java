/** What happened to the models of a role, from registration to retirement, and what follows from it. */
@NullMarked
package io.baigong.registry.history;

import org.jspecify.annotations.NullMarked;
