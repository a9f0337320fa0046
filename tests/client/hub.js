/**
 * A websocket server for tests: real sockets on a free port, RFC 6455 as far as a hub needs it.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { decode, encode } from "@msgpack/msgpack";

const KEY = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3
const BINARY = 0x2;
const CLOSE = 0x8;

/** One page's socket as the hub has it. */
class Peer {
  /** The page's hello, decoded. @type {Promise<any[]>} */
  hello;
  /** Fulfilled when the socket is gone, whoever ended it. @type {Promise<void>} */
  gone;

  #socket;
  #buffer = Buffer.alloc(0);
  #greet;

  constructor(socket) {
    this.#socket = socket;
    this.hello = new Promise((resolve) => (this.#greet = resolve));
    this.gone = new Promise((resolve) => socket.once("close", () => resolve()));
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => this.#read(data));
  }

  /** Sends frames, each a list that is packed. */
  send(...frames) {
    for (const frame of frames) this.#write(BINARY, Buffer.from(encode(frame)));
  }

  /** Sends bytes as they are. */
  sendBytes(bytes) {
    this.#write(BINARY, Buffer.from(bytes));
  }

  /** Closes with a code, as the hub does. */
  close(code) {
    const body = Buffer.alloc(2);
    body.writeUInt16BE(code);
    this.#write(CLOSE, body);
    this.#socket.end();
  }

  /** Cuts the cable. */
  cut() {
    this.#socket.destroy();
  }

  #write(opcode, body) {
    const head = body.length < 126 ? Buffer.from([0x80 | opcode, body.length]) : Buffer.alloc(4);
    if (body.length >= 126) {
      head[0] = 0x80 | opcode;
      head[1] = 126;
      head.writeUInt16BE(body.length, 2);
    }
    this.#socket.write(Buffer.concat([head, body]));
  }

  #read(data) {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    // A page sends short frames only, each masked: 2 bytes of head, 4 of mask, the body.
    while (this.#buffer.length >= 6) {
      const size = this.#buffer[1] & 0x7f;
      if (this.#buffer.length < 6 + size) return;
      const mask = this.#buffer.subarray(2, 6);
      const body = Buffer.from(this.#buffer.subarray(6, 6 + size).map((byte, i) => byte ^ mask[i % 4]));
      const opcode = this.#buffer[0] & 0x0f;
      this.#buffer = this.#buffer.subarray(6 + size);
      if (opcode === BINARY) this.#greet(decode(body));
      if (opcode === CLOSE) {
        this.#write(CLOSE, body);
        this.#socket.end();
      }
    }
  }
}

/**
 * Listens on a free port. `next()` gives the next page that connects; `accepted` counts them; `most` is how many there were at once.
 *
 * While `blocked`, no socket gets through. A page that asks at `askedUrl` is answered by `answer(position)`: a list of frames, or a status.
 */
export async function listen() {
  const hub = { url: "", askedUrl: "", accepted: 0, most: 0, asked: 0, blocked: false, answer: () => 404, next, close };
  const arrived = [];
  const awaited = [];
  const open = new Set();
  const server = createServer((request, response) => {
    hub.asked += 1;
    const position = Object.fromEntries(new URL(request.url, "http://hub").searchParams);
    const frames = hub.answer(position);
    if (Array.isArray(frames)) response.end(Buffer.concat(frames.map((frame) => encode(frame))));
    else response.writeHead(frames).end();
  });
  server.on("upgrade", (request, socket) => {
    if (hub.blocked) return socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + KEY).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const peer = new Peer(socket);
    open.add(peer);
    peer.gone.then(() => open.delete(peer));
    hub.accepted += 1;
    hub.most = Math.max(hub.most, open.size);
    const waiting = awaited.shift();
    if (waiting) waiting(peer);
    else arrived.push(peer);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  hub.url = `ws://127.0.0.1:${server.address().port}/live`;
  hub.askedUrl = `http://127.0.0.1:${server.address().port}/board`;

  function next() {
    const peer = arrived.shift();
    return peer ? Promise.resolve(peer) : new Promise((resolve) => awaited.push(resolve));
  }

  function close() {
    for (const peer of open) peer.cut();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  }

  return hub;
}
