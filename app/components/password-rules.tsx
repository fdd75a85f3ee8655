/** パスワード入力の注意事項: the rules of the configured policy, ticked while one types as far as they can be judged. */
import { Check, Minus } from 'lucide-react';
import {
  brokenPasswordRules,
  passwordRules,
  type PasswordContext,
  type PasswordProfile,
} from '../../domain/password-policy.ts';
import { passwordRuleText, passwordTexts } from '../texts/password.ts';

interface PasswordRulesProps {
  /** What is typed as the new password; undefined or empty: nothing is judged yet. */
  candidate: string;
  context: PasswordContext;
  profile: PasswordProfile;
}

export function PasswordRules({ candidate, context, profile }: PasswordRulesProps) {
  const broken = new Set(brokenPasswordRules(candidate, context, profile));
  return (
    <div className="rounded-8 bg-solid-gray-50 p-5">
      <h2 id="password-rules" className="font-bold">
        {passwordTexts.notes}
      </h2>
      <ul className="mt-3 space-y-2">
        {passwordRules[profile].map((rule) => (
          <li key={rule} className="flex gap-2">
            <Tick kept={candidate === '' ? undefined : !broken.has(rule)} />
            <span>{passwordRuleText(rule, profile)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** @param kept undefined: not judged yet */
function Tick({ kept }: { kept: boolean | undefined }) {
  if (kept === true)
    return <Check role="img" aria-label={passwordTexts.kept} className="mt-1 size-5 shrink-0 text-success-2" />;
  return (
    <Minus
      {...(kept === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': passwordTexts.open })}
      className="mt-1 size-5 shrink-0 text-solid-gray-600"
    />
  );
}
