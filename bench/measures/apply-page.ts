/** GET /apply/<draft>, signed in, a draft of three rows, against a bare Remix page that draws the same. */
import { randomUUID } from 'node:crypto';
import { saveDraft } from '../../db/stores/drafts.ts';
import { formOfContent } from '../../domain/application/draft-form.ts';
import { Browser } from '../../test/attacks/tools/browser.ts';
import { holding } from '../../test/attacks/tools/sign-in.ts';
import { buildContent, buildItem, buildMember, buildProduct } from '../../test/support/build.ts';
import { serveBarePage } from '../bare-remix/serve.ts';
import { callAll } from '../callers.ts';
import { ground, pidsOf, type Ground } from '../ground.ts';
import { interleave, ratio, type Contender, type Measure, type Scale } from '../measure.ts';
import { targetOf } from '../people.ts';
import type { Pids } from '../processes.ts';
import { shown } from '../statistics.ts';
import { comparisonHead, comparisonLine } from '../table.ts';

const LEAST = 0.5;
const ROWS = 3;

interface Load {
  requests: number;
  callers: number;
}

const COUNTS: Record<Scale, Load & { rounds: number }> = {
  ci: { rounds: 1, requests: 12, callers: 2 },
  full: { rounds: 11, requests: 400, callers: 4 },
};

export const applyPage: Measure = {
  name: 'apply-page',
  aim: `The order form with ${ROWS} rows: at least ${LEAST} of the rate of a bare Remix page of the same HTML.`,
  run: async (scale) => {
    const { rounds, ...load } = COUNTS[scale];
    const site = await ground();
    const { browser, path } = await signedInWithDraft(site);
    const { status, body } = await browser.get(path);
    if (status !== 200) throw new Error(`${path} answers ${status}`);
    const bare = await serveBarePage(body, path);
    try {
      const visitor = new Browser(bare);
      const bareBytes = Buffer.byteLength((await visitor.get(path)).body);
      const [ours, theirs] = await interleave({
        rounds,
        warmups: 2,
        contenders: [
          asking('the site', browser, path, load, pidsOf(site, ['web', 'postgres'])),
          asking('bare Remix', visitor, path, load, { web: bare.pid }),
        ],
      });
      if (ours === undefined || theirs === undefined) throw new Error('nothing to compare');
      const rate = ratio(ours, theirs);
      const webMs = ours.cpuMsOf['web'] ?? NaN;
      const bareMs = theirs.cpuMsOf['web'] ?? NaN;
      return {
        rows: [comparisonHead, comparisonLine(ours), comparisonLine(theirs)],
        met: rate.median >= LEAST,
        remarks: [
          `The site's rate is ${shown(rate, 2)} of the bare page's; by CPU of the web process ${(bareMs / webMs).toFixed(2)}.`,
          `${load.callers} callers, each answer compressed. Both draw the same ${bare.elements} elements, letter by letter, and carry the same data; ` +
            `${Buffer.byteLength(body)} bytes with the site's manifest and nonces, ${bareBytes} without.`,
          'Beside drawing, the site reads the session, moves its idle end on, reads draft and products and sets its security headers.',
        ],
        numbers: { rate: rate.median },
      };
    } finally {
      await bare.stop();
    }
  },
};

async function signedInWithDraft(site: Ground): Promise<{ browser: Browser; path: string }> {
  const member = await buildMember();
  const items = [];
  for (let row = 0; row < ROWS; row += 1) {
    const { code, name } = await buildProduct();
    items.push(buildItem({ productCode: code, productName: name }));
  }
  const draftId = randomUUID();
  await saveDraft(member.memberId, draftId, formOfContent(buildContent({ items })));
  return { browser: await holding(targetOf(site), member), path: `/apply/${draftId}` };
}

/** Pages, each caller asking for the next as soon as it has one. */
function asking(name: string, browser: Browser, path: string, { requests, callers }: Load, pids: Pids): Contender {
  const paths = Array.from({ length: requests }, () => path);
  return {
    name,
    run: () =>
      callAll(paths, callers, pids, async (each) => {
        const { status } = await browser.get(each, { 'Accept-Encoding': 'gzip, deflate, br' });
        if (status !== 200) throw new Error(`${each} answers ${status}`);
      }),
  };
}
