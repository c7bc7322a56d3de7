package io.baigong.finance.clause;

import io.baigong.spi.LocalText;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The 41 clause types of the Contract Understanding Atticus Dataset (CUAD, arXiv 2103.06268, appendix A). */
@SuppressWarnings("ImmutableEnumChecker")
public enum ClauseType {
    DOCUMENT_NAME("Document Name", "Document name", "文件名称"),
    /** Each party, by name and by the defined term that stands for it. */
    PARTIES("Parties", "Parties", "合同主体"),
    /** The day on which it was signed or made. */
    AGREEMENT_DATE("Agreement Date", "Agreement date", "签订日期"),
    /** The day from which it has effect. */
    EFFECTIVE_DATE("Effective Date", "Effective date", "生效日期"),
    /** When the initial term ends, as a day or as a length. */
    EXPIRATION_DATE("Expiration Date", "Expiration date", "到期日"),
    /** How it goes on after the initial term: by itself or by notice, and for how long. */
    RENEWAL_TERM("Renewal Term", "Renewal term", "续期期限"),
    /** How long before its end one must say that it shall not go on. */
    NOTICE_PERIOD_TO_TERMINATE_RENEWAL("Notice Period to Terminate Renewal", "Notice to stop renewal", "不续期通知期"),
    GOVERNING_LAW("Governing Law", "Governing law", "适用法律"),
    /** The counterparty's most favourable terms are owed to this party too. */
    MOST_FAVORED_NATION("Most Favored Nation", "Most favored nation", "最惠待遇"),
    /** A party must not compete with the other or work in some field, territory or line of business. */
    NON_COMPETE("Non-Compete", "Non-compete", "竞业禁止"),
    /** One party's commitment to deal with the other alone. */
    EXCLUSIVITY("Exclusivity", "Exclusivity", "排他安排"),
    NO_SOLICIT_OF_CUSTOMERS("No-Solicit of Customers", "No solicitation of customers", "不招揽客户"),
    /** Exceptions to a non-compete, an exclusivity or a no-solicit of customers. */
    COMPETITIVE_RESTRICTION_EXCEPTION(
            "Competitive Restriction Exception", "Exception to a competitive restriction", "竞争限制例外"),
    NO_SOLICIT_OF_EMPLOYEES("No-Solicit of Employees", "No solicitation of employees", "不招揽雇员"),
    NON_DISPARAGEMENT("Non-Disparagement", "Non-disparagement", "不贬损"),
    /** A party may end the contract without cause, by notice alone. */
    TERMINATION_FOR_CONVENIENCE("Termination for Convenience", "Termination for convenience", "任意解除权"),
    /** Right of first refusal, first offer or first negotiation. */
    ROFR_ROFO_ROFN("Rofr/Rofo/Rofn", "Right of first refusal, offer or negotiation", "优先权"),
    /** Rights or consent if a party is bought, merged or sells its business. */
    CHANGE_OF_CONTROL("Change of Control", "Change of control", "控制权变更"),
    /** Consent or notice is needed to assign the contract. */
    ANTI_ASSIGNMENT("Anti-Assignment", "Restriction of assignment", "转让限制"),
    REVENUE_PROFIT_SHARING("Revenue/Profit Sharing", "Revenue or profit sharing", "收入或利润分成"),
    /** A party's power over prices is limited. */
    PRICE_RESTRICTIONS("Price Restrictions", "Price restrictions", "价格限制"),
    /** A minimum order or payment in some period. */
    MINIMUM_COMMITMENT("Minimum Commitment", "Minimum commitment", "最低承诺量"),
    /** A fee or a consent is due if use passes some amount. */
    VOLUME_RESTRICTION("Volume Restriction", "Volume restriction", "用量限制"),
    /** Intellectual property that one party makes becomes the other's. */
    IP_OWNERSHIP_ASSIGNMENT("IP Ownership Assignment", "Assignment of intellectual property", "知识产权归属转让"),
    JOINT_IP_OWNERSHIP("Joint IP Ownership", "Joint intellectual property", "知识产权共有"),
    LICENSE_GRANT("License Grant", "License grant", "许可授予"),
    NON_TRANSFERABLE_LICENSE("Non-Transferable License", "Non-transferable license", "不可转让许可"),
    AFFILIATE_LICENSE_LICENSOR("Affiliate License-Licensor", "License of the licensor's affiliates", "许可方关联方许可"),
    AFFILIATE_LICENSE_LICENSEE("Affiliate License-Licensee", "License for the licensee's affiliates", "被许可方关联方许可"),
    /** Enterprise-wide or unlimited use. */
    UNLIMITED_LICENSE("Unlimited/All-You-Can-Eat-License", "Unlimited license", "无限量许可"),
    IRREVOCABLE_OR_PERPETUAL_LICENSE(
            "Irrevocable or Perpetual License", "Irrevocable or perpetual license", "不可撤销或永久许可"),
    SOURCE_CODE_ESCROW("Source Code Escrow", "Source code escrow", "源代码托管"),
    /** Duties after the end: transition, wind-down, last payments. */
    POST_TERMINATION_SERVICES("Post-Termination Services", "Services after termination", "终止后服务"),
    /** A party may inspect the other's books, records or premises. */
    AUDIT_RIGHTS("Audit Rights", "Audit rights", "审计权"),
    /** Liability that no cap limits, wholly or for some breaches. */
    UNCAPPED_LIABILITY("Uncapped Liability", "Uncapped liability", "无上限责任"),
    /** An upper limit of liability, an exclusion of kinds of damage, or a time limit for claims. */
    CAP_ON_LIABILITY("Cap on Liability", "Cap on liability", "责任上限"),
    /** An amount fixed in advance for a breach or an early end. */
    LIQUIDATED_DAMAGES("Liquidated Damages", "Liquidated damages", "约定违约金"),
    /** How long a warranty holds. */
    WARRANTY_DURATION("Warranty Duration", "Warranty duration", "质保期"),
    INSURANCE("Insurance", "Insurance", "保险"),
    /** A party must not contest the other's intellectual property, or must not sue beyond the contract. */
    COVENANT_NOT_TO_SUE("Covenant Not to Sue", "Covenant not to sue", "不起诉承诺"),
    /** Someone who is no party may enforce the contract. */
    THIRD_PARTY_BENEFICIARY("Third Party Beneficiary", "Third-party beneficiary", "第三方受益人");

    private static final Map<String, ClauseType> BY_CUAD_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(ClauseType::cuadName, Function.identity()));

    private final String cuadName;
    private final LocalText title;

    ClauseType(String cuadName, String en, String zh) {
        this.cuadName = cuadName;
        this.title = new LocalText(en, zh);
    }

    /** The name in CUAD's files, such as {@code Rofr/Rofo/Rofn}. */
    public String cuadName() {
        return cuadName;
    }

    /** What it is called on a page. */
    public LocalText title() {
        return title;
    }

    /** The type that CUAD calls {@code name}, exactly so written. */
    public static Optional<ClauseType> ofCuadName(String name) {
        return Optional.ofNullable(BY_CUAD_NAME.get(name));
    }
}
