/** The mails that really went out, read as their recipient reads them. */
import type { Mail } from '../../../scripts/mail-catcher/mail-box.ts';
import { waitFor } from '../../../scripts/start/wait.ts';

/** Names of letters as they stand in the subject. */
export const letterNames = {
  code: 'ワンタイムパスワード通知',
  signedIn: 'ログイン通知メール',
  passwordChanged: 'パスワード変更のお知らせ',
  registrationChanged: '登録情報変更のお知らせ',
  emailChangeRequest: 'メールアドレス変更依頼受付',
  passwordReset: 'パスワード再設定のご案内',
  passwordSetup: 'パスワード設定依頼メール',
  signInReported: 'お心当たりのないログインの届け出がありました',
  accepted: 'ご注文受付完了のお知らせ',
  arranged: '商品手配完了のお知らせ',
  passwordSetupAgain: 'パスワード設定依頼メール（再送）',
  memberDeleted: '利用者削除のお知らせ',
} as const;

interface Wanted {
  to: string;
  /** A name of {@link letterNames}. */
  name: string;
  /** Words in it that tell it from others of its name: a 申込番号. */
  about?: string;
}

export class Mails {
  readonly #catcher: string;

  /** @param catcher where the mail catcher answers */
  constructor(catcher: string) {
    this.#catcher = catcher;
  }

  /** Every mail that came, newest first. */
  async all(): Promise<Mail[]> {
    const answer = await fetch(`${this.#catcher}/api/messages`);
    return (await answer.json()) as Mail[];
  }

  /** Where a person reads it. */
  addressOf({ id }: Mail): string {
    return `${this.#catcher}/messages/${id}`;
  }

  /** All to this address that are wanted, newest first. */
  async find({ to, name, about = '' }: Wanted): Promise<Mail[]> {
    return (await this.all()).filter(
      (mail) => mail.to.includes(to) && mail.subject.endsWith(name) && mail.text.includes(about),
    );
  }

  /** The newest one wanted, once at least `count` of them came. @throws Error when they don't within 20 s */
  async arrived(wanted: Wanted, count = 1): Promise<Mail> {
    return waitFor(
      async () => {
        const found = await this.find(wanted);
        const [newest] = found;
        if (newest === undefined || found.length < count) {
          throw new Error(`${found.length} of ${count} ${wanted.name} came to ${wanted.to}`);
        }
        return newest;
      },
      { withinMs: 20_000 },
    );
  }

  /** The code of the newest ワンタイムパスワード通知. */
  async code(to: string, count = 1): Promise<string> {
    const { text } = await this.arrived({ to, name: letterNames.code }, count);
    const code = /^\d{6}$/m.exec(text)?.[0];
    if (code === undefined) throw new Error(`no code stands alone on a line of:\n${text}`);
    return code;
  }
}
