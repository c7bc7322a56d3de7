/** Plain SQL, where it says more than entities do. */
@NullMarked
package io.baigong.host.database;

import org.jspecify.annotations.NullMarked;
