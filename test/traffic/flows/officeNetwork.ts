import {randomSource} from "../../../lib/random.js";
import type {Flow} from "./flowOf.js";

/** The kinds of malicious flows in an office’s network. */
export const attacks = [
  "port scan",
  "sweep",
  "slow scan",
  "beacon",
  "dns tunnel",
  "ssh brute force",
  "udp flood",
  "exfiltration"
] as const;

/**
 * Two hours of an office’s network as Zeek logs them, in the order of their ends, `label` telling each kind: fifty people
 * who browse, look up names and fetch mail, a backup, machines that keep time; and one of each attack among them.
 */
export function officeNetwork(seed: number): Flow[] {
  const random = randomSource(seed);
  const flows: Flow[] = [];
  const between = (low: number, high: number) => low + (high - low) * random();
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1));
  const heavy = (median: number, spread: number) => median * Math.exp(spread * normal(random));
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)]!;
  const add = (label: string, time: number, flow: Flow) => flows.push({label, time: start + 1000 * time, ...flow});

  const sites = Array.from({length: 400}, () => `93.${whole(1, 250)}.${whole(0, 255)}.${whole(1, 254)}`);
  const browse = (client: string, from: number, to: number) => {
    let time = from + heavy(100, 1);
    while (time < to) {
      const servers = Array.from({length: whole(1, 6)}, () => sites[Math.floor(400 * random() ** 3)]!);
      for (const server of servers) {
        add("normal", time + between(0, 0.3), dns(client, whole(60, 90), whole(90, 350)));
        const connections = whole(1, 3);
        for (let i = 0; i < connections; ++i) {
          const [sent, received] = [heavy(1800, 0.8), heavy(12_000, 1.8)];
          const isLost = random() < 0.03;
          if (isLost) add("normal", time + between(0.3, 1), tcp(client, server, 443, 0, 180, 0, "S0", 2));
          else
            add(
              "normal",
              time + between(0.3, 1),
              tcp(client, server, 443, heavy(20, 1.2), sent, received, ended(random))
            );
        }
      }
      time += random() < 0.7 ? heavy(12, 0.9) : heavy(250, 0.9);
    }
  };
  for (let host = 10; host < 60; ++host) {
    const client = `10.0.0.${host}`;
    browse(client, between(0, 900), hours);
    for (let time = between(0, 600); time < hours; time += heavy(900, 0.6)) {
      add("normal", time, tcp(client, mail, 993, heavy(8, 0.8), heavy(2500, 0.5), heavy(9000, 1.2), "SF"));
    }
    for (let time = between(0, 1024); time < hours; time += 1024)
      add("normal", time, udp(client, gateway, 123, 0.02, 76, 76));
  }
  for (let i = 0; i < 12; ++i) {
    add(
      "normal",
      600 * i + between(0, 30),
      tcp(pick(["10.0.0.5", "10.0.0.6"]), files, 445, heavy(40, 0.5), heavy(3e6, 1), heavy(2e5, 1), "SF")
    );
  }
  for (let i = 0; i < 40; ++i) {
    add(
      "normal",
      between(0, hours),
      tcp(`10.0.0.${whole(10, 14)}`, files, 22, heavy(300, 1), heavy(20_000, 1), heavy(40_000, 1), "SF")
    );
  }

  for (let i = 0; i < 600; ++i) {
    const isOpen = random() < 0.01;
    add(
      "port scan",
      3000 + 0.1 * i,
      tcp("10.0.0.31", files, (37 * i) % 9000, 0, isOpen ? 104 : 44, isOpen ? 44 : 40, isOpen ? "RSTO" : "REJ")
    );
  }
  for (let i = 1; i < 255; ++i) add("sweep", 4000 + 0.5 * i, tcp("10.0.0.41", `10.0.1.${i}`, 445, 0, 120, 0, "S0", 2));
  for (let i = 0; i < 100; ++i) {
    add(
      "slow scan",
      60 * i + between(0, 30),
      tcp("198.51.100.77", `10.0.0.${whole(1, 9)}`, pick([21, 22, 23, 80, 8080, 1433, 3306, 5900]), 0, 60, 0, "S0", 1)
    );
  }
  for (let time = 500; time < hours; time += between(58, 62)) {
    add(
      "beacon",
      time,
      tcp("10.0.0.17", "203.0.113.9", 443, between(0.3, 0.5), whole(900, 940), whole(1400, 1440), "SF")
    );
  }
  for (let i = 0; i < 900; ++i)
    add("dns tunnel", 2000 + 0.4 * i + between(0, 0.3), dns("10.0.0.22", whole(200, 280), whole(220, 500)));
  for (let i = 0; i < 300; ++i) {
    add(
      "ssh brute force",
      1500 + 0.7 * i + between(0, 0.5),
      tcp("198.51.100.5", "10.0.0.2", 22, between(1.5, 2.5), whole(2100, 2300), whole(2600, 2800), "SF")
    );
  }
  for (let i = 0; i < 800; ++i) {
    const forged = `${whole(1, 220)}.${whole(0, 255)}.${whole(0, 255)}.${whole(1, 254)}`;
    add("udp flood", 5000 + 0.02 * i, {...udp(forged, "10.0.0.2", whole(1, 65_535), 0, 1028, 0), state: "S0"});
  }
  for (let i = 0; i < 20; ++i)
    add(
      "exfiltration",
      5500 + 60 * i,
      tcp("10.0.0.52", "203.0.113.80", 443, heavy(50, 0.3), heavy(4e7, 0.3), heavy(3e5, 0.3), "SF")
    );

  return flows.sort((a, b) => endOf(a) - endOf(b)).map((flow, i) => ({...flow, line: i + 1}));
}

const start = Date.UTC(2026, 2, 3, 9);
const hours = 7200;
const [resolver, gateway, mail, files] = ["10.0.0.3", "10.0.0.1", "10.0.0.4", "10.0.0.2"];

function dns(client: string, sent: number, received: number): Flow {
  return {...udp(client, resolver, 53, 0.02, sent, received), service: "dns"};
}

function udp(
  source: string,
  destination: string,
  port: number,
  duration: number,
  sent: number,
  received: number
): Flow {
  const ends = {source, destination, destinationPort: port, protocol: 17, duration, state: "SF"};
  const sourceBytes = Math.round(sent);
  return {
    ...ends,
    sourceBytes,
    sourcePackets: 1,
    destinationBytes: Math.round(received),
    destinationPackets: received > 0 ? 1 : 0
  };
}

function tcp(
  source: string,
  destination: string,
  port: number,
  duration: number,
  sent: number,
  received: number,
  state: string,
  packets = 5
): Flow {
  const answers = received === 0 ? 0 : 1 + Math.round(received / 1200);
  return {
    ...{source, destination, destinationPort: port, protocol: 6, duration, state},
    ...{sourceBytes: Math.round(sent), destinationBytes: Math.round(received)},
    sourcePackets: Math.max(packets * (received > 1000 ? 1 : 0.2), 1 + Math.round(sent / 1400 + received / 2400)) | 0,
    destinationPackets: answers
  };
}

function ended(random: () => number): string {
  const u = random();
  return u < 0.8 ? "SF" : u < 0.9 ? "RSTO" : u < 0.95 ? "RSTR" : "S1";
}

function endOf({time = 0, duration = 0}: Flow): number {
  return time + 1000 * duration;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
