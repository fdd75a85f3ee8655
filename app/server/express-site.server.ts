/** The server in front of Remix: what every request goes through, in this order. */
import compression from 'compression';
import express, { type Express } from 'express';
import { clientAddressBehind } from './client-address.server.ts';
import { cspReports } from './csp-report.server.ts';
import { recordRefusals } from './denied-access.server.ts';
import { formTokenGate } from './form-token-gate.server.ts';
import { securityHeaders } from './headers.server.ts';
import { health } from './health.server.ts';
import { hostGate } from './host-gate.server.ts';
import { originGate } from './origin-gate.server.ts';
import { pathGate } from './path-gate.server.ts';
import { rateGate } from './rate-gate.server.ts';
import { readBody } from './read-body.server.ts';
import { recognizeBrowser } from './browser.server.ts';
import { drawRefusals } from './refusal-page.server.tsx';
import { answerWith } from './remix.server.ts';
import { requestFacts } from './request-facts.server.ts';
import { staticFiles } from './static-files.server.ts';
import type { SiteParts } from './site.ts';

export function expressSite(site: SiteParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(requestFacts(clientAddressBehind(site.trustedProxies)));
  app.use(securityHeaders(site.development !== undefined));
  app.use(health(site.isStopping));
  app.use(hostGate(site.publicOrigin));
  app.use(compression());
  if (site.development !== undefined) app.use(site.development);
  app.use(staticFiles(site.clientDirectory));
  app.use(cspReports());
  app.use(pathGate);
  app.use(originGate(site.publicOrigin));
  app.use(recognizeBrowser);
  app.use(rateGate);
  app.use(readBody);
  app.use(formTokenGate);
  app.use(answerWith(site));
  app.use(recordRefusals);
  app.use(drawRefusals(site.stylesheets));
  return app;
}
