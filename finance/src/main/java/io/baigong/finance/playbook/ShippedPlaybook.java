package io.baigong.finance.playbook;

/** The playbooks that come with the product. */
public enum ShippedPlaybook {
    /** For the customer of a services agreement. */
    SERVICES_BUYING("services-buying"),
    /** For the licensee of a software licence. */
    SOFTWARE_LICENSING("software-licensing");

    private final String file;

    ShippedPlaybook(String file) {
        this.file = file;
    }

    /** Class path resource of its YAML. */
    public String resource() {
        return "/playbooks/" + file + ".yaml";
    }
}
