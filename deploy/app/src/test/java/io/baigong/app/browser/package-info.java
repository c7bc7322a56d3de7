/** The web page in a real browser, against the whole suite. */
@NullMarked
package io.baigong.app.browser;

import org.jspecify.annotations.NullMarked;
