/** The walls of the house, and the faults planted to see that they hold. */
@NullMarked
package io.baigong.walls;

import org.jspecify.annotations.NullMarked;
