/**
 * `npm start`: the whole site with one command. `--watch` (`npm run dev`) runs it from its sources, with reload. With `--while-stdin` it
 * stops when its standard input ends: a test run that is killed leaves no site behind.
 */

const WANTED = { major: 20, minor: 19 };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < WANTED.major || (major === WANTED.major && minor < WANTED.minor)) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: install Node ${WANTED.major}.${WANTED.minor} or later.\n`,
  );
  process.exit(1);
}

// Loaded only now: on an older Node the modules themselves would fail with a stack trace.
const { startSite } = await import('./start/site.ts');
if (process.argv.includes('--while-stdin'))
  process.stdin.resume().once('end', () => process.kill(process.pid, 'SIGTERM'));
await startSite({ watch: process.argv.includes('--watch') });

export {};
