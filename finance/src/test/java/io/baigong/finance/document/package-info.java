@NullMarked
package io.baigong.finance.document;

import org.jspecify.annotations.NullMarked;
