// ws.mjs PORT [SNAPSHOT_BYTES [HELLO]]: Node's `ws`, fanning out by the plain loop of its documentation.
// /publish sends what it is sent to every listener. With SNAPSHOT_BYTES a listener gets so many bytes: at once, or in answer
// to its hello.
import { WebSocketServer } from "ws";

const [port, snapshotBytes, hello] = process.argv.slice(2).map(Number);
const listeners = new Set();
const snapshot = snapshotBytes ? Buffer.alloc(snapshotBytes, "s") : null;

const server = new WebSocketServer({ host: "127.0.0.1", port, perMessageDeflate: false, backlog: 8192 });

server.on("connection", (socket, request) => {
  if (request.url === "/publish") {
    socket.on("message", (message) => {
      for (const listener of listeners) listener.send(message, { binary: true });
    });
    return;
  }
  const join = () => {
    listeners.add(socket);
    if (snapshot) socket.send(snapshot);
  };
  if (hello) socket.once("message", join);
  else join();
  socket.on("close", () => listeners.delete(socket));
});
