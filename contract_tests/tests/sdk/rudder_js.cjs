// Sends the scenario with RudderStack's browser SDK in jsdom: node rudder_js.cjs URL KEY BURST
const { readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { JSDOM, VirtualConsole } = require("jsdom");

const [url, key, burst] = process.argv.slice(2);
const entry = require.resolve("@rudderstack/analytics-js/bundled");
const bundle = readFileSync(join(dirname(dirname(entry)), "umd", "index.js"), "utf8");
const errors = [];
const virtualConsole = new VirtualConsole();
virtualConsole.on("error", (...parts) => errors.push(parts.join(" ")));
virtualConsole.on("jsdomError", (error) => errors.push(String(error)));

// Another origin than the server's, as in real life: every call is preflighted.
const { window } = new JSDOM("<!doctype html><title>An application</title>", {
  url: "http://app.localhost:3000/",
  runScripts: "outside-only",
  pretendToBeVisual: true,
  virtualConsole,
});
// What jsdom lacks and every browser has; without it the SDK would ask a server on the network for it.
window.TextEncoder = TextEncoder;
window.navigator.sendBeacon = () => false;
window.eval(bundle);

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// The SDK says nothing when a message is through: ask the server until so many have come.
async function arrived(count) {
  for (let left = 600; left > 0; left -= 1) {
    const answer = await fetch(`${url}/_mock/deliveries?limit=0`, { headers: { Authorization: `Bearer ${key}` } });
    if ((await answer.json()).total >= count) return;
    await pause(25);
  }
  errors.push(`fewer than ${count} messages arrived`);
}

async function main() {
  const analytics = new window.rudderanalytics.RudderAnalytics();
  analytics.load(key, url, { configUrl: url, sendAdblockPage: false, sessions: { autoTrack: false } });
  analytics.identify("u1", { email: "a@example.com", name: "Ann", company: { id: "c1" }, logins: 3 });
  await arrived(1);
  analytics.group("77", { name: "Acme", plan: "gold" });
  await arrived(2);
  analytics.track("Signed Up", { plan: "pro", trial: false });
  await arrived(3);
  for (let n = 0; n < Number(burst); n += 1) analytics.track(`Burst ${n}`);
  await arrived(3 + Number(burst));
  console.log(JSON.stringify({ errors }));
  process.exit(0);
}

main();
