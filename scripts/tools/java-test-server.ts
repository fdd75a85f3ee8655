/**
 * The Java test server with a launcher that listens in a third of a second: the SDK gives it 5 s, and a JVM that reads and verifies
 * every class anew takes most of that on a busy machine. Class-data sharing keeps the read classes in an archive.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../start/ports.ts';
import { waitFor } from '../start/wait.ts';
import { TEST_SERVER_VERSION } from './versions.ts';

const run = promisify(execFile);
const MAIN_CLASS = 'io.temporal.testserver.TestServer';
const COPY_DEPENDENCIES = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/** With a logger that stays silent: without one the server complains of that at each start. */
const PROJECT = `<project><modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>test-server</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${TEST_SERVER_VERSION}</version>
    </dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;

interface Installation {
  java: string;
  maven: string;
  launcher: string;
}

/** Differs whenever an archive made before would not fit. */
export function javaIdentity(java: string, folder: string): string {
  const version = execFileSync(java, ['--version'], { encoding: 'utf8' });
  return createHash('sha256').update([java, version, folder, PROJECT].join('\n')).digest('hex').slice(0, 12);
}

/** Fetches the jars, makes the archive, and last of all the launcher, whose presence says that the rest is complete. */
export async function installTestServer({ java, maven, launcher }: Installation): Promise<void> {
  const folder = dirname(launcher);
  await rm(folder, { recursive: true, force: true });
  const jars = join(folder, 'jars');
  await mkdir(jars, { recursive: true });
  await fetchJars(maven, jars);
  const archive = join(folder, 'classes.jsa');
  const classPath = (await readdir(jars))
    .sort()
    .map((jar) => join(jars, jar))
    .join(':');
  await recordClasses(java, archive, classPath);
  const quoted = [
    java,
    `-XX:SharedArchiveFile=${archive}`,
    // Short runs gain nothing from the second compiler, and nothing may be written into the SDK's pipes.
    ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xlog:disable', '-Xlog:all=off'],
    ...['-cp', classPath, MAIN_CLASS],
  ].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  await writeFile(`${launcher}.new`, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`);
  await chmod(`${launcher}.new`, 0o755);
  await rename(`${launcher}.new`, launcher);
}

async function fetchJars(maven: string, jars: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'test-server-pom-'));
  const pom = join(folder, 'pom.xml');
  await writeFile(pom, PROJECT);
  try {
    await run(maven, ['-q', '-B', '-f', pom, COPY_DEPENDENCIES, `-DoutputDirectory=${jars}`, '-DincludeScope=runtime']);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const [reason] = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('ERROR'));
    throw new Error(`Maven could not fetch Temporal's test server: ${reason ?? 'no reason given'}`, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the server once, so that the JVM writes the classes it read into the archive when it ends. */
async function recordClasses(java: string, archive: string, classPath: string): Promise<void> {
  const port = await freePort();
  const flags = [`-XX:ArchiveClassesAtExit=${archive}`, '-XX:+UseSerialGC', '-Xlog:disable', '-Xlog:all=off'];
  const server = spawn(java, [...flags, '-cp', classPath, MAIN_CLASS, String(port)], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  try {
    await waitFor(() => expectListening(port), { withinMs: 60_000 });
    await sleep(200);
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

async function expectListening(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}
