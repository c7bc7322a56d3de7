@NullMarked
package io.baigong.host.account;

import org.jspecify.annotations.NullMarked;
