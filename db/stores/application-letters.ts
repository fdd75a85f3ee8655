/** Letters to the member who applied; if deleted meanwhile, to all 利用中 members of the account (spec.md, 確認結果). */
import type { IntakeRefusal } from '../../domain/application/intake.ts';
import type { ApplicationFacts, LetterFacts } from '../../domain/letters.ts';
import type { Tx } from '../connect.ts';
import { rows } from '../raw.ts';
import type { ApplicationDetail } from './applications.ts';
import { writeLetter } from './letters.ts';

interface Extra {
  'application-accepted': object;
  'application-arranged': object;
  'application-failed': { refusal: IntakeRefusal };
  'application-unable': { reason: string };
}

/** Writes one letter to each recipient, once for each step of the application. */
export async function tellApplicant<Kind extends keyof Extra>(
  tx: Tx,
  application: ApplicationDetail,
  kind: Kind,
  extra?: Extra[Kind],
): Promise<void> {
  const recipients = await rows<{ address: string; name: string }>(
    `select address, user_name as name from members
     where account_id = $1 and deleted_at is null and password_hash is not null
       and (id = $2 or exists (select from members applicant where applicant.id = $2 and applicant.deleted_at is not null))
     order by slot`,
    [application.accountId, application.memberId],
    tx,
  );
  for (const recipient of recipients) {
    const facts: ApplicationFacts = {
      company: application.company,
      person: recipient.name,
      applicationNumber: application.applicationNumber,
      orderNumber: application.orderNumber,
      kind: application.kind,
      appliedAt: application.appliedAt.toISOString(),
      items: application.content.items.map(({ productCode, productName, startsOn, endsOn, quantity }) => ({
        productCode,
        productName,
        startsOn,
        endsOn,
        quantity,
      })),
    };
    await writeLetter(tx, {
      kind,
      subjectId: application.id,
      occurrence: 'first',
      recipient: recipient.address,
      facts: { ...facts, ...extra } as LetterFacts[Kind],
    });
  }
}
