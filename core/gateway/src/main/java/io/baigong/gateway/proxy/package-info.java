/**
 * The way of a call that speaks OpenAI's API: key, limits, route, backend, and back in the same bytes. Runs on the event loop;
 * nothing in it blocks.
 */
@NullMarked
package io.baigong.gateway.proxy;

import org.jspecify.annotations.NullMarked;
