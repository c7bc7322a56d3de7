/** Reports that people read, print and file: {@code ReportPage} is written once and comes out as HTML and as PDF. */
@NullMarked
package io.baigong.host.report;

import org.jspecify.annotations.NullMarked;
