/** Watches, in the browser, for the end of the member's session. The server is asked; the page's own clock only says when to ask. */

export interface SessionEnd {
  /** As the page was told. The server may know better: other tabs prolong the session too. */
  secondsLeft: number;
  /** How long before the end to tell. */
  warnSeconds: number;
}

/** 0 seconds: it has ended. `canContinue`: whether use prolongs it; the last hours of a session nothing prolongs. */
export interface SessionTime {
  secondsLeft: number;
  canContinue: boolean;
}

/** Where no answer came, it is asked again after this. */
const RETRY_SECONDS = 30;

/** @param use whether asking counts as use of the site @returns undefined when no answer came */
async function askTime(use: boolean): Promise<SessionTime | undefined> {
  try {
    const answer = await fetch(use ? '/session-time' : '/session-time?refresh=1', { redirect: 'manual' });
    // Led to the sign-in: there is no session any more.
    if (answer.type === 'opaqueredirect') return { secondsLeft: 0, canContinue: false };
    return answer.ok ? ((await answer.json()) as SessionTime) : undefined;
  } catch {
    return undefined;
  }
}

/** @param tell called with the time near the end and at it, and with undefined when the session lives on */
export function watchSession(
  { secondsLeft, warnSeconds }: SessionEnd,
  tell: (time: SessionTime | undefined) => void,
): { goOn: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const plan = (seconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(false), Math.max(0, seconds) * 1000);
  };
  const look = async (use: boolean) => {
    const time = await askTime(use);
    if (stopped) return;
    if (time === undefined) {
      plan(RETRY_SECONDS);
      return;
    }
    const near = time.secondsLeft <= warnSeconds;
    tell(near ? time : undefined);
    if (time.secondsLeft > 0) plan(near ? time.secondsLeft + 1 : time.secondsLeft - warnSeconds);
  };
  // A computer that slept, or a tab brought to the front, has lost its sense of time.
  const seen = () => {
    if (document.visibilityState === 'visible') void look(false);
  };
  document.addEventListener('visibilitychange', seen);
  plan(secondsLeft - warnSeconds);
  return {
    goOn: () => void look(true),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    },
  };
}
