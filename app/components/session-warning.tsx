/** Warns before a member's session ends and says so afterwards, with the way back to the same page. Without JavaScript it is not there. */
import { useLocation } from '@remix-run/react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { sessionWarningTexts as texts } from '../texts/session-warning.ts';
import { useSecondsLeft } from './countdown.tsx';
import { Button } from './page.tsx';
import { watchSession, type SessionEnd, type SessionTime } from './session-watch.ts';

export function SessionWarning({ secondsLeft, warnSeconds }: SessionEnd) {
  const [time, setTime] = useState<SessionTime>();
  const [closed, setClosed] = useState<'soon' | 'ended'>();
  const watch = useRef<ReturnType<typeof watchSession>>();
  useEffect(() => {
    watch.current = watchSession({ secondsLeft, warnSeconds }, (told) => {
      setTime(told);
      if (told === undefined) setClosed(undefined);
    });
    return () => watch.current?.stop();
  }, [secondsLeft, warnSeconds]);
  if (time === undefined) return null;
  const standing = time.secondsLeft === 0 ? 'ended' : 'soon';
  if (closed === standing) return null;
  const close = () => setClosed(standing);
  return standing === 'ended' ? (
    <Ended close={close} />
  ) : (
    <Soon time={time} goOn={() => watch.current?.goOn()} close={close} />
  );
}

function Soon({ time, goOn, close }: { time: SessionTime; goOn: () => void; close: () => void }) {
  const left = useSecondsLeft(time.secondsLeft);
  const say = time.canContinue ? texts.soon : texts.lastMinutes;
  return (
    <Dialog title={texts.soonTitle} lines={[say(Math.floor(left / 60), left % 60)]} close={close}>
      {time.canContinue ? (
        <Button type="button" autoFocus onClick={goOn}>
          {texts.goOn}
        </Button>
      ) : (
        <Button type="button" autoFocus onClick={close}>
          {texts.close}
        </Button>
      )}
    </Dialog>
  );
}

function Ended({ close }: { close: () => void }) {
  const { pathname, search } = useLocation();
  const signIn = `/login?${new URLSearchParams({ returnTo: pathname + search }).toString()}`;
  return (
    <Dialog title={texts.endedTitle} lines={[texts.ended, texts.endedTyped]} close={close}>
      <a
        href={signIn}
        className="inline-flex min-h-12 items-center rounded-8 border-2 border-key-900 bg-key-900 px-6 py-2 font-bold text-white hover:bg-key-1100"
      >
        {texts.signIn}
      </a>
      <Button type="button" variant="secondary" onClick={close}>
        {texts.close}
      </Button>
    </Dialog>
  );
}

interface DialogProps {
  title: string;
  lines: string[];
  /** Also by the Escape key. */
  close: () => void;
  children: ReactNode;
}

/** The browser's own modal: it keeps the focus inside and gives it back. */
function Dialog({ title, lines, close, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    if (dialog?.open === false) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={box}
      role="alertdialog"
      aria-labelledby="session-warning-title"
      aria-describedby="session-warning-text"
      onCancel={close}
      className="m-auto w-[calc(100%-2rem)] max-w-lg rounded-12 border-2 border-key-900 bg-white p-6 text-solid-gray-900 backdrop:bg-black/60 sm:p-8 print:hidden"
    >
      <h2 id="session-warning-title" className="text-xl font-bold">
        {title}
      </h2>
      <div id="session-warning-text" className="mt-4 space-y-3 leading-175">
        {lines.map((line, index) => (
          <p key={index}>{line}</p>
        ))}
      </div>
      <div className="mt-6 flex flex-wrap gap-4">{children}</div>
    </dialog>
  );
}
