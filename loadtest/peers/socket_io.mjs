// socket_io.mjs PORT REDIS_URL: socket.io with its Redis adapter, as many servers would run it behind a load balancer.
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

const [port, url] = process.argv.slice(2);
const publisher = createClient({ url });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false, pingInterval: 600_000 });
io.adapter(createAdapter(publisher, subscriber));

io.on("connection", (socket) => {
  socket.join("fair");
  socket.on("publish", (message) => {
    socket.leave("fair");
    io.to("fair").emit("m", message);
  });
});

http.listen({ host: "127.0.0.1", port: Number(port), backlog: 8192 });
