/** What is kept from servers, and from callers: personal data in what is asked and answered. */
@NullMarked
package io.baigong.gateway.guard;

import org.jspecify.annotations.NullMarked;
