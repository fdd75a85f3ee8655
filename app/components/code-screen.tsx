/** ワンタイムパスワード認証, of members and of staff; also the code that turns 多要素認証 on. */
import type { OtpState } from '../../domain/flows/otp.ts';
import { codeRefusals, oneTimeCodeTexts as texts, resendRefusals, type CodeWords } from '../texts/one-time-code.ts';
import { useScripted, useSecondsLeft } from './countdown.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { TextField } from './fields.tsx';
import { Button, ButtonLink, Callout, Card, Page } from './page.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { SiteForm } from './site-form.tsx';

type CodeRefusal = keyof typeof codeRefusals | 'not-six-digits';

interface CodeScreenProps {
  words: CodeWords;
  page: {
    state: OtpState;
    maskedAddress: string;
    reference: string;
    expiresAt: string;
    secondsLeft: number;
    triesLeft: number;
    resendsLeft: number;
    resendInSeconds: number;
    letter: 'on-its-way' | 'late' | 'undeliverable';
    /** Where the way on leads when the code can't be typed any more. */
    again: string;
  };
  answer:
    | { asked: 'code'; refusal: CodeRefusal }
    | { asked: 'resend'; refusal: keyof typeof resendRefusals | undefined }
    | undefined;
}

export function CodeScreen({ words, page, answer }: CodeScreenProps) {
  const secondsLeft = useSecondsLeft(page.secondsLeft);
  const state = page.state === 'open' && secondsLeft === 0 ? 'expired' : page.state;
  if (state !== 'open') return <EndedCode words={words} state={state} page={page} />;
  const error = answer?.asked === 'code' ? wordingOf(answer.refusal, words, page.triesLeft) : undefined;
  return (
    <Page
      title={words.title}
      lead={page.letter === 'undeliverable' ? undefined : <p>{words.lead(page.maskedAddress)}</p>}
    >
      <ErrorSummary errors={error === undefined ? [] : [{ field: 'code', message: error }]} />
      {answer?.asked === 'resend' && answer.refusal !== undefined ? (
        <RefusalNotice title={resendRefusals[answer.refusal](words)} lines={[]} />
      ) : null}
      {answer?.asked === 'resend' && answer.refusal === undefined ? (
        <div role="status">
          <Callout tone="success" title={texts.resent} />
        </div>
      ) : null}
      <Delivery letter={page.letter} />
      <Card>
        <Standing page={page} secondsLeft={secondsLeft} />
        <SiteForm className="mt-6 space-y-6">
          <TextField
            label={texts.code}
            name="code"
            hint={texts.codeHint}
            errors={error === undefined ? undefined : [error]}
            required
            autoComplete="one-time-code"
            inputMode="numeric"
            className="max-w-60 font-mono text-2xl tracking-widest"
          />
          <Button className="w-full sm:w-auto sm:min-w-60">{texts.submit}</Button>
        </SiteForm>
      </Card>
      <Resend words={words} page={page} />
    </Page>
  );
}

const wordingOf = (refusal: CodeRefusal, words: CodeWords, triesLeft: number): string =>
  refusal === 'not-six-digits' ? texts.codeForm : codeRefusals[refusal](words, triesLeft);

function Standing({ page, secondsLeft }: { page: CodeScreenProps['page']; secondsLeft: number }) {
  const facts = [
    [texts.expires, `${page.expiresAt}（${texts.timeLeft(Math.floor(secondsLeft / 60), secondsLeft % 60)}）`],
    [texts.triesLeft, texts.times(page.triesLeft)],
    [texts.reference, page.reference],
  ];
  return (
    <>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[auto_1fr]">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-sm text-solid-gray-700 sm:text-base">{name}</dt>
            <dd className="font-bold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-sm text-solid-gray-700">{texts.referenceHint}</p>
    </>
  );
}

function Delivery({ letter }: { letter: CodeScreenProps['page']['letter'] }) {
  switch (letter) {
    case 'undeliverable':
      return (
        <Callout tone="error" title={texts.undeliverableTitle}>
          <p>{texts.undeliverable}</p>
        </Callout>
      );
    case 'late':
      return (
        <Callout tone="warning" title={texts.delayedTitle}>
          <p>{texts.delayed}</p>
        </Callout>
      );
    case 'on-its-way':
      return null;
  }
}

function Resend({ words, page }: Pick<CodeScreenProps, 'words' | 'page'>) {
  const wait = useSecondsLeft(page.resendInSeconds);
  const waits = useScripted() && wait > 0;
  return (
    <Card title={texts.resendTitle}>
      <p className="leading-175">{texts.resendLead}</p>
      {page.resendsLeft === 0 ? (
        <p className="mt-4 font-bold">{words.noResends}</p>
      ) : (
        <SiteForm className="mt-4 flex flex-wrap items-center gap-4">
          <Button variant="secondary" name="intent" value="resend" disabled={waits}>
            {texts.resend}
          </Button>
          <p className="text-sm">{wait > 0 ? texts.resendIn(wait) : texts.resendsLeft(page.resendsLeft)}</p>
        </SiteForm>
      )}
    </Card>
  );
}

function EndedCode({
  words,
  state,
  page,
}: Pick<CodeScreenProps, 'words' | 'page'> & { state: Exclude<OtpState, 'open'> }) {
  const { title, lead } = words.ended[state];
  return (
    <Page title={words.title}>
      <Callout tone="warning" title={title}>
        <p>{lead}</p>
        <p className="text-sm">
          {texts.reference}: {page.reference}
        </p>
      </Callout>
      <ButtonLink to={page.again}>{words.again}</ButtonLink>
    </Page>
  );
}
