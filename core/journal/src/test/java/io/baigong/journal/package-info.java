/** Tests of the journal, against a real PostgreSQL. */
@NullMarked
package io.baigong.journal;

import org.jspecify.annotations.NullMarked;
