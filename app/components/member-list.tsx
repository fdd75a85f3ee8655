/** 「利用者一覧」: who may sign in for the account, and who still has to set a password. */
import type { MemberState } from '../../domain/members.ts';
import { memberStates, membersTexts as texts } from '../texts/members.ts';
import { HiddenFields } from './hidden-fields.tsx';
import { Cell, ListTable, Row } from './list-table.tsx';
import { Badge, Button, ButtonLink } from './page.tsx';
import { SiteForm } from './site-form.tsx';

export interface MemberRow {
  id: string;
  userName: string;
  address: string;
  state: MemberState;
  /** Who looks at the list. */
  self: boolean;
  lastActive: boolean;
  /** What the set-up waits for, in words; undefined once the password is set or where no mail ever went out. */
  setup: { waits: string; until: string; left: string } | undefined;
  mailFailed: boolean;
}

const columns = [texts.number, texts.userName, texts.address, texts.state, texts.actions].map((label) => ({ label }));

export function MemberList({ members }: { members: MemberRow[] }) {
  return (
    <ListTable label={texts.list} columns={columns}>
      {members.map((member, index) => (
        <Row key={member.id}>
          <Cell label={texts.number}>{index + 1}</Cell>
          <Cell label={texts.userName}>
            {member.userName === '' ? texts.noUserName : member.userName}
            {member.self ? <span className="inline-block">{texts.self}</span> : null}
          </Cell>
          <Cell label={texts.address}>
            <span className="break-all lg:inline-block lg:min-w-60">{member.address}</span>
          </Cell>
          <Cell label={texts.state}>
            <MemberStanding {...member} />
          </Cell>
          <Cell label={texts.actions}>
            <MemberActs {...member} />
          </Cell>
        </Row>
      ))}
    </ListTable>
  );
}

function MemberStanding({ state, setup, mailFailed }: MemberRow) {
  const { label, tone } = memberStates[state];
  return (
    <div className="space-y-1">
      <Badge tone={tone}>{label}</Badge>
      {state === 'active' ? null : (
        <div className="text-sm leading-170">
          <p>{setup?.waits ?? texts.neverMailed}</p>
          {setup === undefined ? null : (
            <p>
              {texts.until(setup.until)}
              {state === 'waiting' ? <span className="inline-block">{texts.left(setup.left)}</span> : null}
            </p>
          )}
          {state === 'expired' && setup !== undefined ? <p>{texts.expiredNext}</p> : null}
          {mailFailed ? <p className="font-bold text-error-2">{texts.mailFailed}</p> : null}
        </div>
      )}
    </div>
  );
}

function MemberActs({ id, address, state, lastActive }: MemberRow) {
  if (lastActive) return <span className="text-sm leading-170">{texts.lastActive}</span>;
  return (
    <div className="flex flex-wrap gap-3">
      {state === 'active' ? null : (
        <SiteForm>
          <HiddenFields fields={[['memberId', id]]} />
          <Button variant="secondary" name="intent" value="mail" aria-label={texts.resendTo(address)}>
            {texts.resend}
          </Button>
        </SiteForm>
      )}
      <ButtonLink variant="danger" to={`/account/users/${id}/delete`} aria-label={texts.deleteOf(address)}>
        {texts.delete}
      </ButtonLink>
    </div>
  );
}
