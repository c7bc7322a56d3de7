/** Tests of batches that need no database. */
@NullMarked
package io.baigong.host.batch;

import org.jspecify.annotations.NullMarked;
