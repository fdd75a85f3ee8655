/** ワンタイムパスワード認証, of staff. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { answerCode, readCodePage } from '../auth/one-time-code.server.ts';
import { CodeScreen } from '../components/code-screen.tsx';
import { titled } from '../components/page-title.ts';
import { signInCodeWords } from '../texts/one-time-code.ts';

export const meta = titled(signInCodeWords.title);

export const loader = (asked: LoaderFunctionArgs) => readCodePage(asked, 'staff');

export const action = (asked: ActionFunctionArgs) => answerCode(asked, 'staff');

export default function StaffOneTimeCode() {
  return (
    <CodeScreen words={signInCodeWords} page={useLoaderData<typeof loader>()} answer={useActionData<typeof action>()} />
  );
}
