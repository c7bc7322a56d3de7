/** The host: it finds the verticals, lends them the platform, and opens them to people and programs. */
@NullMarked
package io.baigong.host;

import org.jspecify.annotations.NullMarked;
