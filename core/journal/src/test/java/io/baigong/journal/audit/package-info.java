@NullMarked
package io.baigong.journal.audit;

import org.jspecify.annotations.NullMarked;
