@NullMarked
package io.baigong.host.report;

import org.jspecify.annotations.NullMarked;
