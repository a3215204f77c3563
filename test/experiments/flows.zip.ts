import {writeExperiment} from "../../lib/node/writeExperiment.js";
import {randomSource} from "../../lib/random.js";
import {categoriesOf, tableOf} from "../../lib/traffic/table.js";

// Flows of a small network: browsing and lookups, a scan, a beacon. Texts, missing numbers and heavy tails are the point.
const rows = 400;
const random = randomSource(5);
const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)]!;
const tail = (typical: number, spread: number) => Math.round(typical * Math.exp(spread * (random() + random() - 1)));

const genuine = [
  "https",
  "https",
  "https",
  "http",
  "dns",
  "dns",
  "ssh",
  "smtp",
  "imap",
  "ntp",
  "ldap",
  "rdp",
  "sip",
  "ftp"
];
const rare = ["mqtt", "radius", "<img src=x onerror='window.attacked = 1'>", "constructor"];

const flows = Array.from({length: rows}, (_, i) => {
  const kind = i % 20 === 7 ? "scan" : i % 25 === 3 ? "beacon" : random() < 0.3 ? "lookup" : "browsing";
  const isScan = kind === "scan";
  const isBeacon = kind === "beacon";
  const service = isScan
    ? null
    : isBeacon
      ? "https"
      : kind === "lookup"
        ? "dns"
        : random() < 0.04
          ? pick(rare)
          : pick(genuine);
  return {
    kind,
    fake: i % 50 === 11 ? Number.NaN : Number(isScan || isBeacon),
    time: Date.UTC(2026, 0, 5, 8) + i * 45_000,
    client: isScan ? "10.0.0.66" : isBeacon ? "10.0.0.31" : `10.0.0.${1 + Math.floor(random() * 24)}`,
    service,
    protocol: service === "dns" || service === "ntp" ? "udp" : "tcp",
    state: isScan ? pick(["S0", "S0", "REJ", "RSTO"]) : random() < 0.03 ? pick(["S1", "RSTR", "OTH", null]) : "SF",
    duration: isScan ? Number.NaN : tail(kind === "lookup" ? 0.1 : 12, 4) / 10,
    out: isScan ? 0 : isBeacon ? 420 : tail(kind === "lookup" ? 60 : 1800, 5),
    in: isScan ? 0 : isBeacon ? 180 : tail(kind === "lookup" ? 120 : 40_000, 7),
    ports: isScan ? tail(300, 2) : 1 + Math.floor(random() * 4),
    variation: isBeacon ? 0.02 * random() : random() < 0.2 ? 0.4 + random() : Number.NaN
  };
});
const column = (value: (flow: (typeof flows)[number]) => number) => Float64Array.from(flows, value);
const text = (value: (flow: (typeof flows)[number]) => string | null) => categoriesOf(flows.map(value));

await writeExperiment({
  title: "Flows with texts, tails and gaps",
  description: "400 made-up flows, a scan and a beacon among them.",
  traffic: {
    ...tableOf({
      timestamp: column(({time}) => time),
      client: text(({client}) => client),
      protocol: text(({protocol}) => protocol),
      service: text(({service}) => service),
      state: text(({state}) => state),
      flow_duration: column(({duration}) => duration),
      bytes_out: column((flow) => flow.out),
      bytes_in: column((flow) => flow.in),
      host_ports_minute: column(({ports}) => ports),
      interval_variation: column(({variation}) => variation),
      fake_traffic: column(({fake}) => fake),
      kind: text(({kind}) => kind)
    }),
    source: {type: "simulation", scenario: "flows", parameters: {}}
  },
  features: [
    "log(flow_duration)",
    "log(bytes_out)",
    "log(bytes_in)",
    "log(host_ports_minute)",
    "interval_variation",
    "state",
    "service",
    "protocol"
  ],
  missing: "keep",
  label: "fake_traffic",
  forest: {seed: 1},
  threshold: {rule: "mad", deviations: 3}
});
