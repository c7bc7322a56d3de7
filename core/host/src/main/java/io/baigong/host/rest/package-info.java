/** REST resources under /api/v1, and the problems (RFC 9457) that they answer. */
@NullMarked
package io.baigong.host.rest;

import org.jspecify.annotations.NullMarked;
