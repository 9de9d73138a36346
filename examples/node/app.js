// An application that sends its messages to the fake: three lines to change in your own.
// Install the SDK with `npm install @rudderstack/rudder-sdk-node`, start `mock-custify serve` in another terminal, then run
// `node examples/node/app.js [URL]`.
const RudderAnalytics = require("@rudderstack/rudder-sdk-node");

const url = process.argv[2] || "http://127.0.0.1:8765";
const analytics = new RudderAnalytics(
  "demo-key", // 1. the write key: it names the workspace of the fake
  {
    dataPlaneUrl: url, // 2. the data plane
    errorHandler: (error) => { console.error(`not sent: ${error}`); process.exitCode = 1; }, // 3. without it, a refused key ends the process
  },
);

// The SDK sends its batches at once and in any order: wait where the order matters.
const send = (method, message) => new Promise((done) => {
  analytics[method](message, done);
  analytics.flush();
});

async function main() {
  await send("identify", { userId: "u1", traits: { email: "ann@example.com", name: "Ann", plan: "trial" } });
  await send("group", { userId: "u1", groupId: "acme", traits: { name: "Acme Inc", size: 150 } });
  await send("track", { userId: "u1", event: "Order Completed", properties: { value: 120, first: true } });
  console.log(`sent: see ${url}/_mock/ui/`);
  process.exit();
}

main();
