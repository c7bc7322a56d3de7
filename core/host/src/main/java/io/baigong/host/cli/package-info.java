/** The command line: every verb but {@code up}, without server or database. */
@NullMarked
package io.baigong.host.cli;

import org.jspecify.annotations.NullMarked;
