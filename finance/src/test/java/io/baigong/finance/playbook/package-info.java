@NullMarked
package io.baigong.finance.playbook;

import org.jspecify.annotations.NullMarked;
