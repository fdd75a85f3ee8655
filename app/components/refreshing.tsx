/**
 * Asks for the page again every few seconds while something is on its way, with or without JavaScript. `refresh=1` tells the
 * server that nobody pressed anything, so that waiting doesn't prolong a session.
 */
import { useNavigate } from '@remix-run/react';
import { useEffect } from 'react';

const EVERY_SECONDS = 3;
const SAME_PAGE = '?refresh=1';

export function Refreshing() {
  const navigate = useNavigate();
  useEffect(() => {
    const timer = setInterval(() => {
      navigate(SAME_PAGE, { replace: true, preventScrollReset: true });
    }, EVERY_SECONDS * 1000);
    return () => clearInterval(timer);
  }, [navigate]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={`${EVERY_SECONDS};url=${SAME_PAGE}`} />
    </noscript>
  );
}
