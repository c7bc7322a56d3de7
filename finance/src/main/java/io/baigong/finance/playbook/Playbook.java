package io.baigong.finance.playbook;

import io.baigong.spi.LocalText;
import java.util.List;

/**
 * What an organisation wants of a kind of contract; its file format is {@code playbooks/playbook.schema.json}.
 *
 * @param name short name, such as {@code services-buying}
 * @param us terms by which contracts call the side that the playbook protects, such as {@code Customer}
 * @param them terms for the other side
 */
public record Playbook(
        String name, String version, LocalText title, List<String> us, List<String> them, List<Rule> rules) {}
