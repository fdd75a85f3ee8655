/** What the pages of one draft have in common: the form they begin with, faults in words. */
import type { DraftForm } from '../../domain/application/content.ts';
import { emptyItem } from '../../domain/application/draft-form.ts';
import { readAccount } from '../../db/stores/accounts.ts';
import { readKeptInput } from '../../db/stores/kept-inputs.ts';
import type { MemberSession } from '../../db/stores/sessions.ts';
import { applyFaultWording } from '../texts/apply-faults.ts';
import { fieldLabel } from '../texts/application.ts';
import type { FieldFault } from './apply-faults.ts';
import { readDraftForm } from './draft-form.server.ts';
import { plainFields } from './posted.server.ts';

/** What this member typed at `path` before the session ended, or undefined. */
export async function readKeptForm(memberId: string, path: string): Promise<DraftForm | undefined> {
  const kept = await readKeptInput(memberId, path);
  if (kept === undefined) return undefined;
  return readDraftForm(plainFields(kept));
}

/** A new order's form: 発注者様情報 from the account, 担当者名 from ユーザ名. */
export async function prefilledForm(member: MemberSession): Promise<DraftForm> {
  const account = await readAccount(member.accountId);
  return {
    kind: 'order',
    rentalClass: 'short',
    orderer: { ...account, person: member.userName },
    deliveries: [
      {
        company: '',
        department: '',
        person: '',
        postalCode: '',
        prefecture: '',
        address1: '',
        address2: '',
        telephone: '',
        fax: '',
      },
    ],
    items: [emptyItem()],
    remarks: '',
    customerReference: '',
  };
}

/** Faults as the error summary and the fields show them; fields have their names as ids. */
export const wordFaults = (faults: FieldFault[]): { field: string; message: string }[] =>
  faults.map(({ field, fault, limit }) => ({
    field,
    message: applyFaultWording[fault](fieldLabel(field), limit ?? 0),
  }));
