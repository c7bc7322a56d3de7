@NullMarked
package io.baigong.host.rpc;

import org.jspecify.annotations.NullMarked;
