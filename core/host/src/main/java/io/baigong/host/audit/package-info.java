/** Reports that auditors ask for, made from the audit log. */
@NullMarked
package io.baigong.host.audit;

import org.jspecify.annotations.NullMarked;
