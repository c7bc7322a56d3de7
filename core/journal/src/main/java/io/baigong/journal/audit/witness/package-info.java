/**
 * Where signed heads of the audit log are kept outside its database. A log that is cut off, or written anew, no longer
 * agrees with them.
 */
@NullMarked
package io.baigong.journal.audit.witness;

import org.jspecify.annotations.NullMarked;
