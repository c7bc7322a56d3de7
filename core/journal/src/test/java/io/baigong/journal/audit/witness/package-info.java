@NullMarked
package io.baigong.journal.audit.witness;

import org.jspecify.annotations.NullMarked;
