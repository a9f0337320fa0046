import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { client } from "./pages.js";

const { CommandError, commandId, post } = await client("post.js");

/** What the server does with the next requests, in order; each is given the response. */
const script = [];
/** The bodies that arrived. */
let heard = [];
let url = "";

const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  heard.push(JSON.parse(body));
  script.shift()(response);
});

before(async () => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}/api/fairs/sample/issue`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const answer = (status, body) => (response) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const quick = { first_ms: 1, longest_ms: 4 };

/** Sends one command to a server that will do these things. */
function sent(actions, options, limits = {}) {
  script.splice(0, script.length, ...actions);
  heard = [];
  return post(url, { size: 2, queues: ["sapporo"] }, options, { ...quick, ...limits });
}

test("an answer comes back as the event", async () => {
  const event = await sent([answer(200, { epoch: 1, offset: 4, kind: "issued" })]);
  assert.deepEqual(event, { epoch: 1, offset: 4, kind: "issued" });
  assert.deepEqual({ ...heard[0], command_id: "" }, { size: 2, queues: ["sapporo"], command_id: "" });
});

test("cut, unanswered, away or misled: the same command id again until it is answered", async () => {
  const event = await sent(
    [
      (response) => response.destroy(),
      () => {}, // never answers
      answer(503, { code: "redis_away" }),
      answer(502, {}),
      answer(504, {}),
      (response) => response.writeHead(200, { "content-type": "text/html" }).end("<h1>Wi-Fi</h1>"),
      (response) => response.writeHead(302, { location: "http://127.0.0.1:9/sign-in" }).end(),
      (response) => response.writeHead(200, { "content-length": 100 }).write('{"epoch":', () => response.destroy()),
      answer(200, { offset: 4 }),
    ],
    {},
    { answer_ms: 1000 },
  );
  assert.equal(event.offset, 4);
  assert.equal(heard.length, 9);
  assert.equal(new Set(heard.map((body) => body.command_id)).size, 1);
});

test("a server that is not there is asked until it is", async () => {
  const late = createServer((request, response) => request.resume().on("end", () => answer(200, { offset: 1 })(response)));
  await new Promise((resolve) => late.listen(0, "127.0.0.1", resolve));
  const { port } = late.address();
  await new Promise((resolve) => late.close(resolve));
  const asked = post(`http://127.0.0.1:${port}/issue`, {}, {}, quick);
  await new Promise((resolve) => late.listen(port, "127.0.0.1", resolve));
  assert.deepEqual(await asked, { offset: 1 });
  late.closeAllConnections();
  await new Promise((resolve) => late.close(resolve));
});

test("a refusal is final and says why, in Japanese first", async () => {
  const refusal = { code: "no_one_waiting", ja: "お待ちの方はいません。", en: "Nobody is waiting.", detail: { queue: "sapporo" } };
  await assert.rejects(sent([answer(409, refusal)]), (error) => {
    assert.ok(error instanceof CommandError);
    assert.equal(error.message, refusal.ja);
    assert.deepEqual({ code: error.code, ja: error.ja, en: error.en, detail: error.detail }, refusal);
    assert.equal(error.status, 409);
    return true;
  });
  assert.equal(heard.length, 1);
});

test("a refusal in somebody else's words still is one", async () => {
  for (const body of ["<html>", "null", '"no"']) {
    await assert.rejects(sent([(response) => response.writeHead(413).end(body)]), { name: "CommandError", code: "http_413", status: 413 });
  }
});

test("whoever waits is told the seconds", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const seconds = [];
  const asked = sent([(response) => held.then(() => answer(200, { offset: 1 })(response))], {
    onPending: (waited) => {
      seconds.push(waited);
      release();
    },
  });
  await asked;
  assert.deepEqual(seconds, [1]);
});

test("giving up ends it, before, while sending and between attempts", async () => {
  const reason = new Error("left the page");
  await assert.rejects(sent([], { signal: AbortSignal.abort(reason) }), reason);
  assert.equal(heard.length, 0);

  const sending = new AbortController();
  await assert.rejects(sent([() => sending.abort(reason)], { signal: sending.signal }), reason);

  const between = new AbortController();
  const away = (response) => {
    response.on("finish", () => setImmediate(() => between.abort(reason)));
    answer(503, {})(response);
  };
  await assert.rejects(sent([away], { signal: between.signal }, { first_ms: 60_000, longest_ms: 60_000 }), reason);
  assert.equal(heard.length, 1);
});

test("command ids are what the server takes, and never the same", () => {
  const ids = Array.from({ length: 1000 }, commandId);
  assert.ok(ids.every((id) => /^[A-Za-z0-9_-]{22}$/.test(id)));
  assert.equal(new Set(ids).size, 1000);
});
