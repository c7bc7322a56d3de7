package io.baigong.finance.playbook;

import java.util.List;

/**
 * What a playbook finds in a contract.
 *
 * @param findings the gravest first
 * @param notes rules that could not be applied, and why
 */
public record Judgement(List<Finding> findings, List<String> notes) {}
