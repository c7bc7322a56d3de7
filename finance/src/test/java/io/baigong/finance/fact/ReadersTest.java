package io.baigong.finance.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.spi.LocalText;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each reader on phrases as contracts have them; expected values were worked out by hand. */
class ReadersTest {
    private static String all(List<? extends Reading<?>> readings) {
        return readings.stream()
                .map(r -> switch (r.value()) {
                    case Fact.Value value -> value.shown();
                    case LocalText text -> text.en();
                    default -> r.value().toString();
                })
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            made as of March 2, 2026 (the            | 2026-03-02
            made on 2 March 2026 between             | 2026-03-02
            this 2nd day of March, 2026              | 2026-03-02
            dated Sept. 15th, 2019                   | 2019-09-15
            the 1st day of June in the year 2020     | 2020-06-01
            effective 03/02/2026                     | 2026-03-02
            effective 25/12/2019                     | 2019-12-25
            from 2026-03-02 to 2027-03-01            | 2026-03-02; 2027-03-01
            于2026年3月2日签订                        | 2026-03-02
            于二〇二六年三月二十五日签订                | 2026-03-25
            February 30, 2026                        | -
            the ____ day of March, 20__              | -
            13/13/2026                               | -
            Section 3.2.1 and 2026 units             | -
            """)
    void dates(String text, String expected) {
        assertThat(all(Dates.in(text, 0, text.length()))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            thirty (30) days' notice                       | 30 days
            one hundred eighty (180) days before           | 180 days
            one hundred and twenty days                    | 120 days
            for twelve months                              | 12 months
            five (5) years from                            | 5 years
            a two-year term                                | 2 years
            ten (10) business days                         | 10 business days
            twenty-four (24) month period                  | 24 months
            6 weeks                                        | 6 weeks
            the third (3rd) anniversary of                 | 3 years
            renewed from year to year                      | 1 year
            提前三十日书面通知                               | 30 days
            提前30天通知                                    | 30 days
            期限为5年                                       | 5 years
            期限为五（5）年                                  | 5 years
            十二个月                                        | 12 months
            十五个工作日内                                   | 15 business days
            于2026年3月2日签订                               | -
            in the year 2026                               | -
            """)
    void periods(String text, String expected) {
        String plain = PlainText.of(text).text();
        assertThat(all(Periods.in(plain, 0, plain.length()))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            not exceed $1,200,000 in                     | USD 1200000
            US$2.5 million                               | USD 2500000
            USD 750,000.50                               | USD 750000.5
            one million dollars ($1,000,000)             | USD 1000000
            €300,000 or £100,000                         | EUR 300000; GBP 100000
            500,000 euros                                | EUR 500000
            HK$5m                                        | HKD 5000000
            人民币100万元                                 | CNY 1000000
            人民币壹佰万元整                               | CNY 1000000
            ￥500,000                                    | CNY 500000
            100,000元                                    | CNY 100000
            30万美元                                      | USD 300000
            Section 8 and 100 units                      | -
            """)
    void amounts(String text, String expected) {
        String plain = PlainText.of(text).text();
        List<Reading<Fact.Money>> amounts = Amounts.in(plain, 0, plain.length());
        String first = amounts.stream().map(a -> a.value().shown()).distinct().collect(Collectors.joining("; "));
        assertThat(first).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            liability shall not exceed the fees paid in the three (3) months preceding the claim              | 1 × fees (3 months)
            liability is limited to two times the fees paid in the twelve months before the claim             | 2 × fees (12 months)
            liability shall not exceed one hundred fifty percent (150%) of the amounts payable hereunder      | 1.5 × amounts paid
            liability shall not exceed twice the fees paid in the preceding year                              | 2 × fees (12 months)
            liability shall not exceed £100,000.                                                              | GBP 100000
            liability shall not exceed the greater of $1,000,000 or the fees paid in the prior 12 months      | USD 1000000; 1 × fees (12 months)
            责任不超过事件发生前十二个月内甲方已支付的服务费                                                       | 1 × 服务费 (12 months)
            赔偿责任以合同总价的百分之二十为限                                                                   | 0.2 × 合同总价
            责任上限为人民币500万元                                                                            | CNY 5000000
            赔偿责任不超过服务费的两倍                                                                          | 2 × 服务费
            Neither party is liable for the fees paid by the other                                            | -
            maintain liability insurance with a limit of $2,000,000 per occurrence                            | -
            """)
    void caps(String text, String expected) {
        String plain = PlainText.of(text).text();
        assertThat(all(CapReader.in(plain, 0, plain.length()))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            governed by and construed in accordance with the laws of the State of Delaware, without regard to          | Delaware
            GOVERNED BY THE LAWS OF THE STATE OF NEW YORK WITHOUT REGARD TO THE CONFLICT OF LAWS RULES OF TEXAS         | New York
            governed by the laws of England and Wales, and the courts of Scotland                                       | England and Wales
            governed by the laws of the Province of Ontario and the federal laws of Canada applicable therein           | Ontario
            governed by English law                                                                                     | England and Wales
            construed in accordance with the laws of the Commonwealth of Massachusetts                                  | Massachusetts
            governed by the laws of the People's Republic of China                                                      | China
            本合同适用中华人民共和国法律                                                                                   | China
            本协议适用香港特别行政区法律                                                                                   | Hong Kong
            governed by the laws of Ruritania                                                                           | -
            """)
    void laws(String text, String expected) {
        assertThat(all(Jurisdictions.chosen(text, 0, text.length()))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            by and between Acme, Inc., a Delaware corporation ("Acme"), and Beta & Sons LLC, a Texas company (the "Buyer"). | Acme, Inc. (“Acme”); Beta & Sons LLC (“Buyer”)
            is made between: (1) ACME LIMITED, a company incorporated in England and Wales (the "Supplier"); and (2) BETA PLC (hereinafter referred to as the "Customer"). | ACME LIMITED (“Supplier”); BETA PLC (“Customer”)
            among Bank of Kesh (“Lender”), Dorn GmbH (“Borrower”) and Elm S.A. (“Guarantor”) | Bank of Kesh (“Lender”); Dorn GmbH (“Borrower”); Elm S.A. (“Guarantor”)
            between Acme Corp. and Beta Ltd. | Acme Corp.; Beta Ltd.
            甲方：北京白工科技有限公司，乙方：上海青石数据（集团）有限公司。 | 北京白工科技有限公司 (“甲方”); 上海青石数据(集团)有限公司 (“乙方”)
            The parties agree. | -
            """)
    void parties(String text, String expected) {
        assertThat(all(PartyReader.in(PlainText.of(text).text()))).isEqualTo(expected == null ? "" : expected);
    }
}
