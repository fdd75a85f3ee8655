/** The company that runs this site. Another rental company deploys the site by changing this one value. */
export interface Brand {
  /** Stands first in the header, as in the customer's document. */
  shortName: string;
  companyName: string;
  siteTitle: string;
  consultationLead: string;
  telephone: string;
  telephoneHours: string;
  contactLabel: string;
  contactCenter: string;
}

/** Source: the customer's document, the head of every screen. */
export const brand: Brand = {
  shortName: 'NTTREC',
  companyName: 'レンタル・エンジニアリング株式会社',
  siteTitle: 'WEB会員専用ご注文サイト',
  consultationLead: 'レンタルのご相談はお気軽にどうぞ',
  telephone: '0120-91-5809',
  telephoneHours: '受付時間 9:00~17:00 (土日・祝日は除く)',
  contactLabel: 'お問い合わせ',
  contactCenter: 'コンタクトセンタ',
};
