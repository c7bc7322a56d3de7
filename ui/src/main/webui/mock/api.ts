import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { Comment, Decision, NewComment, NewDecision, Problem, Run } from '../src/api/types';

/** The suite's API from fixtures, for `npm run dev` without a suite. It is never part of a build. */
export function mockApi(): Plugin {
  const samples = join(import.meta.dirname, '../../../../../finance/src/main/resources/samples');
  const made: Run[] = [];
  let signedIn = false;

  const fixture = (name: string): unknown =>
    JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8'));

  function send(response: ServerResponse, status: number, body: unknown, type = 'application/json') {
    response.writeHead(status, { 'Content-Type': type });
    response.end(body instanceof Buffer ? body : JSON.stringify(body));
  }

  function refuse(response: ServerResponse, problem: Omit<Problem, 'type'>, slug: string) {
    send(
      response,
      problem.status,
      { type: `urn:baigong:problem:${slug}`, ...problem },
      'application/problem+json',
    );
  }

  async function bodyOf(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('latin1');
  }

  async function start(request: IncomingMessage, response: ServerResponse) {
    const form = await bodyOf(request);
    await new Promise((done) => setTimeout(done, 700));
    const file = /filename="([^"]*)"/.exec(form)?.[1];
    if (file !== undefined && !/\.(pdf|docx)$/.test(file)) {
      const problem = {
        title: 'Unsupported format',
        status: 415,
        detail: `${file} is not a document that can be read.`,
      };
      refuse(response, { ...problem, remedy: 'Send a PDF, DOCX, HTML or text file.' }, 'unsupported-format');
      return;
    }
    const name =
      form.includes('software-licence') || file?.endsWith('docx') ? 'software-licence' : 'managed-services';
    const run = fixture(name) as Run;
    run.id = `${run.id.slice(0, -4)}${String(made.length + 1).padStart(4, '0')}`;
    run.startedAt = new Date().toISOString();
    made.unshift(run);
    send(response, 201, run);
  }

  async function answer(request: IncomingMessage, response: ServerResponse, next: () => void) {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const [, , , kind, id = '', part, item] = path.split('/');
    if (path === '/api/v1/sign-in') {
      signedIn = (JSON.parse(await bodyOf(request)) as { password: string }).password === 'baigong';
      if (signedIn) send(response, 200, {});
      else refuse(response, { title: '', status: 401, detail: 'no such account' }, 'sign-in-refused');
    } else if (path === '/api/v1/sign-in-options') {
      send(response, 200, { password: true });
    } else if (!path.startsWith('/api/')) {
      next();
    } else if (!signedIn) {
      refuse(
        response,
        { title: 'Sign-in needed', status: 401, detail: 'this needs a sign-in' },
        'sign-in-needed',
      );
    } else if (kind === 'me') {
      send(response, 200, {
        name: 'analyst',
        tenant: 'default',
        roles: ['analyst', 'reviewer', 'operator', 'administrator', 'auditor'],
      });
    } else if (kind === 'sign-out') {
      signedIn = false;
      send(response, 200, {});
    } else if (kind === 'tasks' && request.method === 'POST') {
      await start(request, response);
    } else if (kind === 'tasks') {
      send(response, 200, fixture('tasks'));
    } else if (kind === 'runs' && id === '') {
      const summaries = made.map((run) => ({
        ...run,
        name: run.attachments[0]?.name ?? '',
        decided: new Set(run.decisions.map((d) => d.subject)).size,
      }));
      send(response, 200, summaries);
    } else {
      const run = made.find((one) => one.id === id);
      const attachment = run?.attachments[0];
      if (!run || !attachment) {
        refuse(response, { title: 'Not found', status: 404, detail: `there is no run ${id}` }, 'not-found');
      } else if (part === 'attachments' && item === attachment.component) {
        send(response, 200, readFileSync(join(samples, attachment.name)), attachment.mediaType);
      } else if (part === 'decisions') {
        const wanted = JSON.parse(await bodyOf(request)) as NewDecision;
        const decision: Decision = {
          ...wanted,
          id: `d${run.decisions.length}`,
          by: 'analyst',
          at: new Date().toISOString(),
        };
        run.decisions.push(decision);
        send(response, 201, decision);
      } else if (part === 'comments') {
        const wanted = JSON.parse(await bodyOf(request)) as NewComment;
        const at = new Date().toISOString();
        const comment: Comment = { ...wanted, id: `c${run.comments.length}`, by: 'analyst', at };
        run.comments.push(comment);
        send(response, 201, comment);
      } else {
        send(response, 200, run);
      }
    }
  }

  return {
    name: 'mock-api',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => void answer(request, response, next));
    },
  };
}
