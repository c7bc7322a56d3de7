/** Object stores outside the suite. */
@NullMarked
package io.baigong.journal.objects;

import org.jspecify.annotations.NullMarked;
