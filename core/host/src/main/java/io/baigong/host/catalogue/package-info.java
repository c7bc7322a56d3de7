/** The verticals on this platform, and the JSON Schemas of their tasks. */
@NullMarked
package io.baigong.host.catalogue;

import org.jspecify.annotations.NullMarked;
