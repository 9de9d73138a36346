// Sends the scenario with Segment's Node SDK: node segment_node.cjs URL KEY BURST
const { Analytics } = require("@segment/analytics-node");

const [url, key, burst] = process.argv.slice(2);
const errors = [];
const analytics = new Analytics({ writeKey: key, host: url, flushInterval: 20 });
analytics.on("error", (error) => errors.push(JSON.stringify(error)));

const sent = (method, message) => new Promise((done) => { analytics[method](message, () => done()); });

async function main() {
  await sent("identify", {
    userId: "u1",
    traits: { email: "a@example.com", name: "Ann", company: { id: "c1" }, logins: 3 },
  });
  await sent("group", { userId: "u1", groupId: "77", traits: { name: "Acme", plan: "gold" } });
  await sent("track", { userId: "u1", event: "Signed Up", properties: { plan: "pro", trial: false } });
  const tracks = Array.from({ length: Number(burst) }, (_, n) =>
    sent("track", { userId: "u1", event: `Burst ${n}` }));
  await Promise.all(tracks);
  await analytics.closeAndFlush();
  console.log(JSON.stringify({ errors }));
}

main();
