// Sends the scenario with RudderStack's Node SDK: node rudder_node.cjs URL KEY BURST
const RudderAnalytics = require("@rudderstack/rudder-sdk-node");

const [url, key, burst] = process.argv.slice(2);
const errors = [];
const analytics = new RudderAnalytics(key, {
  dataPlaneUrl: url,
  errorHandler: (error) => errors.push(String(error)),
});

// A flush resolves before the callbacks and sends one batch only: the callbacks tell when a message is through.
const sent = (method, message) =>
  new Promise((done) => {
    analytics[method](message, (error) => {
      if (error) errors.push(String(error));
      done();
    });
  });

async function flushing(promise) {
  const timer = setInterval(() => analytics.flush(), 20);
  await promise;
  clearInterval(timer);
}

async function main() {
  await flushing(sent("identify", {
    userId: "u1",
    traits: { email: "a@example.com", name: "Ann", company: { id: "c1" }, logins: 3 },
  }));
  await flushing(sent("group", { userId: "u1", groupId: 77, traits: { name: "Acme", plan: "gold" } }));
  await flushing(sent("track", { userId: "u1", event: "Signed Up", properties: { plan: "pro", trial: false } }));
  const tracks = Array.from({ length: Number(burst) }, (_, n) =>
    sent("track", { userId: "u1", event: `Burst ${n}` }));
  await flushing(Promise.all(tracks));
  console.log(JSON.stringify({ errors }));
  process.exit(0);
}

main();
