/** Playbooks: what an organisation wants of its contracts, and what a contract is found to lack. */
@NullMarked
package io.baigong.finance.playbook;

import org.jspecify.annotations.NullMarked;
