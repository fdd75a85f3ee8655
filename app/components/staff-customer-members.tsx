/** The members of a customer as staff see them, to be chosen for an act. */
import type { MemberState } from '../../domain/members.ts';
import { memberStates } from '../texts/members.ts';
import { customerTexts as texts, memberActTexts } from '../texts/staff-customers.ts';
import { ActChoice } from './act-choice.tsx';
import { Checkbox } from './checkbox.tsx';
import type { FieldError } from './error-summary.tsx';
import { Badge, Button, Card } from './page.tsx';
import { SiteForm } from './site-form.tsx';

export interface StaffMember {
  id: string;
  userName: string;
  address: string;
  state: MemberState;
  /** Of the set-up link that was mailed last. */
  setupUntil: string | undefined;
  mailFailed: boolean;
  mfa: boolean;
  mustChange: boolean;
  sessions: number;
  waits: boolean;
}

interface StaffCustomerMembersProps {
  members: StaffMember[];
  /** As it was posted, after a refusal. */
  kept: { members: readonly string[]; act: string | undefined; identified: boolean };
  errors: readonly FieldError[];
}

/** The first checkbox: where the error summary leads. */
export const MEMBERS_FIELD = 'members';
export const IDENTIFIED_FIELD = 'identified';

export function StaffCustomerMembers({ members, kept, errors }: StaffCustomerMembersProps) {
  const errorsOf = (id: string) => errors.filter(({ field }) => field === id).map(({ message }) => message);
  if (members.length === 0) return <Card title={texts.members}>{texts.noMembers}</Card>;
  return (
    <Card title={texts.members}>
      <p className="mb-6 leading-175">{texts.membersLead}</p>
      <SiteForm className="space-y-6">
        <fieldset id={MEMBERS_FIELD} tabIndex={-1} className="space-y-3">
          <legend className="mb-2 font-bold">{texts.choose}</legend>
          {members.map((member) => (
            <Checkbox
              key={member.id}
              name={`member:${member.id}`}
              ticked={kept.members.includes(member.id)}
              label={<MemberLines {...member} />}
            />
          ))}
          {errorsOf(MEMBERS_FIELD).map((error) => (
            <p key={error} className="font-bold text-error-2">
              {error}
            </p>
          ))}
        </fieldset>
        <ActChoice label={texts.act} acts={memberActTexts} chosen={kept.act} errors={errorsOf('act')} />
        <Checkbox
          name="identified"
          id={IDENTIFIED_FIELD}
          label={texts.identified}
          hint={texts.identifiedHint}
          ticked={kept.identified}
          error={errorsOf(IDENTIFIED_FIELD)[0]}
        />
        <Button name="intent" value="act-on-members" className="w-full sm:w-auto sm:min-w-60">
          {texts.submit}
        </Button>
      </SiteForm>
    </Card>
  );
}

function MemberLines(member: StaffMember) {
  const { label, tone } = memberStates[member.state];
  return (
    <span className="block space-y-1 leading-175">
      <span className="block font-bold">{member.userName === '' ? texts.noName : member.userName}</span>
      <span className="block break-all">{member.address}</span>
      <span className="flex flex-wrap gap-2">
        <Badge tone={tone}>{label}</Badge>
        {member.state !== 'active' && member.setupUntil === undefined ? (
          <Badge tone="info">{texts.neverMailed}</Badge>
        ) : null}
        {member.mailFailed ? <Badge tone="error">{texts.mailFailed}</Badge> : null}
        {member.mfa ? <Badge tone="neutral">{texts.mfaOn}</Badge> : null}
        {member.mustChange ? <Badge tone="warning">{texts.mustChange}</Badge> : null}
        {member.waits ? <Badge tone="warning">{texts.waits}</Badge> : null}
        {member.sessions === 0 ? null : <Badge tone="neutral">{texts.sessions(member.sessions)}</Badge>}
      </span>
      {member.setupUntil === undefined ? null : (
        <span className="block text-sm">{texts.setupUntil(member.setupUntil)}</span>
      )}
    </span>
  );
}
