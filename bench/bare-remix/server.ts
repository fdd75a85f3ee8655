/** Serves the build beside it: Express, compression as on the site, Remix. PORT says where. */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { createRequestHandler, writeReadableStreamToWritable, type ServerBuild } from '@remix-run/node';
import compression from 'compression';
import express from 'express';

const [, , folder = '.', port = '0'] = process.argv;
const build = (await import(pathToFileURL(join(folder, 'build', 'server', 'index.js')).href)) as ServerBuild;
const answer = createRequestHandler(build, 'production');

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.use(compression());
app.use((request, response, next) => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value);
  const asked = new Request(`http://localhost:${port}${request.url}`, { method: request.method, headers });
  answer(asked)
    .then(async (answered) => {
      response.status(answered.status);
      for (const [name, value] of answered.headers) response.setHeader(name, value);
      if (answered.body === null) response.end();
      else await writeReadableStreamToWritable(answered.body, response);
    })
    .catch(next);
});
app.listen(Number(port), '127.0.0.1');
