/** Seconds that run down in the browser; what the server said stays where there is no JavaScript. */
import { useEffect, useState } from 'react';

/** Seconds left of `seconds`, told anew each second by the browser's monotonic clock; 0 at the end. */
export function useSecondsLeft(seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const begun = performance.now();
    const tick = () => setLeft(Math.max(0, Math.round(seconds - (performance.now() - begun) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return left;
}

/** Whether the page is alive: a button may only be locked by script where a script can unlock it. */
export function useScripted(): boolean {
  const [scripted, setScripted] = useState(false);
  useEffect(() => {
    setScripted(true);
  }, []);
  return scripted;
}
